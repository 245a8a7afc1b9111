import type { SystemConnection, TenantConnection } from '../../platform/db/database.ts';
import type { JsonValue } from '../../platform/json.ts';

type Connection = SystemConnection | TenantConnection;

/** An event with the parts that may be about a person. */
export interface LogEvent {
  id: string;
  type: string;
  subjectType: string;
  subjectId: string;
  actorId: string;
  actorName: string;
  door: string | null;
  address: string | null;
  data: JsonValue;
  createdAt: Date;
}

/** @returns the id of the last event of the page; null at the end of the log */
export async function endOfLogPage(
  connection: Connection,
  tenantId: string,
  { after, limit }: { after: string | null; limit: number },
): Promise<string | null> {
  const [row] = await connection.query<{ last: string | null }>({
    name: 'erasure_log_page',
    text: `SELECT max(id)::text AS last FROM (
      SELECT id FROM event WHERE tenant_id = $1 AND id > $2::bigint ORDER BY id LIMIT $3) page`,
    values: [tenantId, after ?? '0', limit],
  });
  return row?.last ?? null;
}

/** The events of a page that match a rough pattern. */
export function readLogPage(
  connection: Connection,
  tenantId: string,
  { after, until, pattern }: { after: string | null; until: string; pattern: string },
): Promise<LogEvent[]> {
  return connection.query<LogEvent & Record<string, unknown>>({
    name: 'erasure_log',
    text: `SELECT id::text, type, subject_type AS "subjectType", subject_id AS "subjectId", actor_id AS "actorId",
        actor_name AS "actorName", door, address, data, created_at AS "createdAt"
      FROM event WHERE tenant_id = $1 AND id > $2::bigint AND id <= $3::bigint
        AND concat_ws(' ', actor_id, subject_id, actor_name, address, data::text) ~* $4
      ORDER BY id`,
    values: [tenantId, after ?? '0', until, pattern],
  });
}

/** The events that announce the erasure of a search, after this one; oldest first. */
export async function nextAnnouncement(
  connection: SystemConnection,
  tenantId: string,
  { requestId, after }: { requestId: string; after: string | null },
): Promise<string | null> {
  const [row] = await connection.query<{ id: string }>({
    text: `SELECT id::text FROM event WHERE tenant_id = $1 AND subject_type = 'person' AND subject_id = $2
        AND type = 'EventPartsErased' AND id > $3::bigint ORDER BY id LIMIT 1`,
    values: [tenantId, requestId, after ?? '0'],
  });
  return row?.id ?? null;
}

/** The names that an account has had as an actor or a member of this organization, the last one first. */
export async function readNamesInLog(connection: TenantConnection, accountId: string): Promise<string[]> {
  const rows = await connection.query<{ name: string }>({
    text: `SELECT name FROM (
        SELECT id, actor_name AS name FROM event
        WHERE tenant_id = $1 AND actor_id = $2 AND actor_id <> 'worker' AND actor_type = 'user'
        UNION ALL
        SELECT id, data ->> 'name' FROM event WHERE tenant_id = $1 AND subject_type = 'member' AND subject_id = $2) known
      WHERE name IS NOT NULL AND name <> 'Erased person' GROUP BY name ORDER BY max(id) DESC LIMIT 50`,
    values: [connection.tenantId, accountId],
  });
  return rows.map(({ name }) => name);
}

/** Who was removed from the organization and not erased yet, the last first. */
export function listFormerMembers(
  connection: TenantConnection,
): Promise<{ id: string; name: string; email: string | null }[]> {
  return connection.query<{ id: string; name: string; email: string | null }>({
    text: `SELECT id, name, email FROM (
        SELECT DISTINCT ON (subject_id) subject_id AS id, data ->> 'name' AS name, data ->> 'email' AS email, e.id AS place
        FROM event e WHERE tenant_id = $1 AND type = 'MemberRemoved' ORDER BY subject_id, e.id DESC) removed
      WHERE name IS NOT NULL ORDER BY place DESC LIMIT 500`,
    values: [connection.tenantId],
  });
}
