import type { SystemConnection, TenantConnection } from '../../platform/db/database.ts';
import type { Opening, SealedEvent } from '../server/audit/audit-digest.ts';
import type { TailPosition } from './events.ts';
import { auditBlock, auditCheck, auditPosition } from './tables.ts';

/** Until the transaction ends, no other process seals. It waits 5 s for one that does. */
export async function lockSeal(connection: SystemConnection): Promise<void> {
  await connection.query({
    text: "SELECT set_config('lock_timeout', '5s', true), pg_advisory_xact_lock(hashtextextended($1, 0))",
    values: ['interlock/audit/seal'],
  });
}

/** @returns false when another process compares rows with the seal now */
export async function lockCheck(connection: SystemConnection): Promise<boolean> {
  const [lock] = await connection.query<{ held: boolean }>({
    name: 'audit_check_lock',
    text: 'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS held',
    values: ['interlock/audit/check'],
  });
  return lock?.held ?? false;
}

export interface LogState {
  /** Changes with every event, also with one that is not committed yet. */
  count: string;
  /** The oldest transaction of the server that has not ended. It never goes back. */
  open: string;
  /** The next transaction. */
  next: string;
}

/** One look at whether there is anything to seal, which reads no event. */
export async function lookAtLog(connection: SystemConnection): Promise<LogState> {
  const [row] = await connection.query<LogState>({
    name: 'audit_log_state',
    text: `SELECT last_value::text AS count, pg_snapshot_xmin(pg_current_snapshot())::text AS open,
        pg_snapshot_xmax(pg_current_snapshot())::text AS next FROM event_id_seq`,
  });
  return row!;
}

/** ISO 8601. One clock for all processes says what came before what. */
export async function readClock(connection: SystemConnection | TenantConnection): Promise<string> {
  const [row] = await connection.query<{ now: string }>({
    name: 'audit_clock',
    text: `SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS now`,
  });
  return row!.now;
}

/** With its alias `e`, the columns of an event as it is sealed. */
export const sealedColumns = `e.id::text, e.xid::text, e.type, e.subject_type AS "subjectType", e.subject_id AS "subjectId",
  e.exception_id AS "exceptionId", e.door, e.address, e.data, e.request_id AS "requestId",
  json_build_object('type', e.actor_type, 'id', e.actor_id, 'name', e.actor_name) AS actor,
  to_char(e.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "createdAt"`;

export type EventToSeal = SealedEvent & {
  tenantId: string;
  /** It has been sealed before: the log was restored, and is read again. */
  sealed: boolean;
};

/**
 * The next events in commit-safe order, as the live tail reads them: those of transactions older than every open one
 * of this database, and those that are older than `ended`, of which the caller knows that. The oldest open transaction may
 * seem older at the next look (decision 0043); what is known to have ended has.
 * Each bound is a subquery, so that the planner compares none with statistics (decision 0029).
 */
export function eventsToSeal(
  connection: SystemConnection,
  after: TailPosition,
  { ended, limit }: { ended: string; limit: number },
): Promise<EventToSeal[]> {
  return connection.query<EventToSeal>({
    name: 'audit_events_to_seal',
    text: `SELECT e.tenant_id AS "tenantId", ${sealedColumns}, EXISTS (SELECT FROM audit_block b
          WHERE b.tenant_id = e.tenant_id AND b.high_id >= e.id AND b.low_id <= e.id AND e.id = ANY(b.event_ids)) AS sealed
      FROM (
        SELECT * FROM event
        WHERE (xid, id) > ((SELECT $1::xid8), (SELECT $2::bigint))
          AND xid < (SELECT greatest(interlock_oldest_open_xid(), $4::xid8))
        ORDER BY xid, id LIMIT $3) e ORDER BY e.xid, e.id`,
    values: [after.xid, after.id, limit, ended],
  });
}

/** The beginning for a position of another log: a restored database counts its transactions from the start. */
export async function readSealedUpTo(connection: SystemConnection): Promise<TailPosition> {
  const [row] = await connection.query<TailPosition>({
    name: 'audit_position',
    text: `SELECT CASE WHEN known THEN xid ELSE '0' END AS xid, CASE WHEN known THEN event_id ELSE '0' END AS id
      FROM audit_position CROSS JOIN LATERAL (
        SELECT xid::xid8 <= pg_snapshot_xmax(pg_current_snapshot()) AS known) position`,
  });
  return row!;
}

export async function writeSealedUpTo(connection: SystemConnection, position: TailPosition): Promise<void> {
  await connection.orm.update(auditPosition).set({ xid: position.xid, event_id: position.id });
}

export interface ChainEnd {
  tenantId: string;
  number: number;
  /** Of the last event. */
  sequence: number;
  /** In hex. */
  hash: string;
  sealedAt: string;
}

const endColumns = `b.number, (b.first_sequence + cardinality(b.event_ids) - 1)::float8 AS sequence,
  encode(b.hash, 'hex') AS hash, b.sealed_at AS "sealedAt"`;

