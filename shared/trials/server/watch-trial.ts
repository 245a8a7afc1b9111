import { tell } from '../../events/server/tell.ts';
import type { Actor } from '../../identity/roles.ts';
import type { Database } from '../../platform/db/database.ts';
import { lockTool, setTrial } from '../../tools/db/tools.ts';
import { exceedsLimit } from '../compare.ts';
import { countOutcomes, noticeOfTrial, readTrial, type TrialRow, updateTrial } from '../db/trials.ts';
import { keepResult } from '../db/trials-sweep.ts';
import { maxWatched } from '../trial-schemas.ts';
import { endedBy } from './change-trial.ts';
import { comparisonOf, limitOf } from './trial-view.ts';

const interlock: Actor = { type: 'system', id: 'worker', name: 'Interlock' };

/** Stops a trial whose candidate fails too often. @returns whether it did */
export async function stopFailing({ db }: { db: Database }, row: TrialRow): Promise<boolean> {
  const limit = limitOf(row);
  if (!limit) return false;
  const outcomes = await db.tenant(row.tenant_id, (connection) =>
    countOutcomes(connection, row.id, true, maxWatched),
  );
  const rate = exceedsLimit(outcomes, limit);
  if (!rate) return false;
  const [failed, low, most] = [rate.value, rate.low, limit.errorRate].map(percent);
  const reason = `${failed} of its newest ${rate.ended} calls failed, surely more than ${low}; at most ${most} were allowed.`;
  return endTrial({ db }, row, { status: 'stopped_automatically', reason, tellStarter: true });
}

/** Ends a trial whose tool has changed without it, by a process of an earlier version. */
export function endStale(services: { db: Database }, row: TrialRow): Promise<boolean> {
  const reason = 'The tool was changed by another way.';
  return endTrial(services, row, { status: 'stopped', reason, tellStarter: false });
}

/** Keeps what came of a trial instead of its calls. */
export async function forgetTrial({ db }: { db: Database }, row: TrialRow): Promise<void> {
  const result = await db.tenant(row.tenant_id, (connection) => comparisonOf(connection, row));
  await db.systemTransaction((connection) => keepResult(connection, row.id, result));
}

const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`;

/** Under the lock of the tool: someone may have ended it meanwhile. */
function endTrial(
  { db }: { db: Database },
  { id, tenant_id: tenantId, tool_id: toolId }: TrialRow,
  { status, reason, tellStarter }: Pick<TrialRow, 'status' | 'reason'> & { tellStarter: boolean },
): Promise<boolean> {
  return db.tenantTransaction(tenantId, async (connection) => {
    const locked = await lockTool(connection, toolId, tenantId);
    const row = await readTrial(connection, id);
    if (row?.status !== 'running') return false;
    if (locked?.trial?.id === id) await setTrial(connection, toolId, null);
    await updateTrial(connection, id, { status, reason, ...endedBy(interlock) });
    await tell(
      connection,
      { identity: { tenantId, actor: interlock } },
      {
        type: 'TrialStopped',
        subjectType: 'tool',
        subjectId: toolId,
        data: { name: locked?.name, trialId: id, candidate: row.candidate, reason },
      },
    );
    if (tellStarter && locked)
      await noticeOfTrial(connection, {
        toolId,
        person: row.created_by_person,
        text: `Version ${row.candidate} of ${locked.name} is no longer tried: ${reason}`,
      });
    return true;
  });
}
