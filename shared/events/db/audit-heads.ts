import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Actor } from '../../identity/roles.ts';
import type { SystemConnection, TenantConnection } from '../../platform/db/database.ts';
import type { AuditHead, AuditProblem } from '../audit-schemas.ts';
import type { ChainEnd } from './audit-seal.ts';
import { auditCheck, auditHead, auditKey, auditProblem } from './tables.ts';

/** The ends of all chains that no signed head covers. */
export function readUnsignedEnds(connection: SystemConnection): Promise<ChainEnd[]> {
  return connection.query<ChainEnd>({
    name: 'audit_unsigned_ends',
    text: `SELECT c.tenant_id AS "tenantId", b.number, encode(b.hash, 'hex') AS hash, b.sealed_at AS "sealedAt",
        (b.first_sequence + cardinality(b.event_ids) - 1)::float8 AS sequence
      FROM audit_check c
      CROSS JOIN LATERAL (SELECT * FROM audit_block WHERE tenant_id = c.tenant_id ORDER BY number DESC LIMIT 1) b
      WHERE NOT EXISTS (SELECT FROM audit_head h WHERE h.tenant_id = c.tenant_id AND h.number >= b.number)`,
  });
}

/** A head that another process has signed stays as it is. */
export async function insertHeads(connection: SystemConnection, heads: AuditHead[]): Promise<void> {
  const rows = heads.map(({ tenantId, block, sequence, hash, signedAt, keyId, signature }) => ({
    tenant_id: tenantId,
    number: block,
    sequence: BigInt(sequence),
    hash: Buffer.from(hash, 'hex'),
    signed_at: signedAt,
    key_id: keyId,
    signature: Buffer.from(signature, 'base64'),
  }));
  await connection.orm.insert(auditHead).values(rows).onConflictDoNothing();
}

type HeadRow = typeof auditHead.$inferSelect;

export const headOf = (row: HeadRow): AuditHead => ({
  tenantId: row.tenant_id,
  block: row.number,
  sequence: Number(row.sequence),
  hash: row.hash.toString('hex'),
  signedAt: row.signed_at,
  keyId: row.key_id,
  signature: row.signature.toString('base64'),
});

export async function readUnexportedHeads(connection: SystemConnection, limit: number): Promise<AuditHead[]> {
  const rows = await connection.orm
    .select()
    .from(auditHead)
    .where(sql`${auditHead.exported_at} IS NULL`)
    .orderBy(auditHead.tenant_id, auditHead.number)
    .limit(limit);
  return rows.map(headOf);
}

export async function markExported(connection: SystemConnection, heads: AuditHead[]): Promise<void> {
  await connection.query({
    name: 'audit_heads_exported',
    text: `UPDATE audit_head h SET exported_at = now() FROM unnest($1::uuid[], $2::int[]) AS e(tenant_id, number)
      WHERE h.tenant_id = e.tenant_id AND h.number = e.number`,
    values: [heads.map(({ tenantId }) => tenantId), heads.map(({ block }) => block)],
  });
}

/** Signed heads of these blocks. */
export async function readHeads(
  connection: SystemConnection | TenantConnection,
  tenantId: string,
  numbers: number[],
): Promise<AuditHead[]> {
  const rows = await connection.orm
    .select()
    .from(auditHead)
    .where(and(eq(auditHead.tenant_id, tenantId), inArray(auditHead.number, numbers)));
  return rows.map(headOf);
}

export async function readLastHead(
  connection: SystemConnection | TenantConnection,
  tenantId: string,
): Promise<HeadRow | null> {
  const [row] = await connection.orm
    .select()
    .from(auditHead)
    .where(eq(auditHead.tenant_id, tenantId))
    .orderBy(desc(auditHead.number))
    .limit(1);
  return row ?? null;
}

export type KeyRow = typeof auditKey.$inferSelect;

/** The newest first. */
export function readKeys(connection: SystemConnection): Promise<KeyRow[]> {
  return connection.orm.select().from(auditKey).orderBy(desc(auditKey.created_at));
}

/** @returns the key that is there: of two processes that make the first one, one wins */
export async function insertFirstKey(
  connection: SystemConnection,
  key: Pick<KeyRow, 'id' | 'public_key' | 'private_key_sealed'>,
): Promise<KeyRow> {
  await connection.query({
    text: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))',
    values: ['interlock/audit/key'],
  });
  const [known] = await readKeys(connection);
  if (known) return known;
  const [row] = await connection.orm.insert(auditKey).values(key).returning();
  return row!;
}

export async function readPublicKeyOf(connection: TenantConnection, keyId: string): Promise<string | null> {
  const [row] = await connection.orm
    .select({ pem: auditKey.public_key })
    .from(auditKey)
    .where(eq(auditKey.id, keyId));
  return row?.pem ?? null;
}

