import { tell } from '../../events/server/tell.ts';
import { permissionRole } from '../../identity/roles.ts';
import { insertScheduleNotice, lockSchedule, type ScheduleRow, updateSchedule } from '../db/schedules.ts';
import { type ScheduleServices, scheduler } from './schedule-context.ts';

/** Pauses a schedule that may not go on by itself, and tells those who can change that. */
export async function pauseSchedule(
  { db, accounts }: Pick<ScheduleServices, 'db' | 'accounts'>,
  { id, tenant_id: tenantId }: Pick<ScheduleRow, 'id' | 'tenant_id'>,
  reason: string,
): Promise<void> {
  const members = await accounts.members(tenantId);
  await db.tenantTransaction(tenantId, async (connection) => {
    const row = await lockSchedule(connection, id);
    if (row?.status !== 'active') return;
    const now = new Date();
    await updateSchedule(connection, id, {
      status: 'paused',
      reason,
      revision: row.revision + 1,
      updated_at: now,
      updated_by_type: scheduler.type,
      updated_by_id: scheduler.id,
      updated_by_name: scheduler.name,
      sync_at: now,
    });
    const text = `The schedule ${row.title} is paused: ${reason}`;
    await insertScheduleNotice(connection, {
      scheduleId: id,
      to: { role: permissionRole['schedules.assign'] },
      text,
    });
    const owner = members.find((member) => member.id === row.owner_id);
    if (owner) await insertScheduleNotice(connection, { scheduleId: id, to: { user: owner.email }, text });
    await tell(
      connection,
      { identity: { tenantId, actor: scheduler } },
      { type: 'SchedulePaused', subjectType: 'schedule', subjectId: id, data: { reason } },
    );
  });
}
