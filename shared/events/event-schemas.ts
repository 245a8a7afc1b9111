import { z } from 'zod';
import { actorSchema } from '../identity/identity-schemas.ts';
import { pageInput } from '../platform/page-schemas.ts';
import { isoTimeSchema } from '../platform/time-schema.ts';

/** The shapes of events that tRPC, REST and the typed client share. Times are ISO 8601 in UTC. */
const time = z.string();

export const eventSchema = z.object({
  id: z.string(),
  type: z.string(),
  subjectType: z.string(),
  subjectId: z.string(),
  actor: actorSchema,
  data: z.record(z.string(), z.unknown()),
  requestId: z.string().nullable(),
  createdAt: time,
});

/** An event as the live stream and webhooks send it. */
export const streamEventSchema = eventSchema
  .omit({ requestId: true })
  .extend({ exceptionId: z.string().nullable() });

export type StreamEvent = z.infer<typeof streamEventSchema>;

export const eventListInputSchema = z.object({
  subjectType: z.string().optional(),
  subjectId: z.string().optional(),
  actor: z.string().optional(),
  type: z.string().optional(),
  from: isoTimeSchema.optional(),
  to: isoTimeSchema.optional(),
  ...pageInput,
});
