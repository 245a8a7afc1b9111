import { and, desc, eq, gte, lt, ne, sql } from 'drizzle-orm';
import type { TenantConnection } from '../../platform/db/database.ts';
import { when } from '../../platform/db/when.ts';
import type { ActionResult } from '../inbound-schemas.ts';
import { inboundDelivery } from './tables.ts';

export type InboundDeliveryRow = typeof inboundDelivery.$inferSelect;
/** As lists show it: without headers and body. */
export type InboundDeliverySummaryRow = Omit<
  InboundDeliveryRow,
  'input_sealed' | 'headers' | 'body' | 'delivery_key' | 'body_digest'
>;

const summary = {
  id: inboundDelivery.id,
  tenant_id: inboundDelivery.tenant_id,
  webhook_id: inboundDelivery.webhook_id,
  body_bytes: inboundDelivery.body_bytes,
  content_type: inboundDelivery.content_type,
  address: inboundDelivery.address,
  is_test: inboundDelivery.is_test,
  status: inboundDelivery.status,
  round: inboundDelivery.round,
  attempts: inboundDelivery.attempts,
  start_at: inboundDelivery.start_at,
  sender_id: inboundDelivery.sender_id,
  results: inboundDelivery.results,
  error: inboundDelivery.error,
  received_at: inboundDelivery.received_at,
  ended_at: inboundDelivery.ended_at,
};

const own = (connection: TenantConnection, id: string) =>
  and(eq(inboundDelivery.tenant_id, connection.tenantId), eq(inboundDelivery.id, id));

/** While this round has not ended. */
const inRound = (connection: TenantConnection, { id, round }: { id: string; round: number }) =>
  and(own(connection, id), eq(inboundDelivery.round, round), eq(inboundDelivery.status, 'accepted'));

/** Of one endpoint, newest first. */
export async function listInboundDeliveries(
  connection: TenantConnection,
  filter: {
    webhookId: string;
    status?: InboundDeliveryRow['status'] | undefined;
    from?: Date | undefined;
    to?: Date | undefined;
    before?: string | undefined;
    limit: number;
  },
): Promise<InboundDeliverySummaryRow[]> {
  const { webhookId, status, from, to, before, limit } = filter;
  return connection.orm
    .select(summary)
    .from(inboundDelivery)
    .where(
      and(
        eq(inboundDelivery.tenant_id, connection.tenantId),
        eq(inboundDelivery.webhook_id, webhookId),
        when(status, (each) => eq(inboundDelivery.status, each)),
        when(from, (each) => gte(inboundDelivery.received_at, each)),
        when(to, (each) => lt(inboundDelivery.received_at, each)),
        when(before, (each) => lt(inboundDelivery.id, each)),
      ),
    )
    .orderBy(desc(inboundDelivery.id))
    .limit(limit);
}

export async function readInboundDelivery(
  connection: TenantConnection,
  id: string,
): Promise<InboundDeliveryRow | null> {
  const [row] = await connection.orm.select().from(inboundDelivery).where(own(connection, id));
  return row ?? null;
}

/** The delivery that has this key, with what was sent as. */
export async function findByDeliveryKey(
  connection: TenantConnection,
  webhookId: string,
  key: string,
): Promise<Pick<InboundDeliveryRow, 'id' | 'body_digest' | 'received_at'> | null> {
  const [row] = await connection.query<Pick<InboundDeliveryRow, 'id' | 'body_digest' | 'received_at'>>({
    name: 'inbound_delivery_by_key',
    text: `SELECT id, body_digest, received_at FROM inbound_delivery
      WHERE tenant_id = $1 AND webhook_id = $2 AND delivery_key = $3`,
    values: [connection.tenantId, webhookId, key],
  });
  return row ?? null;
}

export interface NewInboundDelivery {
  /** uuid v7. */
  id: string;
  webhookId: string;
  key: string;
  bodyDigest: string;
  inputSealed: Buffer;
  bodyBytes: number;
  contentType: string;
  address: string | null;
  isTest: boolean;
  /** How long its workflow may take to end it before it is started again. */
  startAfterMs: number;
}

/**
 * Writes a delivery, once per key.
 * @returns `replay` when the key is taken, `gone` when the endpoint is not enabled with these secrets any more; then
 * nothing was written
 */
