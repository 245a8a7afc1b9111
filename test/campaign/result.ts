import { type Evidence, spanOf } from './evidence.ts';
import type { Violation } from './journal.ts';
import { type PartKind, partKinds } from './plan.ts';

/** One line of the table: what was in progress during a kind of fault. */
export interface FaultRow {
  fault: string;
  tries: number;
  /** Executions that were open during one. */
  executions: number;
  lost: number;
  doubled: number;
  stuck: number;
  /** The other violations. */
  other: number;
  /** The longest time from request to outcome of an execution that was open during one, in milliseconds. */
  slowestMs: number | null;
}

export interface CampaignResult {
  at: string;
  seed: number;
  minutes: number;
  parts: readonly PartKind[];
  /** From the end of the last fault until nothing was open; null: something stayed open. */
  settledMs: number | null;
  executions: number;
  runs: number;
  events: number;
  providerCalls: number;
  statuses: Record<string, number>;
  outcomes: Record<string, number>;
  endedByThemselves: Record<string, number>;
  rows: FaultRow[];
  violations: Violation[];
}

/** A violation counts for every kind of fault during which its subject was in progress. */
export function resultOf(
  { faults, executions, runs, events, ledger, journal, stack }: Evidence,
  campaign: {
    seed: number;
    chaosMs: number;
    parts: readonly PartKind[];
    settledMs: number | null;
  },
): CampaignResult {
  const { violations } = journal;
  const kinds = new Map<string, { from: number; to: number }[]>();
  for (const { part, kind, from, to } of [...faults].sort(
    (a, b) => partKinds.indexOf(a.part) - partKinds.indexOf(b.part) || a.kind.localeCompare(b.kind),
  ))
    kinds.set(`${part}: ${kind}`, [...(kinds.get(`${part}: ${kind}`) ?? []), { from, to }]);
  const spans = [...executions.values()].map(spanOf);
  const rows = [...kinds].map(([fault, times]): FaultRow => {
    const during = ({ from, to }: { from?: number; to?: number }) =>
      from !== undefined && to !== undefined && times.some((time) => from <= time.to && to >= time.from);
    const open = spans.filter(during);
    const found = violations.filter(during);
    const count = (kind: Violation['kind']) => found.filter((each) => each.kind === kind).length;
    const [lost, doubled, stuck] = [count('lost'), count('doubled'), count('stuck')];
    return {
      fault,
      tries: times.length,
      executions: open.length,
      lost,
      doubled,
      stuck,
      other: found.length - lost - doubled - stuck,
      slowestMs: open.length === 0 ? null : Math.max(...open.map(({ from, to }) => to - from)),
    };
  });
  const outcomes = countBy([...executions.values()].map(({ status, failureCode }) => failureCode ?? status));
  return {
    at: new Date().toISOString(),
    seed: campaign.seed,
    minutes: campaign.chaosMs / 60_000,
    parts: campaign.parts,
    settledMs: campaign.settledMs,
    executions: executions.size,
    runs: runs.size,
    events: events.length,
    providerCalls: ledger.length,
    statuses: Object.fromEntries([...journal.statuses].map(([status, count]) => [String(status), count])),
    outcomes,
    endedByThemselves: Object.fromEntries(
      Object.values(stack.parts)
        .flat()
        .filter((part) => part.endedByItself > 0)
        .map((part) => [part.name, part.endedByItself]),
    ),
    rows,
    violations,
  };
}

function countBy(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
