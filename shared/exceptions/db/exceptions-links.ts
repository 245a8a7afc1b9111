import type { TenantConnection } from '../../platform/db/database.ts';
import type { ExceptionStatus, linkKinds } from '../exception-schemas.ts';

export type LinkKind = (typeof linkKinds)[number];

/** A link as one of its two sides sees it. */
export interface LinkRow {
  id: string;
  kind: LinkKind;
  /** The other exception names this one. */
  inverse: boolean;
  url: string | null;
  title: string;
  other_id: string | null;
  other_number: number;
  other_title: string;
  other_status: ExceptionStatus;
}

/** The links of an exception from both sides, oldest first. */
export async function readLinks(connection: TenantConnection, exceptionId: string): Promise<LinkRow[]> {
  return connection.query<LinkRow & Record<string, unknown>>({
    name: 'exception_links',
    text: `SELECT l.id, l.kind, l.exception_id <> $2 AS inverse, l.url, l.title, o.id AS other_id,
        o.number AS other_number, o.title AS other_title, o.status AS other_status
      FROM exception_link l
      LEFT JOIN exception o ON o.tenant_id = $1
        AND o.id = CASE WHEN l.exception_id = $2 THEN l.target_id ELSE l.exception_id END
      WHERE l.tenant_id = $1 AND (l.exception_id = $2 OR l.target_id = $2) ORDER BY l.id`,
    values: [connection.tenantId, exceptionId],
  });
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
 * Lock both exceptions first: "related" has no direction, and the index sees one direction only.
 * @returns false when there is one like it
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

/** Takes a link away, from either side; null when the exception has no such link. */
export async function deleteLink(
  connection: TenantConnection,
  exceptionId: string,
  linkId: string,
): Promise<{ kind: LinkKind } | null> {
  const [row] = await connection.query<{ kind: LinkKind }>({
    text: `DELETE FROM exception_link WHERE tenant_id = $1 AND id = $3 AND (exception_id = $2 OR target_id = $2)
      RETURNING kind`,
    values: [connection.tenantId, exceptionId, linkId],
  });
  return row ?? null;
}
