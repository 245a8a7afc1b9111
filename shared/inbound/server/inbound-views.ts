import { creatorOf } from '../../platform/db/columns.ts';
import type { InboundDeliveryRow, InboundDeliverySummaryRow } from '../db/inbound-deliveries.ts';
import type { DeliveryHealth, InboundWebhookRow } from '../db/inbound-webhooks.ts';
import type { InboundDelivery, InboundDeliveryDetail, InboundWebhook } from '../inbound-schemas.ts';

export function webhookView(
  row: InboundWebhookRow,
  publicUrl: string,
  health: DeliveryHealth | null,
): InboundWebhook {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    scheme: row.scheme,
    hmac: row.hmac,
    idHeader: row.id_header,
    receiveUrl: `${publicUrl}/hooks/${row.receive_key}`,
    actions: row.actions,
    enabled: row.enabled,
    rateLimit: { requestsPerMinute: row.requests_per_minute, burst: row.burst },
    accountable:
      row.accountable_id === null ? null : { id: row.accountable_id, name: row.accountable_name ?? '' },
    secretSince: row.secret_since.toISOString(),
    previousSecretUntil:
      row.previous_until && row.previous_until.getTime() > Date.now()
        ? row.previous_until.toISOString()
        : null,
    refused: {
      count: Number(row.refused_count),
      lastAt: row.refused_at?.toISOString() ?? null,
      lastReason: row.refused_reason,
    },
    limited: {
      count: Number(row.limited_count),
      lastAt: row.limited_at?.toISOString() ?? null,
      lastReason: null,
    },
    lastDeliveryAt: health?.at?.toISOString() ?? null,
    failedDeliveries: health?.failed ?? 0,
    revision: row.revision,
    createdBy: creatorOf(row),
    createdAt: row.created_at.toISOString(),
    updatedBy: { type: row.updated_by_type, id: row.updated_by_id, name: row.updated_by_name },
    updatedAt: row.updated_at.toISOString(),
  };
}

export function deliveryView(row: InboundDeliverySummaryRow): InboundDelivery {
  return {
    id: row.id,
    webhookId: row.webhook_id,
    senderId: row.sender_id,
    status: row.status,
    attempts: row.attempts,
    redeliveries: row.round,
    isTest: row.is_test,
    error: row.error,
    results: row.results,
    contentType: row.content_type,
    bodyBytes: row.body_bytes,
    address: row.address,
    receivedAt: row.received_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
  };
}

export function deliveryDetail(row: InboundDeliveryRow): InboundDeliveryDetail {
  return { ...deliveryView(row), headers: row.headers, body: row.body ?? null };
}