/** The ends of the chains of these tenants that have one. */
export function readChainEnds(
  connection: SystemConnection | TenantConnection,
  tenantIds: string[],
): Promise<ChainEnd[]> {
  return connection.query<ChainEnd>({
    name: 'audit_chain_ends',
    text: `SELECT t.id AS "tenantId", ${endColumns} FROM unnest($1::uuid[]) AS t(id)
      CROSS JOIN LATERAL (SELECT * FROM audit_block WHERE tenant_id = t.id ORDER BY number DESC LIMIT 1) b`,
    values: [tenantIds],
  });
}

/** Also makes the chains known to the comparison of rows with the seal. */
export async function insertBlocks(
  connection: SystemConnection,
  blocks: (typeof auditBlock.$inferInsert)[],
): Promise<void> {
  if (blocks.length === 0) return;
  await connection.orm.insert(auditBlock).values(blocks);
  const begun = blocks.filter(({ number }) => number === 1);
  if (begun.length === 0) return;
  await connection.orm
    .insert(auditCheck)
    .values(begun.map(({ tenant_id }) => ({ tenant_id, number: 0, checked_at: new Date(0) })))
    .onConflictDoNothing();
}

/** Some blocks of a chain, in their order. */
export function readBlocks(
  connection: SystemConnection | TenantConnection,
  tenantId: string,
  { from, limit }: { from: number; limit: number },
): Promise<StoredBlock[]> {
  return connection.query<StoredBlock>({
    name: 'audit_blocks',
    text: `SELECT number, first_sequence::float8 AS "firstSequence", event_ids AS "eventIds", low_id::text AS "lowId",
        high_id::text AS "highId", digests, salts, encode(previous, 'hex') AS previous, encode(hash, 'hex') AS hash,
        sealed_at AS "sealedAt"
      FROM audit_block WHERE tenant_id = $1 AND number >= $2 ORDER BY number LIMIT $3`,
    values: [tenantId, from, limit],
  });
}

export interface StoredBlock {
  number: number;
  firstSequence: number;
  eventIds: string[];
  lowId: string;
  highId: string;
  digests: Buffer;
  salts: Buffer;
  previous: string;
  hash: string;
  sealedAt: string;
}

/** An event as it is now. */
export type StoredEvent = SealedEvent & {
  /** What opens its digest once parts of it are erased; null: the salt of its block does. */
  opening: Exclude<Opening, string> | null;
  /** The events that announced the erasure. */
  announcedBy: string[] | null;
};

/** The events of a block that are there, in any order. */
export function readEventsById(
  connection: SystemConnection | TenantConnection,
  tenantId: string,
  ids: string[],
): Promise<StoredEvent[]> {
  return connection.query<StoredEvent>({
    name: 'audit_events_by_id',
    text: `SELECT ${sealedColumns}, o.opening, o.announced_by AS "announcedBy" FROM event e
      LEFT JOIN audit_opening o ON o.tenant_id = e.tenant_id AND o.event_id = e.id
      WHERE e.tenant_id = $1 AND e.id = ANY($2::bigint[])`,
    values: [tenantId, ids],
  });
}

/** The place of an event in its chain; null: it is not sealed. */
export async function readSequenceOf(
  connection: TenantConnection,
  tenantId: string,
  eventId: string,
): Promise<number | null> {
  const [row] = await connection.query<{ sequence: number }>({
    name: 'audit_sequence_of',
    text: `SELECT (first_sequence + array_position(event_ids, $2::bigint) - 1)::float8 AS sequence FROM audit_block
      WHERE tenant_id = $1 AND high_id >= $2 AND low_id <= $2 AND $2 = ANY (event_ids)`,
    values: [tenantId, eventId],
  });
  return row?.sequence ?? null;
}

/** The number of the first block that was sealed at this time or later; events are sealed after they were written. */
export async function firstBlockSince(connection: TenantConnection, time: Date): Promise<number> {
  const [row] = await connection.query<{ number: number }>({
    name: 'audit_block_since',
    text: `SELECT coalesce(min(number) FILTER (WHERE sealed_at >= $2), max(number) + 1, 1)::int AS number
      FROM audit_block WHERE tenant_id = $1`,
    values: [connection.tenantId, time.toISOString()],
  });
  return row!.number;
}

/** The hashes of blocks in hex, in the order of what is asked for; null for a block that is not there. */
export async function readHashes(
  connection: SystemConnection,
  blocks: readonly { tenantId: string; block: number }[],
): Promise<(string | null)[]> {
  const rows = await connection.query<{ hash: string | null }>({
    name: 'audit_hashes',
    text: `SELECT encode(b.hash, 'hex') AS hash
      FROM unnest($1::uuid[], $2::int[]) WITH ORDINALITY AS asked(tenant_id, number, place)
      LEFT JOIN audit_block b ON b.tenant_id = asked.tenant_id AND b.number = asked.number ORDER BY asked.place`,
    values: [blocks.map(({ tenantId }) => tenantId), blocks.map(({ block }) => block)],
  });
  return rows.map(({ hash }) => hash);
}
