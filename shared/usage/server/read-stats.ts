import type { z } from 'zod';
import type { ReadContext } from '../../events/server/change-context.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { readFreshness } from '../db/usage-position.ts';
import { countSeries, type Scope, timeSeries } from '../db/usage-read.ts';
import type { Period } from '../periods.ts';
import type { Stats, StatsOutput, statsInputSchema } from '../stats-schemas.ts';
import { byKey, failureCounts, type Outcomes, runCounts, timesOf, together } from './count-views.ts';
import { mustKnow } from './tool-usage.ts';
import { bucketsOf } from './usage-head.ts';

type Input = z.output<typeof statsInputSchema>;
type StatsOf = (outcomes?: Outcomes, times?: ReadonlyMap<number, number>) => Stats;

const sizes = { hour: 3_600_000, day: 86_400_000 } as const;
const weekMs = 7 * sizes.day;
const mostBuckets = 2200;

/**
 * How a tool, the tools of a connector, a playbook or all tools were used in a span, by hours or days.
 * @throws InterlockError `not_found`; `invalid_input` for several ids, an empty span or too many parts of it
 */
export async function readStats(
  { services: { db }, identity: { tenantId } }: ReadContext,
  input: Input,
): Promise<StatsOutput> {
  const { bucket, period } = spanOf(input);
  const { asOf } = await db.system(readFreshness);
  const { what, id, counted, timed, view } = subjectOf(input);
  return db.tenant(tenantId, async (connection) => {
    if (what) await mustKnow(connection, what, id);
    const counts = byKey(await countSeries(connection, counted, period));
    const times = await timeSeries(connection, timed, period);
    return {
      asOf: asOf.toISOString(),
      from: period.from.toISOString(),
      to: period.to.toISOString(),
      bucket,
      total: view(together(counts.values()), together(times.values())),
      buckets: bucketsOf(period, (key) => view(counts.get(key), times.get(key))),
    };
  });
}

/** Whole hours or days that contain what was asked for. */
function spanOf(input: Input): { bucket: 'hour' | 'day'; period: Period } {
  const asked = input.to ? Date.parse(input.to) : Date.now();
  const start = input.from ? Date.parse(input.from) : asked - weekMs;
  if (start >= asked) throw invalid('from', 'is not before `to`');
  const bucket = input.bucket ?? (asked - start <= 2 * sizes.day ? 'hour' : 'day');
  const size = sizes[bucket];
  const [first, last] = [Math.floor(start / size), Math.ceil(asked / size)];
  if (last - first > mostBuckets)
    throw invalid('from', `has ${last - first} ${bucket}s up to \`to\`; at most ${mostBuckets}`);
  const at = (index: number) => new Date((first + index) * size);
  const buckets = Array.from({ length: last - first }, (_, index) => ({
    from: at(index),
    to: at(index + 1),
  }));
  const [from, to] = [at(0), at(last - first)];
  return { bucket, period: { from, to, previous: { from, to: from }, buckets } };
}

function subjectOf({ toolId, connectorId, playbookId }: Input): {
  what: 'tool' | 'connector' | 'playbook' | null;
  id: string;
  counted: Scope;
  timed: Scope;
  view: StatsOf;
} {
  const named = Object.entries({ toolId, connectorId, playbookId }).filter(([, id]) => id !== undefined);
  if (named.length > 1) throw invalid(named[1]![0], `cannot be combined with ${named[0]![0]}`);
  const calls = (of: Scope) => ({ counted: { together: 'tool' as const, ...of }, timed: of, view: ofCalls });
  const measure = 'execution';
  if (toolId) return { what: 'tool', id: toolId, ...calls({ measure, subjectId: toolId }) };
  if (connectorId) return { what: 'connector', id: connectorId, ...calls({ measure, groupId: connectorId }) };
  if (playbookId) {
    const runs: Scope = { measure: 'run', subjectId: playbookId };
    return { what: 'playbook', id: playbookId, counted: runs, timed: runs, view: ofRuns };
  }
  // Times are kept of each tool.
  return { what: null, id: '', ...calls({ measure }), counted: { measure, together: 'all' } };
}

const ofCalls: StatsOf = (outcomes = new Map(), times) => {
  const failures = failureCounts(outcomes, new Map());
  const failed = failures.reduce((sum, { count }) => sum + count, 0);
  return statsOf(outcomes, times, {
    succeeded: outcomes.get('succeeded') ?? 0,
    failed,
    failures: Object.fromEntries(failures.map(({ code, count }) => [code, count])),
  });
};

const ofRuns: StatsOf = (outcomes = new Map(), times) => {
  const { completed, failed, cancelled } = runCounts(outcomes);
  return statsOf(outcomes, times, { succeeded: completed, failed: failed + cancelled, failures: {} });
};

function statsOf(
  outcomes: Outcomes,
  times: ReadonlyMap<number, number> | undefined,
  ended: Pick<Stats, 'succeeded' | 'failed' | 'failures'>,
): Stats {
  const { p50Ms: p50, p95Ms: p95, p99Ms: p99 } = timesOf(times);
  const count = [...outcomes.values()].reduce((sum, each) => sum + each, 0);
  const all = ended.succeeded + ended.failed;
  const success = all === 0 ? null : Math.round((ended.succeeded / all) * 1e6) / 1e6;
  return { count, ...ended, open: outcomes.get('open') ?? 0, success, p50, p95, p99 };
}

const invalid = (field: string, message: string) =>
  new InterlockError('invalid_input', `${field} ${message}.`, {
    issues: [{ path: `/${field}`, message, keyword: 'span' }],
  });
