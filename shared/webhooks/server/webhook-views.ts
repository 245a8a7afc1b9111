import { listWarnings, type TenantEgress } from '../../platform/egress-rules.ts';
import { hostPortOf } from '../../tools/http/url.ts';
import type { DeliveryRow } from '../db/webhooks-deliveries.ts';
import type { EndpointRow } from '../db/webhooks-endpoints.ts';
import type { WebhookDelivery, WebhookEndpoint } from '../webhook-schemas.ts';

export function endpointView(row: EndpointRow, reach: TenantEgress): WebhookEndpoint {
  const hostPort = hostPortOf(row.url);
  return {
    id: row.id,
    url: row.url,
    description: row.description,
    eventTypes: row.event_types,
    enabled: row.enabled,
    disabledReason: row.disabled_reason,
    revision: row.revision,
    warnings: listWarnings(reach, hostPort === null ? [] : [{ hostPort, method: 'POST' }]),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

export function deliveryView(row: DeliveryRow): WebhookDelivery {
  return {
    id: row.id,
    endpointId: row.endpoint_id,
    eventId: String(row.event_id),
    eventType: row.event_type,
    status: row.status,
    attempts: row.attempts,
    nextAttemptAt: row.next_attempt_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
  };
}
