import { v7 as uuidv7 } from 'uuid';
import type { TenantConnection } from '../../platform/db/database.ts';

export interface NewNotice {
  kind: 'notify' | 'reminder' | 'escalation';
  to: { role: string | null; user: string | null };
  text: string;
  exceptionId: string | null;
  runId: string;
  stepRunId: string;
}

export async function insertNotice(connection: TenantConnection, notice: NewNotice): Promise<void> {
  await connection.query({
    text: `INSERT INTO notice (id, tenant_id, kind, to_role, to_user, text, exception_id, run_id, step_run_id)
      VALUES ($2, $1, $3, $4, $5, $6, $7, $8, $9)`,
    values: [
      connection.tenantId,
      uuidv7(),
      notice.kind,
      notice.to.role,
      notice.to.user,
      notice.text,
      notice.exceptionId,
      notice.runId,
      notice.stepRunId,
    ],
  });
}

export interface NoticeRow {
  id: string;
  kind: NewNotice['kind'];
  text: string;
  exception_id: string | null;
  run_id: string | null;
  step_id: string | null;
  unread: boolean;
  created_at: Date;
}

interface Reader {
  userId: string;
  person: string | null;
  roles: string[];
}

const readUpTo = `coalesce((SELECT notice_id FROM notice_read WHERE tenant_id = $1 AND user_id = $2),
  '00000000-0000-0000-0000-000000000000'::uuid)`;

/** The newest of what was told to this person or their roles. */
export function listNotices(
  connection: TenantConnection,
  { userId, person, roles }: Reader,
  limit: number,
): Promise<NoticeRow[]> {
  return connection.query<NoticeRow & Record<string, unknown>>({
    name: 'notice_list',
    text: `SELECT n.id, n.kind, n.text, n.exception_id, n.run_id, s.step_id, n.created_at, n.id > ${readUpTo} AS unread
      FROM notice n LEFT JOIN playbook_step_run s ON s.id = n.step_run_id
      WHERE n.tenant_id = $1 AND (n.to_user = $3 OR n.to_role = ANY($4::text[]))
      ORDER BY n.id DESC LIMIT $5`,
    values: [connection.tenantId, userId, person, roles, limit],
  });
}

export async function countUnread(
  connection: TenantConnection,
  { userId, person, roles }: Reader,
): Promise<number> {
  const [row] = await connection.query<{ count: number }>({
    name: 'notice_unread',
    text: `SELECT count(*)::int AS count FROM notice n
      WHERE n.tenant_id = $1 AND n.id > ${readUpTo} AND (n.to_user = $3 OR n.to_role = ANY($4::text[]))`,
    values: [connection.tenantId, userId, person, roles],
  });
  return row!.count;
}

export async function markRead(connection: TenantConnection, userId: string, upTo: string): Promise<void> {
  await connection.query({
    text: `INSERT INTO notice_read AS known (tenant_id, user_id, notice_id) VALUES ($1, $2, $3)
      ON CONFLICT (tenant_id, user_id) DO UPDATE SET notice_id = greatest(known.notice_id, excluded.notice_id)`,
    values: [connection.tenantId, userId, upTo],
  });
}
