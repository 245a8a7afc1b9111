import { and, eq, gt, isNotNull, isNull, lt, notExists, sql } from 'drizzle-orm';
import { createdByOf } from '../../platform/db/columns.ts';
import type { SystemConnection, TenantConnection } from '../../platform/db/database.ts';
import { artifact, artifactContent, artifactObject, artifactUse } from './tables.ts';

export type ArtifactRow = typeof artifact.$inferSelect;
type Creator = Parameters<typeof createdByOf>[0];

/** Until the end of the transaction, nothing else adds or removes files of the tenant. */
export async function lockArtifacts(
  connection: TenantConnection | SystemConnection,
  tenantId: string,
): Promise<void> {
  await connection.query({
    name: 'artifact_lock',
    text: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))',
    values: [`interlock/artifacts/${tenantId}`],
    bookkeeping: true,
  });
}

/** What the files of the tenant take; `known`: this one is among them. */
export async function readStored(
  connection: TenantConnection,
  digest: Buffer,
): Promise<{ total: number; known: boolean }> {
  const [row] = await connection.orm
    .select({
      total: sql<string>`coalesce(sum(${artifactContent.bytes}), 0)`,
      known: sql<boolean>`coalesce(bool_or(${artifactContent.digest} = ${digest}), false)`,
    })
    .from(artifactContent)
    .where(eq(artifactContent.tenant_id, connection.tenantId));
  return { total: Number(row?.total ?? 0), known: row?.known === true };
}

/** Where the bytes are: here, or as an object. */
export type ContentPlace = { content: Buffer; object: null } | { content: null; object: string };

export async function insertContent(
  connection: TenantConnection,
  digest: Buffer,
  bytes: number,
  place: ContentPlace,
): Promise<void> {
  await connection.orm
    .insert(artifactContent)
    .values({ tenant_id: connection.tenantId, digest, bytes, ...place });
}

/** The same bytes under the same name and type are the same file: an unused one begins its time again. */
export async function insertArtifact(
  connection: TenantConnection,
  row: Pick<ArtifactRow, 'id' | 'digest' | 'name' | 'content_type' | 'bytes'>,
  actor: Creator,
): Promise<ArtifactRow> {
  const [stored] = await connection.orm
    .insert(artifact)
    .values({ ...row, tenant_id: connection.tenantId, ...createdByOf(actor) })
    .onConflictDoUpdate({
      target: [artifact.tenant_id, artifact.digest, artifact.name, artifact.content_type],
      set: { unused_since: sql`CASE WHEN ${artifact.unused_since} IS NOT NULL THEN now() END` },
    })
    .returning();
  return stored!;
}

/** Null when it is not this tenant's, or was removed. */
export async function readArtifact(connection: TenantConnection, id: string): Promise<ArtifactRow | null> {
  const [row] = await connection.orm
    .select()
    .from(artifact)
    .where(and(eq(artifact.tenant_id, connection.tenantId), eq(artifact.id, id)));
  return row ?? null;
}

export async function readContent(
  connection: TenantConnection,
  digest: Buffer,
): Promise<ContentPlace | null> {
  const [row] = await connection.orm
    .select({ content: artifactContent.content, object: artifactContent.object })
    .from(artifactContent)
    .where(and(eq(artifactContent.tenant_id, connection.tenantId), eq(artifactContent.digest, digest)));
  return row ? placeOf(row) : null;
}

const placeOf = (row: { content: Buffer | null; object: string | null }): ContentPlace =>
  row.object === null ? { content: row.content!, object: null } : { content: null, object: row.object };

/** The execution keeps the file as long as its payloads, and an attachment as long as it is there. */
export async function markUsed(
  connection: TenantConnection,
  artifactId: string,
  executionId: string,
): Promise<void> {
  await connection.query({
    name: 'artifact_mark_used',
    text: `WITH used AS (
        INSERT INTO artifact_use (tenant_id, artifact_id, execution_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING
      )
      UPDATE artifact SET unused_since = NULL WHERE tenant_id = $1 AND id = $2 AND unused_since IS NOT NULL`,
    values: [connection.tenantId, artifactId, executionId],
  });
}

/**
 * The payloads of these executions, or these attachments, are gone: what no other one uses goes 30 days after `unusedSince`,
 * which is with the next removal unless it is given.
 */
export async function releaseArtifacts(
  connection: TenantConnection | SystemConnection,
  tenantId: string,
  executionIds: string[],
  unusedSince = new Date(0),
): Promise<void> {
  await connection.query({
    name: 'artifact_release',
    text: `WITH released AS (
        DELETE FROM artifact_use WHERE tenant_id = $1 AND execution_id = ANY ($2::uuid[]) RETURNING artifact_id
      )
      UPDATE artifact a SET unused_since = $3
      WHERE a.tenant_id = $1 AND a.unused_since IS NULL AND a.id IN (SELECT artifact_id FROM released)
        AND NOT EXISTS (SELECT FROM artifact_use u
          WHERE u.artifact_id = a.id AND NOT u.execution_id = ANY ($2::uuid[]))`,
    values: [tenantId, executionIds, unusedSince],
  });
}

