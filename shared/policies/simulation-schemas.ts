import { z } from 'zod';
import { roles } from '../identity/roles.ts';
import { issueSchema } from '../platform/page-schemas.ts';
import { isoTimeSchema } from '../platform/time-schema.ts';
import { policyDecisionSchema, policyEffects } from './policy-schemas.ts';

export const simulateInputSchema = z.object({
  toolId: z.string(),
  /** Left out: no inputs. */
  payload: z.unknown().optional(),
  /** A member by id or email address, or anyone with these roles. Left out: the caller. */
  actor: z
    .union([
      z.string().min(1).max(320),
      z.object({
        id: z.string().min(1).max(128).optional(),
        email: z.string().min(1).max(320).optional(),
        roles: z.array(z.enum(roles)).max(roles.length).optional(),
      }),
    ])
    .optional(),
  /** Left out: now. */
  at: isoTimeSchema.optional(),
});

/** A decision, and what was found about each policy in force that is about the tool. */
export const simulationSchema = policyDecisionSchema.extend({
  roles: z.array(z.enum(roles)),
  findings: z.array(
    z.object({
      policyId: z.string(),
      policyName: z.string(),
      effect: z.enum(policyEffects),
      concerns: z.boolean(),
      /** Why it does not concern the call, or why that is not known. */
      reason: z.string().nullable(),
    }),
  ),
  /** Why the input would be refused before any policy is asked. */
  issues: z.array(issueSchema),
});
export type Simulation = z.output<typeof simulationSchema>;

export const replayInputSchema = z.object({
  /** The policy as it would be. Left out: without the one that `policyId` names. */
  policy: z.record(z.string(), z.unknown()).optional(),
  /** The policy that it replaces. Left out: it is a new one. */
  policyId: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(200),
  cursor: z.string().max(512).optional(),
});

const verdictSchema = policyDecisionSchema.pick({ effect: true, policyName: true });

/** A page of executions of the last 30 days, newest first, as they would have been decided otherwise. */
export const replaySchema = z.object({
  /** Executions that were looked at. */
  examined: z.int(),
  changed: z.array(
    z.object({
      executionId: z.string(),
      toolName: z.string(),
      actorName: z.string(),
      createdAt: z.string(),
      before: verdictSchema,
      after: policyDecisionSchema.pick({ effect: true, policyName: true, reason: true }),
    }),
  ),
  /** Executions that could not be judged. */
  unjudged: z.object({
    /** The condition reads a field whose value is not kept. */
    redacted: z.int(),
    /** The input is not kept, or too large. */
    dropped: z.int(),
    /** The roles of who requested it are not known. */
    roles: z.int(),
    /** The condition failed, or took too long. */
    failed: z.int(),
  }),
  /** Rates are not part of a replay: every call counts as the first of its period. */
  ignoresRates: z.boolean(),
  nextCursor: z.string().nullable(),
});
export type Replay = z.output<typeof replaySchema>;
