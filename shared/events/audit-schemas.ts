import { z } from 'zod';
import { doors } from '../identity/doors.ts';
import { actorSchema } from '../identity/identity-schemas.ts';
import { storableText } from '../platform/storable-text.ts';
import { eventListInputSchema, eventSchema } from './event-schemas.ts';

/** The shapes of the audit trail that tRPC, REST, the typed client and the verifier share. Times are ISO 8601 in UTC. */

/** An event with where it came from. */
export const auditEventSchema = eventSchema.extend({
  exceptionId: z.string().nullable(),
  /** Null: written by a version that did not know it. */
  door: z.enum(doors).nullable(),
  /** Of the caller; null for what Interlock does by itself. */
  address: z.string().nullable(),
});
export type AuditEvent = z.infer<typeof auditEventSchema>;

export const auditListInputSchema = eventListInputSchema.extend({
  door: z.enum(doors).optional(),
  address: z.string().max(64).optional(),
});

/** `altered`, `missing`, `added`: an event. `block`, `head`, `cut`: the chain itself was changed or shortened. */
export const auditProblemKinds = ['altered', 'missing', 'added', 'block', 'head', 'cut'] as const;

export const auditProblemSchema = z.object({
  kind: z.enum(auditProblemKinds),
  /** Of the chain, from 1. */
  block: z.int(),
  /** Null: the block itself. */
  eventId: z.string().nullable(),
  /** The place of the event in the chain, from 1. */
  sequence: z.int().nullable(),
  foundAt: z.string(),
  /** Who has looked into it, and what they say; null: no one has. */
  acknowledged: z.object({ by: actorSchema, at: z.string(), reason: z.string() }).nullable(),
});
export type AuditProblem = z.infer<typeof auditProblemSchema>;

export const acknowledgeInputSchema = z.object({
  problems: z
    .array(
      z.object({
        kind: auditProblemSchema.shape.kind,
        block: z.int().min(0).max(2_147_483_647),
        eventId: z
          .string()
          .regex(/^\d{1,18}$/, 'must be the id of an event')
          .nullable(),
      }),
    )
    .min(1)
    .max(100),
  reason: storableText.trim().min(1).max(1000),
});

/** A signed statement: the chain ends with this block, of this hash. */
export const auditHeadSchema = z.object({
  tenantId: z.string(),
  block: z.int(),
  /** Of the last event that it covers. */
  sequence: z.int(),
  /** SHA-256, in hex. */
  hash: z.string(),
  signedAt: z.string(),
  /** Of the key. */
  keyId: z.string(),
  /** Ed25519, in base64. */
  signature: z.string(),
});
export type AuditHead = z.infer<typeof auditHeadSchema>;

export const auditStateSchema = z.object({
  /** Of the last event that is sealed; 0 when none is. */
  sequence: z.int(),
  block: z.int(),
  /** Of the last block, in hex; null when there is none. */
  hash: z.string().nullable(),
  sealedAt: z.string().nullable(),
  head: auditHeadSchema.nullable(),
  /** When the last signed head was written to the place that the deployment names; null: never. */
  exportedAt: z.string().nullable(),
  /** PEM, of the key that signs; null before it has signed. */
  publicKey: z.string().nullable(),
  check: z.object({
    /** When all events had last been compared with the seal; null: not once yet. */
    completedAt: z.string().nullable(),
    checkedAt: z.string().nullable(),
    /** The first ones that were found; those that no one has acknowledged come first. */
    problems: z.array(auditProblemSchema),
  }),
});
export type AuditState = z.infer<typeof auditStateSchema>;
