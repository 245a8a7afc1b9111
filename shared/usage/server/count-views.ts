import type { KeyedCount } from '../db/usage-read.ts';
import { percentilesOf } from '../time-bins.ts';
import type { CallCounts, RunCounts, StepUsage } from '../usage-schemas.ts';

/** Counts of one thing, by outcome. */
export type Outcomes = ReadonlyMap<string, number>;

/** How many there are of each outcome, for each key. */
export function byKey(rows: readonly KeyedCount[]): Map<string, Map<string, number>> {
  const groups = new Map<string, Map<string, number>>();
  for (const { key, outcome, count } of rows) {
    const group = groups.get(key) ?? new Map<string, number>();
    group.set(outcome, (group.get(outcome) ?? 0) + count);
    groups.set(key, group);
  }
  return groups;
}

/** Rows of two keys, by one of them. */
export function ofKey(rows: readonly KeyedCount[], which: 'first' | 'second'): KeyedCount[] {
  return rows.map((row) => {
    const end = row.key.indexOf(' ');
    return { ...row, key: which === 'first' ? row.key.slice(0, end) : row.key.slice(end + 1) };
  });
}

/** All of them as one. */
export function together<Part>(groups: Iterable<ReadonlyMap<Part, number>>): Map<Part, number> {
  const sum = new Map<Part, number>();
  for (const group of groups) for (const [part, count] of group) sum.set(part, (sum.get(part) ?? 0) + count);
  return sum;
}

const sumWhere = (outcomes: Outcomes, is: (outcome: string) => boolean): number =>
  [...outcomes].reduce((sum, [outcome, count]) => sum + (is(outcome) ? count : 0), 0);

export function timesOf(bins: ReadonlyMap<number, number> = new Map()) {
  const [p50Ms = null, p95Ms = null, p99Ms = null] = percentilesOf(bins, [0.5, 0.95, 0.99]);
  return { p50Ms, p95Ms, p99Ms };
}

const failure = 'failed:';

export const outcomesOf = (outcomes: Outcomes = new Map()) => ({
  count: sumWhere(outcomes, () => true),
  succeeded: outcomes.get('succeeded') ?? 0,
  failed: sumWhere(outcomes, (each) => each.startsWith(failure)),
  unknown: outcomes.get(`${failure}outcome_unknown`) ?? 0,
  open: outcomes.get('open') ?? 0,
});

export const callCounts = (outcomes?: Outcomes, bins?: ReadonlyMap<number, number>): CallCounts => ({
  ...outcomesOf(outcomes),
  ...timesOf(bins),
});

/** The failures by their code, the most frequent first. */
export function failureCounts(now: Outcomes, before: Outcomes) {
  const codes = new Set([...now.keys(), ...before.keys()].filter((each) => each.startsWith(failure)));
  return [...codes]
    .map((each) => ({
      code: each.slice(failure.length),
      count: now.get(each) ?? 0,
      previous: before.get(each) ?? 0,
    }))
    .sort((a, b) => b.count - a.count || b.previous - a.previous || a.code.localeCompare(b.code));
}

export const runCounts = (outcomes: Outcomes = new Map(), bins?: ReadonlyMap<number, number>): RunCounts => ({
  count: sumWhere(outcomes, () => true),
  open: outcomes.get('open') ?? 0,
  completed: outcomes.get('completed') ?? 0,
  failed: outcomes.get('failed') ?? 0,
  cancelled: outcomes.get('cancelled') ?? 0,
  ...timesOf(bins),
});

const completed = 'completed:';

export function stepUsage(stepId: string, outcomes: Outcomes, bins?: ReadonlyMap<number, number>): StepUsage {
  const branches = [...outcomes].filter(([each]) => each.startsWith(completed));
  return {
    stepId,
    opened: sumWhere(outcomes, () => true),
    open: outcomes.get('open') ?? 0,
    completed: branches.reduce((sum, [, count]) => sum + count, 0),
    skipped: outcomes.get('skipped') ?? 0,
    failed: outcomes.get('failed') ?? 0,
    unknown: outcomes.get('outcome_unknown') ?? 0,
    dropped: outcomes.get('dropped') ?? 0,
    outcomes: branches
      .map(([each, count]) => ({ outcome: each.slice(completed.length), count }))
      .sort((a, b) => b.count - a.count || a.outcome.localeCompare(b.outcome)),
    ...timesOf(bins),
  };
}
