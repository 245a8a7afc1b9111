import type { TailPosition } from '../../events/db/events.ts';
import type { SystemConnection } from '../../platform/db/database.ts';
import type { WebhookPayload } from '../webhook-payload.ts';
import { webhookEndpoint, webhookPosition } from './tables.ts';

/** Until the transaction ends, no other process turns events into deliveries. @returns false when another one does now */
export async function lockFeed(connection: SystemConnection): Promise<boolean> {
  const [lock] = await connection.query<{ held: boolean }>({
    name: 'webhook_feed_lock',
    text: 'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS held',
    values: ['interlock/feed/webhooks'],
  });
  return lock?.held ?? false;
}

/**
 * How far the log has been turned into deliveries. Null before the first time, and for a position of another log: a
 * restored database counts its transactions from the start.
 */
export async function readFeedPosition(connection: SystemConnection): Promise<TailPosition | null> {
  const [row] = await connection.query<TailPosition>({
    name: 'webhook_position',
    text: `SELECT xid, event_id AS id FROM webhook_position
      WHERE xid::xid8 <= pg_snapshot_xmax(pg_current_snapshot())`,
  });
  return row ?? null;
}

export async function writeFeedPosition(connection: SystemConnection, position: TailPosition): Promise<void> {
  const row = { xid: position.xid, event_id: position.id };
  await connection.orm
    .insert(webhookPosition)
    .values(row)
    .onConflictDoUpdate({ target: webhookPosition.only_one, set: row });
}

/** What there is to do. */
export interface WebhookWork {
  /** Whether any endpoint gets events. */
  listening: boolean;
  /** One does, and the log goes on after the position. */
  behind: boolean;
  /** Whether a delivery is due. */
  due: boolean;
  /** The position before everything that commits from now on. */
  now: string;
}

/**
 * One statement for all that a process must know while nothing happens. It reads the log only when someone listens, and
 * in the order of its index, so that no plan looks for a newer event among all of them.
 */
export async function lookForWork(connection: SystemConnection): Promise<WebhookWork> {
  const [work] = await connection.query<WebhookWork>(workStatement);
  return work!;
}

export const workStatement = {
  name: 'webhook_work',
  text: `WITH open AS MATERIALIZED (SELECT interlock_oldest_open_xid() AS xid), heard AS MATERIALIZED (
        SELECT EXISTS (SELECT FROM webhook_endpoint WHERE enabled AND archived_at IS NULL) AS listening)
      SELECT listening, CASE WHEN listening THEN NOT EXISTS (
          SELECT FROM webhook_position p WHERE p.xid::xid8 <= pg_snapshot_xmax(pg_current_snapshot())
            AND (SELECT e.id FROM event e WHERE (e.xid, e.id) > (p.xid::xid8, p.event_id::bigint)
              AND e.xid < (SELECT xid FROM open) ORDER BY e.xid, e.id LIMIT 1) IS NULL
        ) ELSE false END AS behind,
        (SELECT id FROM webhook_delivery WHERE status = 'pending' AND next_attempt_at <= now()
          ORDER BY next_attempt_at LIMIT 1) IS NOT NULL AS due,
        (SELECT xid::text FROM open) AS now
      FROM heard`,
};

export interface ListeningEndpoint {
  id: string;
  tenantId: string;
  /** Empty: every type. */
  eventTypes: string[];
  createdAt: Date;
}

export function listListeningEndpoints(
  connection: SystemConnection,
  tenantIds: string[],
): Promise<ListeningEndpoint[]> {
  return connection.query<ListeningEndpoint>({
    name: 'webhook_endpoints_listening',
    text: `SELECT id, tenant_id AS "tenantId", event_types AS "eventTypes", created_at AS "createdAt"
      FROM webhook_endpoint
      WHERE tenant_id = ANY($1::uuid[]) AND enabled AND archived_at IS NULL`,
    values: [tenantIds],
  });
}

export async function hasAnyEndpoint(connection: SystemConnection): Promise<boolean> {
  const rows = await connection.orm.select({ id: webhookEndpoint.id }).from(webhookEndpoint).limit(1);
  return rows.length > 0;
}

export interface NewDelivery {
  id: string;
  tenantId: string;
  endpointId: string;
  payload: WebhookPayload;
}

/** Due at once; one per endpoint and event, however often it is called. */
export async function insertDeliveries(
  connection: SystemConnection,
  deliveries: NewDelivery[],
): Promise<void> {
  await connection.query({
    name: 'webhook_deliveries_insert',
    text: `INSERT INTO webhook_delivery (id, tenant_id, endpoint_id, event_id, event_type, payload, next_attempt_at)
      SELECT id, "tenantId", "endpointId", (payload->>'id')::bigint, payload->>'type', payload, now()
      FROM jsonb_to_recordset($1::jsonb) AS d(id uuid, "tenantId" uuid, "endpointId" uuid, payload jsonb)
      ON CONFLICT (endpoint_id, event_id) DO NOTHING`,
    values: [JSON.stringify(deliveries)],
  });
}
