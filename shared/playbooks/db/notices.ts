import { and, desc, eq, getTableColumns, isNull, or, type SQL, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { notice } from '../../events/db/tables.ts';
import { permissionRole } from '../../identity/roles.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { noticeRead, playbookStepRun } from './tables.ts';

type StoredNotice = typeof notice.$inferSelect;

export interface NewNotice {
  kind: StoredNotice['kind'];
  to: { role: string | null; user: string | null };
  text: string;
  exceptionId: string | null;
  runId: string;
  stepRunId: string;
}

export async function insertNotice(
  connection: TenantConnection,
  { kind, to, text, exceptionId, runId, stepRunId }: NewNotice,
): Promise<void> {
  await connection.orm.insert(notice).values({
    id: uuidv7(),
    tenant_id: connection.tenantId,
    kind,
    to_role: to.role,
    to_user: to.user,
    text,
    exception_id: exceptionId,
    run_id: runId,
    step_run_id: stepRunId,
  });
}

export interface NoticeRow extends StoredNotice {
  step_id: string | null;
  unread: boolean;
}

interface Reader {
  userId: string;
  person: string | null;
  roles: string[];
}

/** Of those without a tenant: they are to who runs the deployment. */
const deploymentRole = permissionRole['credentials.write_global'];

/** The newest notices to this person or their roles: each address has its own part of an index. */
function newestTo(connection: TenantConnection, { person, roles }: Reader, limit: number): SQL {
  const own = sql`= ${connection.tenantId}`;
  const to = (column: 'to_user' | 'to_role', addresses: string[], tenant = own) => sql`
    SELECT each.id FROM unnest(${sql.param(addresses)}::text[]) AS address(name) CROSS JOIN LATERAL (
      SELECT id FROM notice WHERE tenant_id ${tenant} AND ${sql.identifier(column)} = address.name
      ORDER BY id DESC LIMIT ${limit}) AS each`;
  const deployment = roles.filter((role) => role === deploymentRole);
  return sql`(SELECT id FROM (${to('to_user', person === null ? [] : [person])} UNION ${to('to_role', roles)}
      UNION ${to('to_role', deployment, sql`IS NULL`)}) AS found
    ORDER BY id DESC LIMIT ${limit})`;
}

const isUnread = (connection: TenantConnection, { userId }: Reader) =>
  sql<boolean>`${notice.id} > coalesce(
    (SELECT notice_id FROM ${noticeRead} WHERE tenant_id = ${connection.tenantId} AND user_id = ${userId}),
    '00000000-0000-0000-0000-000000000000'::uuid)`;

/** The newest notices for this person or their roles. */
export async function listNotices(
  connection: TenantConnection,
  reader: Reader,
  limit: number,
): Promise<NoticeRow[]> {
  return connection.orm
    .select({
      ...getTableColumns(notice),
      step_id: playbookStepRun.step_id,
      unread: isUnread(connection, reader),
    })
    .from(notice)
    .leftJoin(
      playbookStepRun,
      and(eq(playbookStepRun.id, notice.step_run_id), eq(playbookStepRun.tenant_id, connection.tenantId)),
    )
    .where(
      and(
        or(eq(notice.tenant_id, connection.tenantId), isNull(notice.tenant_id)),
        sql`${notice.id} IN ${newestTo(connection, reader, limit)}`,
      ),
    )
    .orderBy(desc(notice.id))
    .limit(limit);
}

/** Counts up to `limit`. */
export async function countUnread(
  connection: TenantConnection,
  reader: Reader,
  limit: number,
): Promise<number> {
  return connection.orm.$count(
    sql`${newestTo(connection, reader, limit)} AS ${sql.identifier('notice')}`,
    isUnread(connection, reader),
  );
}

export async function markRead(connection: TenantConnection, userId: string, upTo: string): Promise<void> {
  await connection.orm
    .insert(noticeRead)
    .values({ tenant_id: connection.tenantId, user_id: userId, notice_id: upTo })
    .onConflictDoUpdate({
      target: [noticeRead.tenant_id, noticeRead.user_id],
      set: { notice_id: sql`greatest(${noticeRead.notice_id}, excluded.notice_id)` },
    });
}
