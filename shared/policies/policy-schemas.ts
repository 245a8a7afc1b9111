import { z } from 'zod';
import { actorSchema } from '../identity/identity-schemas.ts';
import { roles } from '../identity/roles.ts';
import { durationMs } from '../platform/duration.ts';
import { fitNumbers } from '../platform/fit-numbers.ts';
import { idText } from '../platform/id-text.ts';
import { isTimeZone, weekdays } from './hours.ts';

export const policyEffects = ['allow', 'deny', 'require_approval'] as const;
export type PolicyEffect = (typeof policyEffects)[number];

/** What the policies of a tenant say about one call. Stored on the execution (`policy_decision` jsonb, null: no policy concerned it) and shown. */
export const policyDecisionSchema = z.object({
  effect: z.enum(policyEffects),
  /** The rule that made it; null: none concerned the call, so it is allowed. */
  policyId: z.string().nullable(),
  policyName: z.string().nullable(),
  /** In words: "Refunds above 500 need two approvers". */
  reason: z.string(),
  /** Only with `require_approval`. */
  approval: z
    .object({
      required: z.int(),
      roles: z.array(z.enum(roles)),
      fourEyes: z.boolean(),
      expiresInMs: z.int(),
    })
    .nullable(),
});
export type PolicyDecision = z.output<typeof policyDecisionSchema>;

/** The tools that a policy is about: those of which all of this is true. Empty: every tool. */
const toolSelectorSchema = z.strictObject({
  id: idText.min(1).max(64).optional(),
  tag: z.string().min(1).max(64).optional(),
  category: z.string().min(1).max(64).optional(),
  connectorId: idText.min(1).max(64).optional(),
});
export type ToolSelector = z.output<typeof toolSelectorSchema>;

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Use a time such as 09:30');

/**
 * Hours of a week by the clock of a time zone. `to` is the first minute after them; when it is not after `from`, they end
 * on the next day. `days` are those on which they begin.
 */
const hoursSchema = z.strictObject({
  days: z
    .array(z.enum(weekdays))
    .min(1)
    .max(7)
    .default([...weekdays]),
  from: clockTime.default('00:00'),
  to: clockTime.default('00:00'),
  timeZone: z.string().max(64).refine(isTimeZone, 'Use a time zone such as Europe/Berlin').default('UTC'),
});

/** In any period of this length, not by the calendar. */
export const ratePeriods = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

const rateSchema = z.strictObject({
  limit: z.int().min(1).max(1000),
  per: z.enum(['minute', 'hour', 'day']),
});
export type PolicyRate = z.output<typeof rateSchema>;

/** Thirty days. */
const longestApprovalMs = 30 * 86_400_000;

const approvalSchema = z.strictObject({
  /** This many different people must approve; one rejection rejects. */
  required: z.int().min(1).max(20).default(1),
  roles: z.array(z.enum(roles)).min(1).max(roles.length).default(['approver']),
  /** Who asked may not approve, whichever account or API key they use. */
  fourEyes: z.boolean().default(true),
  /** ISO 8601, 30 days at most. */
  expiresIn: z
    .string()
    .refine((text) => {
      const ms = durationMs(text);
      return ms !== null && ms >= 1000 && ms <= longestApprovalMs;
    }, 'Use an ISO 8601 duration such as PT4H or P1D, 30 days at most')
    .default('P1D'),
});
export type PolicyApproval = z.output<typeof approvalSchema>;

/**
 * A policy as it is written. It concerns a call when all of `tools`, `roles`, `when`, `schema`, `hours` and `rate` hold;
 * what is left out always does.
 */
export const policyDocumentSchema = z.strictObject({
  /** Left out: made of what the policy says. */
  name: z.string().trim().min(1).max(120).optional(),
  note: z.string().max(2000).default(''),
  enabled: z.boolean().default(true),
  effect: z.enum(policyEffects),
  tools: toolSelectorSchema.default({}),
  /**
   * Whose calls; empty: everyone's. A role that includes one of them counts for `allow`, and does not for the others:
   * what operators may run, tenant admins may too, and what is denied to operators, tenant admins may still run.
   */
  roles: z.array(z.enum(roles)).max(roles.length).default([]),
  /** JSONata over the input, such as `amount > 500`. No value counts as false; an error refuses the call. */
  when: z.string().trim().min(1).max(4096).optional(),
  /** JSON Schema that the input matches. */
  schema: z.record(z.string(), z.unknown()).overwrite(fitNumbers).optional(),
  hours: hoursSchema.optional(),
  /** `allow` concerns this many calls in a period; the others concern the calls after them. */
  rate: rateSchema.optional(),
  /** Only with `require_approval`, which has the defaults without it. */
  approval: approvalSchema.optional(),
});
export type PolicyDocumentInput = z.input<typeof policyDocumentSchema>;
export type PolicyDocument = z.output<typeof policyDocumentSchema>;

const time = z.string();

/** A policy as every door returns it. */
export const policySchema = z.object({
  id: z.string(),
  revision: z.int(),
  ...policyDocumentSchema.shape,
  name: z.string(),
  /** What it says, in words. */
  summary: z.string(),
  createdBy: actorSchema,
  createdAt: time,
  updatedBy: actorSchema,
  updatedAt: time,
});
export type PolicyView = z.output<typeof policySchema>;

/** What a policy has said. */
export const policyVersionSchema = z.object({
  policyId: z.string(),
  /** The revision. */
  version: z.int(),
  current: z.boolean(),
  createdAt: time,
  createdBy: actorSchema,
  /** The version that it has restored. */
  restored: z.int().nullable(),
  document: policyDocumentSchema.extend({ name: z.string() }),
  summary: z.string(),
});
export type PolicyVersion = z.output<typeof policyVersionSchema>;
