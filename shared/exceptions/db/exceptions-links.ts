import { and, asc, eq, or, sql } from 'drizzle-orm';
import type { TenantConnection } from '../../platform/db/database.ts';
import type { linkKinds } from '../exception-schemas.ts';
import { exception, exceptionLink } from './tables.ts';

export type LinkKind = (typeof linkKinds)[number];

/** A link as one of its two sides sees it. */
export interface LinkRow extends Pick<typeof exceptionLink.$inferSelect, 'id' | 'kind' | 'url' | 'title'> {
  /** The other exception links to this one. */
  inverse: boolean;
  /** The other exception; null for a link to a page. */
  exception: Pick<typeof exception.$inferSelect, 'id' | 'number' | 'title' | 'status'> | null;
}

const hasSide = (exceptionId: string) =>
  or(eq(exceptionLink.exception_id, exceptionId), eq(exceptionLink.target_id, exceptionId));

/** The links of an exception from both sides, oldest first. */
export async function readLinks(connection: TenantConnection, exceptionId: string): Promise<LinkRow[]> {
  const inverse = sql<boolean>`${exceptionLink.exception_id} <> ${exceptionId}`;
  const otherSide = sql`CASE WHEN ${inverse} THEN ${exceptionLink.exception_id} ELSE ${exceptionLink.target_id} END`;
  return connection.orm
    .select({
      id: exceptionLink.id,
      kind: exceptionLink.kind,
      inverse,
      url: exceptionLink.url,
      title: exceptionLink.title,
      exception: {
        id: exception.id,
        number: exception.number,
        title: exception.title,
        status: exception.status,
      },
    })
    .from(exceptionLink)
    .leftJoin(exception, and(eq(exception.tenant_id, connection.tenantId), eq(exception.id, otherSide)))
    .where(and(eq(exceptionLink.tenant_id, connection.tenantId), hasSide(exceptionId)))
    .orderBy(asc(exceptionLink.id));
}

export interface NewLink {
  /** uuid v7. */
  id: string;
  exceptionId: string;
  kind: LinkKind;
  targetId: string | null;
  url: string | null;
  title: string;
}

/**
 * Lock both exceptions first: "related" has no direction, but the unique index has one.
 * @returns false when this link exists
 */
export async function insertLink(connection: TenantConnection, link: NewLink): Promise<boolean> {
  const rows = await connection.query({
    name: 'exception_link_insert',
    text: `INSERT INTO exception_link (tenant_id, id, exception_id, kind, target_id, url, title)
      SELECT $1, $2, $3, $4, $5, $6, $7
      WHERE NOT EXISTS (SELECT FROM exception_link
        WHERE tenant_id = $1 AND $4 = 'related' AND kind = 'related' AND exception_id = $5 AND target_id = $3)
      ON CONFLICT DO NOTHING RETURNING 1`,
    values: [connection.tenantId, link.id, link.exceptionId, link.kind, link.targetId, link.url, link.title],
  });
  return rows.length > 0;
}

/** Deletes a link from either side; null when the exception has no link of this id. */
export async function deleteLink(
  connection: TenantConnection,
  exceptionId: string,
  linkId: string,
): Promise<{ kind: LinkKind } | null> {
  const [row] = await connection.orm
    .delete(exceptionLink)
    .where(
      and(
        eq(exceptionLink.tenant_id, connection.tenantId),
        eq(exceptionLink.id, linkId),
        hasSide(exceptionId),
      ),
    )
    .returning({ kind: exceptionLink.kind });
  return row ?? null;
}
