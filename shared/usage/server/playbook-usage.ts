import type { ReadContext } from '../../events/server/change-context.ts';
import { countSeries, type Scope, sumCounts, sumTimes, timeSeries } from '../db/usage-read.ts';
import type { PlaybookUsage } from '../usage-schemas.ts';
import { byKey, runCounts, stepUsage, together } from './count-views.ts';
import { mustKnow } from './tool-usage.ts';
import { bucketsOf, readHead, type UsageInput } from './usage-head.ts';

/** How a playbook is used: its runs, and where they wait, branch and drop out. @throws InterlockError `not_found` */
export async function readPlaybookUsage(
  { services: { db }, identity: { tenantId } }: ReadContext,
  { id, ...input }: UsageInput & { id: string },
): Promise<PlaybookUsage> {
  const { period, head } = await readHead(db, input);
  const runs: Scope = { measure: 'run', subjectId: id };
  const steps: Scope = { measure: 'step', subjectId: id };
  return db.tenant(tenantId, async (connection) => {
    await mustKnow(connection, 'playbook', id);
    const counts = byKey(await countSeries(connection, runs, period));
    const times = await timeSeries(connection, runs, period);
    const before = together(byKey(await sumCounts(connection, runs, period.previous)).values());
    const timesBefore = together((await sumTimes(connection, runs, period.previous)).values());
    const versions = byKey(await sumCounts(connection, runs, period, 'version'));
    const versionTimes = await sumTimes(connection, runs, period, 'version');
    const stepCounts = byKey(await sumCounts(connection, steps, period, 'part'));
    const stepTimes = await sumTimes(connection, steps, period, 'part');
    return {
      ...head,
      runs: {
        total: runCounts(together(counts.values()), together(versionTimes.values())),
        previous: runCounts(before, timesBefore),
        buckets: bucketsOf(period, (key) => runCounts(counts.get(key), times.get(key))),
      },
      steps: [...stepCounts]
        .map(([stepId, outcomes]) => stepUsage(stepId, outcomes, stepTimes.get(stepId)))
        .sort((a, b) => b.opened - a.opened || a.stepId.localeCompare(b.stepId)),
      versions: [...versions]
        .map(([version, outcomes]) => ({
          version: Number(version),
          ...runCounts(outcomes, versionTimes.get(version)),
        }))
        .sort((a, b) => b.version - a.version),
    };
  });
}
