import type { StreamEvent } from '../events/event-schemas.ts';

/** The body of a webhook, by Standard Webhooks: ids and short facts of an event, never a payload. */
export interface WebhookPayload {
  /** The event's, and the `webhook-id` header's: the same however often it is sent. */
  id: string;
  type: string;
  /** When it happened, ISO 8601. */
  timestamp: string;
  data: Record<string, unknown> & Pick<StreamEvent, 'subjectType' | 'subjectId' | 'exceptionId' | 'actor'>;
}

/** What an endpoint is told of an event. */
export function webhookPayload(event: StreamEvent): WebhookPayload {
  const { id, type, createdAt, data, subjectType, subjectId, exceptionId, actor } = event;
  return { id, type, timestamp: createdAt, data: { ...data, subjectType, subjectId, exceptionId, actor } };
}