/** The chain whose rows were compared longest ago. One that was compared as a whole rests first. */
export async function nextToCheck(connection: SystemConnection, restMs: number) {
  const [row] = await connection.orm
    .select()
    .from(auditCheck)
    .where(
      sql`${auditCheck.number} > 0 OR ${auditCheck.checked_at} < now() - make_interval(secs => ${restMs / 1000})`,
    )
    .orderBy(auditCheck.checked_at)
    .limit(1);
  return row ?? null;
}

/** @param completed the whole chain has been compared */
export async function writeChecked(
  connection: SystemConnection,
  tenantId: string,
  { number, completed }: { number: number; completed: boolean },
): Promise<void> {
  await connection.orm
    .update(auditCheck)
    .set({ number, checked_at: sql`now()`, ...(completed && { completed_at: sql`now()` }) })
    .where(eq(auditCheck.tenant_id, tenantId));
}

export type NewProblem = Pick<AuditProblem, 'kind' | 'block' | 'eventId' | 'sequence'>;

/** @returns those that were not known */
export async function insertProblems(
  connection: SystemConnection,
  tenantId: string,
  problems: NewProblem[],
): Promise<NewProblem[]> {
  const added = await connection.orm
    .insert(auditProblem)
    .values(
      problems.map(({ kind, block, eventId, sequence }) => ({
        tenant_id: tenantId,
        kind,
        number: block,
        event_id: BigInt(eventId ?? 0),
        sequence: sequence === null ? null : BigInt(sequence),
      })),
    )
    .onConflictDoNothing()
    .returning();
  return added.map(problemOf);
}

/** Those that no one has acknowledged come first. */
export async function readProblems(connection: TenantConnection, limit: number): Promise<AuditProblem[]> {
  const rows = await connection.orm
    .select()
    .from(auditProblem)
    .where(eq(auditProblem.tenant_id, connection.tenantId))
    .orderBy(
      sql`${auditProblem.acknowledged_at} IS NOT NULL`,
      auditProblem.found_at,
      auditProblem.number,
      auditProblem.event_id,
    )
    .limit(limit);
  return rows.map(problemOf);
}

const problemOf = (row: typeof auditProblem.$inferSelect): AuditProblem => ({
  kind: row.kind,
  block: row.number,
  eventId: row.event_id === 0n ? null : row.event_id.toString(),
  sequence: row.sequence === null ? null : Number(row.sequence),
  foundAt: row.found_at.toISOString(),
  acknowledged: row.acknowledged_at && {
    by: {
      type: row.acknowledged_by_type ?? 'system',
      id: row.acknowledged_by_id ?? '',
      name: row.acknowledged_by_name ?? '',
    },
    at: row.acknowledged_at.toISOString(),
    reason: row.acknowledge_reason ?? '',
  },
});

export type ProblemKey = Pick<AuditProblem, 'kind' | 'block' | 'eventId'>;

const isProblem = (connection: TenantConnection, { kind, block, eventId }: ProblemKey) =>
  and(
    eq(auditProblem.tenant_id, connection.tenantId),
    eq(auditProblem.kind, kind),
    eq(auditProblem.number, block),
    eq(auditProblem.event_id, BigInt(eventId ?? 0)),
  );

/** @returns as it is now; null: there is no such problem */
export async function readProblem(
  connection: TenantConnection,
  key: ProblemKey,
): Promise<AuditProblem | null> {
  const [row] = await connection.orm.select().from(auditProblem).where(isProblem(connection, key));
  return row ? problemOf(row) : null;
}

/** @returns false when there is no such problem, or someone has acknowledged it */
export async function acknowledgeProblem(
  connection: TenantConnection,
  key: ProblemKey,
  { actor, reason }: { actor: Actor; reason: string },
): Promise<boolean> {
  const rows = await connection.orm
    .update(auditProblem)
    .set({
      acknowledged_at: sql`now()`,
      acknowledge_reason: reason,
      acknowledged_by_type: actor.type,
      acknowledged_by_id: actor.id,
      acknowledged_by_name: actor.name,
    })
    .where(and(isProblem(connection, key), isNull(auditProblem.acknowledged_at)))
    .returning({ kind: auditProblem.kind });
  return rows.length > 0;
}

/** Of all tenants: those that no one has acknowledged. */
export async function countProblems(connection: SystemConnection): Promise<number> {
  const [row] = await connection.query<{ count: number }>({
    name: 'audit_problems_count',
    text: 'SELECT count(*)::int AS count FROM audit_problem WHERE acknowledged_at IS NULL',
  });
  return row!.count;
}

export async function readCheck(connection: TenantConnection) {
  const [row] = await connection.orm
    .select()
    .from(auditCheck)
    .where(eq(auditCheck.tenant_id, connection.tenantId));
  return row ?? null;
}
