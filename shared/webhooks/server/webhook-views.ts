import type { DeliveryRow } from '../db/webhooks-deliveries.ts';
import type { EndpointRow } from '../db/webhooks-endpoints.ts';
import type { WebhookDelivery, WebhookEndpoint } from '../webhook-schemas.ts';

export function endpointView(row: EndpointRow): WebhookEndpoint {
  return {
    id: row.id,
    url: row.url,
    description: row.description,
    eventTypes: row.event_types,
    enabled: row.enabled,
    disabledReason: row.disabled_reason,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

export function deliveryView(row: DeliveryRow): WebhookDelivery {
  const { id, endpointId, eventId, eventType, status, attempts, nextAttemptAt, createdAt } = row;
  return {
    id,
    endpointId,
    eventId: String(eventId),
    eventType,
    status,
    attempts,
    nextAttemptAt: nextAttemptAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  };
}
