import { z } from 'zod';
import { type StreamEvent, streamEventSchema } from '../events/event-schemas.ts';

/** The body of a webhook, as Standard Webhooks defines it: ids and short facts of an event, never a payload. */
export const webhookPayloadSchema = z.object({
  id: z.string().describe("The event's ID, also in the header `webhook-id`; the same for every attempt"),
  type: z.string(),
  timestamp: z.string().describe('When it happened, ISO 8601'),
  data: streamEventSchema
    .pick({ subjectType: true, subjectId: true, exceptionId: true, actor: true })
    .catchall(z.unknown()),
});
export type WebhookPayload = z.infer<typeof webhookPayloadSchema>;

export function webhookPayload(event: StreamEvent): WebhookPayload {
  const { id, type, createdAt, data, subjectType, subjectId, exceptionId, actor } = event;
  return { id, type, timestamp: createdAt, data: { ...data, subjectType, subjectId, exceptionId, actor } };
}
