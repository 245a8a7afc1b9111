import type { StreamEvent } from '../events/event-schemas.ts';

/** The body of a webhook, as Standard Webhooks defines it: ids and short facts of an event, never a payload. */
export interface WebhookPayload {
  /** The event's id, also in the header `webhook-id`; the same for every attempt. */
  id: string;
  type: string;
  /** When it happened, ISO 8601. */
  timestamp: string;
  data: Record<string, unknown> & Pick<StreamEvent, 'subjectType' | 'subjectId' | 'exceptionId' | 'actor'>;
}

export function webhookPayload(event: StreamEvent): WebhookPayload {
  const { id, type, createdAt, data, subjectType, subjectId, exceptionId, actor } = event;
  return { id, type, timestamp: createdAt, data: { ...data, subjectType, subjectId, exceptionId, actor } };
}