export async function insertInboundDelivery(
  connection: TenantConnection,
  delivery: NewInboundDelivery,
  secretSealed: Buffer,
): Promise<'inserted' | 'replay' | 'gone'> {
  const {
    id,
    webhookId,
    key,
    bodyDigest,
    inputSealed,
    bodyBytes,
    contentType,
    address,
    isTest,
    startAfterMs,
  } = delivery;
  const [row] = await connection.query<{ current: boolean; inserted: boolean }>({
    name: 'inbound_delivery_insert',
    text: `WITH endpoint AS (
        SELECT id FROM inbound_webhook
        WHERE tenant_id = $1 AND id = $2 AND enabled AND archived_at IS NULL AND secret_sealed = $12
      ), inserted AS (
        INSERT INTO inbound_delivery (tenant_id, id, webhook_id, delivery_key, body_digest, input_sealed, body_bytes,
          content_type, address, is_test, start_at)
        SELECT $1, $3, endpoint.id, $4, $5, $6, $7, $8, $9, $10, now() + make_interval(secs => $11) FROM endpoint
        ON CONFLICT (webhook_id, delivery_key) DO NOTHING RETURNING id)
      SELECT EXISTS (SELECT FROM endpoint) AS current, EXISTS (SELECT FROM inserted) AS inserted`,
    values: [
      connection.tenantId,
      webhookId,
      id,
      key,
      bodyDigest,
      inputSealed,
      bodyBytes,
      contentType,
      address,
      isTest,
      startAfterMs / 1000,
      secretSealed,
    ],
  });
  if (row?.inserted) return 'inserted';
  return row?.current ? 'replay' : 'gone';
}

/** From now on the key may belong to another delivery. */
export async function retireDeliveryKey(connection: TenantConnection, id: string): Promise<void> {
  await connection.query({
    name: 'inbound_delivery_retire_key',
    text: `UPDATE inbound_delivery SET delivery_key = delivery_key || '/' || id
      WHERE tenant_id = $1 AND id = $2 AND delivery_key NOT LIKE '%/%'`,
    values: [connection.tenantId, id],
  });
}

/** Another attempt of this round begins. @returns null when the round has ended */
export async function beginAttempt(
  connection: TenantConnection,
  id: string,
  round: number,
): Promise<InboundDeliveryRow | null> {
  const [row] = await connection.orm
    .update(inboundDelivery)
    .set({ attempts: sql`${inboundDelivery.attempts} + 1` })
    .where(inRound(connection, { id, round }))
    .returning();
  return row ?? null;
}

type Shown = Pick<InboundDeliveryRow, 'sender_id' | 'headers' | 'body'>;

/** What people see of it. */
export async function writeShown(connection: TenantConnection, id: string, shown: Shown): Promise<void> {
  await connection.orm.update(inboundDelivery).set(shown).where(own(connection, id));
}

/** @returns false when the round has ended before */
export async function writeResults(
  connection: TenantConnection,
  at: { id: string; round: number },
  results: ActionResult[],
): Promise<boolean> {
  const rows = await connection.orm
    .update(inboundDelivery)
    .set({ results, error: null })
    .where(inRound(connection, at))
    .returning({ id: inboundDelivery.id });
  return rows.length > 0;
}

/** Why it has to wait for another attempt. */
export async function writeWaiting(
  connection: TenantConnection,
  at: { id: string; round: number },
  error: string,
): Promise<void> {
  await connection.orm.update(inboundDelivery).set({ error }).where(inRound(connection, at));
}

/** @returns false when the round has ended before */
export async function endInboundDelivery(
  connection: TenantConnection,
  { id, round }: { id: string; round: number },
  end: Pick<InboundDeliveryRow, 'status' | 'error'> & { results?: ActionResult[] },
): Promise<boolean> {
  const rows = await connection.orm
    .update(inboundDelivery)
    .set({ ...end, start_at: null, ended_at: sql`now()` })
    .where(inRound(connection, { id, round }))
    .returning({ id: inboundDelivery.id });
  return rows.length > 0;
}

/** Accepts a delivery that has ended once more, with these results. @returns null when it has not ended */
export async function reopenInboundDelivery(
  connection: TenantConnection,
  id: string,
  results: ActionResult[],
  startAfterMs: number,
): Promise<InboundDeliveryRow | null> {
  const [row] = await connection.orm
    .update(inboundDelivery)
    .set({
      status: 'accepted',
      round: sql`${inboundDelivery.round} + 1`,
      attempts: 0,
      results,
      error: null,
      ended_at: null,
      start_at: sql`now() + make_interval(secs => ${startAfterMs / 1000})`,
    })
    .where(and(own(connection, id), ne(inboundDelivery.status, 'accepted')))
    .returning();
  return row ?? null;
}
