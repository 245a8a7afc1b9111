import { creatorOf } from '../../platform/db/columns.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { compare } from '../compare.ts';
import { countOutcomes, readLatencies, type TrialRow } from '../db/trials.ts';
import { type Comparison, maxCompared, type Trial } from '../trial-schemas.ts';

/** Of each version: a comparison needs no more, and is read while people look at it. */
const maxLatencies = 4000;

export function trialView(row: TrialRow): Trial {
  const { ended_by_type: type, ended_by_id: id, ended_by_name: name } = row;
  return {
    id: row.id,
    toolId: row.tool_id,
    baseline: row.baseline,
    candidate: row.candidate,
    percent: row.percent,
    stickyBy: row.sticky_by,
    stopAbove: limitOf(row),
    status: row.status,
    startedAt: row.created_at.toISOString(),
    startedBy: creatorOf(row),
    endedAt: row.ended_at?.toISOString() ?? null,
    endedBy: type && id !== null && name !== null ? { type, id, name } : null,
    reason: row.reason,
  };
}

export function limitOf({ stop_error_rate, stop_at_least }: TrialRow): Trial['stopAbove'] {
  return stop_error_rate === null || stop_at_least === null
    ? null
    : { errorRate: stop_error_rate, atLeast: stop_at_least };
}

/** What came of the calls of a trial so far. */
export async function comparisonOf(connection: TenantConnection, row: TrialRow): Promise<Comparison> {
  if (row.result) return row.result;
  const observe = async (candidate: boolean) => ({
    version: candidate ? row.candidate : row.baseline,
    outcomes: await countOutcomes(connection, row.id, candidate, maxCompared),
    latencies: await readLatencies(connection, row.id, candidate, maxLatencies),
  });
  const [baseline, candidate] = [await observe(false), await observe(true)];
  const isFull = [baseline, candidate].some(
    ({ outcomes }) => outcomes.reduce((sum, { count }) => sum + count, 0) >= maxCompared,
  );
  return compare(baseline, candidate, isFull);
}
