import { eq } from 'drizzle-orm';
import type { Sweep } from '../../executions/db/executions-sweep.ts';
import { columnsOf } from '../../platform/db/columns-of.ts';
import type { SystemConnection } from '../../platform/db/database.ts';
import type { Comparison } from '../trial-schemas.ts';
import { toolTrial, toolTrialCall } from './tables.ts';
import type { TrialRow } from './trials.ts';

export const trialSweep: Sweep = {
  name: 'trials',
  due: `EXISTS (SELECT FROM tool_trial WHERE status = 'running')
    OR EXISTS (SELECT FROM tool_trial WHERE result IS NULL AND ended_at < now() - interval '1 day')`,
};

/** `stands`: the tool is still as the trial needs it. */
export type RunningTrial = TrialRow & { stands: boolean };

export function listRunningTrials(
  connection: SystemConnection,
  { after, limit }: { after: string | null; limit: number },
): Promise<RunningTrial[]> {
  return connection.query<RunningTrial & Record<string, unknown>>({
    name: 'trials_running',
    text: `SELECT ${columnsOf(toolTrial, 'r')},
        t.archived_at IS NULL AND t.trial ->> 'id' = r.id::text AND t.current_version = r.baseline AS stands
      FROM tool_trial r JOIN tool t ON t.id = r.tool_id
      WHERE r.status = 'running' AND ($1::uuid IS NULL OR r.id > $1) ORDER BY r.id LIMIT $2`,
    values: [after, limit],
  });
}

/** Those that ended a day ago and still have their calls. */
export function listOldTrials(connection: SystemConnection, limit: number): Promise<TrialRow[]> {
  return connection.query<TrialRow & Record<string, unknown>>({
    name: 'trials_old',
    text: `SELECT ${columnsOf(toolTrial, 'tool_trial')} FROM tool_trial
      WHERE result IS NULL AND ended_at < now() - interval '1 day' ORDER BY ended_at LIMIT $1`,
    values: [limit],
  });
}

/** Keeps what came of a trial, and forgets its calls. Call it in a transaction. */
export async function keepResult(
  connection: SystemConnection,
  trialId: string,
  result: Comparison,
): Promise<void> {
  await connection.orm.update(toolTrial).set({ result }).where(eq(toolTrial.id, trialId));
  await connection.orm.delete(toolTrialCall).where(eq(toolTrialCall.trial_id, trialId));
}
