import type { Actor } from '../../identity/roles.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import type { EventSubject, EventType } from '../event-types.ts';

/** Who caused the latest event of a subject, or the latest of these types, and when; null when there is none. */
export async function readLastChange(
  connection: TenantConnection,
  subjectType: EventSubject,
  subjectId: string,
  types: readonly EventType[] | null = null,
): Promise<{ actor: Actor; at: Date } | null> {
  const [row] = await connection.query<{ actor: Actor; at: Date }>({
    text: `SELECT json_build_object('type', actor_type, 'id', actor_id, 'name', actor_name) AS actor, created_at AS at
      FROM event WHERE tenant_id = $1 AND subject_type = $2 AND subject_id = $3
        AND ($4::text[] IS NULL OR type = ANY($4)) ORDER BY id DESC LIMIT 1`,
    values: [connection.tenantId, subjectType, subjectId, types],
  });
  return row ?? null;
}
