import { z } from 'zod';
import { actorSchema } from '../identity/identity-schemas.ts';
import { storableText } from '../platform/storable-text.ts';
import { isoTimeSchema } from '../platform/time-schema.ts';

/** The shapes of legal holds that tRPC, REST and the pages share. Times are ISO 8601 in UTC. */

export const holdScopes = ['everything', 'exception', 'executions'] as const;
const reason = storableText.trim().min(1).max(1000);

export const newHoldSchema = z
  .strictObject({
    scope: z.enum(holdScopes),
    exceptionId: z.string().max(128).optional().describe('With `exception`: its id or number, `EX-42`'),
    toolId: z.uuid().optional().describe('With `executions`: of this tool; left out: of every tool'),
    from: isoTimeSchema.optional().describe('With `executions`: requested then or later'),
    until: isoTimeSchema.optional().describe('With `executions`: requested before'),
    reason,
    idempotencyKey: z.string().min(1).max(255).optional(),
  })
  .refine(({ scope, exceptionId }) => (scope === 'exception') === (exceptionId !== undefined), {
    path: ['exceptionId'],
    message: 'belongs to the scope exception, which needs it',
  })
  .refine(
    ({ scope, toolId, from, until }) =>
      scope === 'executions' || (toolId === undefined && from === undefined && until === undefined),
    { path: ['scope'], message: 'only executions have a tool and a period' },
  );
export type NewHold = z.output<typeof newHoldSchema>;

export const releaseHoldSchema = z.object({ id: z.string(), reason });

export const holdSchema = z.object({
  id: z.string(),
  scope: z.enum(holdScopes),
  exception: z.object({ id: z.string(), number: z.int(), title: z.string() }).nullable(),
  tool: z.object({ id: z.string(), title: z.string() }).nullable(),
  from: z.string().nullable(),
  until: z.string().nullable(),
  reason: z.string(),
  createdBy: actorSchema,
  createdAt: z.string(),
  /** Null: it is in force. */
  released: z.object({ at: z.string(), by: z.string(), reason: z.string() }).nullable(),
});
export type LegalHold = z.output<typeof holdSchema>;