/** The tenants with files that have been unused since then. */
export async function tenantsWithUnused(connection: SystemConnection, before: Date): Promise<string[]> {
  const rows = await connection.orm
    .selectDistinct({ tenantId: artifact.tenant_id })
    .from(artifact)
    .where(and(isNotNull(artifact.unused_since), lt(artifact.unused_since, before)));
  return rows.map(({ tenantId }) => tenantId);
}

/** Call it under `lockArtifacts`. */
export async function removeUnused(
  connection: SystemConnection,
  tenantId: string,
  before: Date,
): Promise<void> {
  await connection.orm
    .delete(artifact)
    .where(
      and(
        eq(artifact.tenant_id, tenantId),
        lt(artifact.unused_since, before),
        notExists(connection.orm.select().from(artifactUse).where(eq(artifactUse.artifact_id, artifact.id))),
      ),
    );
  const sameDigest = and(
    eq(artifact.tenant_id, artifactContent.tenant_id),
    eq(artifact.digest, artifactContent.digest),
  );
  const removed = await connection.orm
    .delete(artifactContent)
    .where(
      and(
        eq(artifactContent.tenant_id, tenantId),
        notExists(connection.orm.select().from(artifact).where(sameDigest)),
      ),
    )
    .returning({ object: artifactContent.object });
  await noteObjects(
    connection,
    tenantId,
    removed.flatMap(({ object }) => object ?? []),
    new Date(),
  );
}

/** Objects that no file names: they are removed from `dueAt` on. */
export async function noteObjects(
  connection: TenantConnection | SystemConnection,
  tenantId: string,
  objects: readonly string[],
  dueAt: Date,
): Promise<void> {
  if (objects.length === 0) return;
  await connection.orm
    .insert(artifactObject)
    .values(objects.map((object) => ({ object, tenant_id: tenantId, due_at: dueAt })));
}

/** A file names it from now on. @returns false when it is being removed, or was */
export async function claimObject(
  connection: TenantConnection | SystemConnection,
  tenantId: string,
  object: string,
): Promise<boolean> {
  const claimed = await connection.orm
    .delete(artifactObject)
    .where(
      and(
        eq(artifactObject.tenant_id, tenantId),
        eq(artifactObject.object, object),
        gt(artifactObject.due_at, removing),
      ),
    )
    .returning({ object: artifactObject.object });
  return claimed.length === 1;
}

/** Of what is being removed: no file can name it any more. */
const removing = sql`'-infinity'::timestamptz`;

/** The next one to remove, again until `removeObjectNote`: from now on `claimObject` refuses it. */
export async function takeDueObject(
  connection: SystemConnection,
  now: Date,
): Promise<{ tenantId: string; object: string } | null> {
  const due = connection.orm
    .select({ object: artifactObject.object })
    .from(artifactObject)
    .where(lt(artifactObject.due_at, now))
    .orderBy(artifactObject.due_at)
    .limit(1)
    .for('update', { skipLocked: true });
  const [taken] = await connection.orm
    .update(artifactObject)
    .set({ due_at: removing })
    .where(eq(artifactObject.object, sql`(${due})`))
    .returning({ tenantId: artifactObject.tenant_id, object: artifactObject.object });
  return taken ?? null;
}

export async function removeObjectNote(connection: SystemConnection, object: string): Promise<void> {
  await connection.orm.delete(artifactObject).where(eq(artifactObject.object, object));
}

/** The next file whose bytes are elsewhere. */
export async function nextToMove(
  connection: SystemConnection,
  to: 'database' | 'objects',
  after: { tenantId: string; digest: Buffer },
): Promise<{ tenantId: string; digest: Buffer; place: ContentPlace } | null> {
  const { tenant_id, digest, content, object } = artifactContent;
  const [row] = await connection.orm
    .select({ tenantId: tenant_id, digest, content, object })
    .from(artifactContent)
    .where(
      and(
        to === 'database' ? isNotNull(object) : isNull(object),
        sql`(${tenant_id}, ${digest}) > (${after.tenantId}, ${after.digest})`,
      ),
    )
    .orderBy(tenant_id, digest)
    .limit(1);
  return row ? { tenantId: row.tenantId, digest: row.digest, place: placeOf(row) } : null;
}

/** Call it under `lockArtifacts`. @returns false when the file is gone, or elsewhere already */
export async function moveContent(
  connection: SystemConnection,
  { tenantId, digest }: { tenantId: string; digest: Buffer },
  from: string | null,
  to: ContentPlace,
): Promise<boolean> {
  const { object } = artifactContent;
  const moved = await connection.orm
    .update(artifactContent)
    .set(to)
    .where(
      and(
        eq(artifactContent.tenant_id, tenantId),
        eq(artifactContent.digest, digest),
        from === null ? isNull(object) : eq(object, from),
      ),
    )
    .returning({ bytes: artifactContent.bytes });
  return moved.length === 1;
}
