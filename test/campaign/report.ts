import { type Violation, violationKinds } from './journal.ts';
import { partKinds } from './plan.ts';
import type { CampaignResult, FaultRow } from './result.ts';

/** The tables of one campaign, or of several together. */
export function toMarkdown(results: readonly CampaignResult[]): string {
  const rows = mergeRows(results.flatMap((result) => result.rows));
  const violations = results.flatMap((result) => result.violations);
  const of = (kinds: readonly string[]) => violations.filter(({ kind }) => kinds.includes(kind)).length;
  const columns = ['lost', 'doubled', 'stuck'];
  const others = violationKinds.filter((kind) => !columns.includes(kind));
  const cells = (...values: (string | number)[]) => `| ${values.join(' | ')} |`;
  return [
    cells('seed', 'minutes', 'executions', 'runs', 'events', 'calls of the provider', 'all ended after'),
    cells(...Array<string>(7).fill('---')),
    ...results.map((each) =>
      cells(
        each.seed,
        each.minutes,
        each.executions,
        each.runs,
        each.events,
        each.providerCalls,
        each.settledMs === null ? 'not in time' : seconds(each.settledMs),
      ),
    ),
    '',
    cells('fault', 'tries', 'open executions', 'lost', 'doubled', 'stuck', 'other', 'slowest end'),
    cells(...Array<string>(8).fill('---')),
    ...rows.map((row) =>
      cells(
        row.fault,
        row.tries,
        row.executions,
        row.lost,
        row.doubled,
        row.stuck,
        row.other,
        seconds(row.slowestMs),
      ),
    ),
    cells(
      '**all**',
      rows.reduce((sum, row) => sum + row.tries, 0),
      '',
      ...columns.map((kind) => of([kind])),
      of(others),
      '',
    ),
    '',
    `Other violations: ${counts(others.map((kind) => [kind, of([kind])]))}.`,
    `Outcomes: ${counts(sum(results.map(({ outcomes }) => outcomes)))}.`,
    `Responses to clients by status (0: none): ${counts(sum(results.map(({ statuses }) => statuses)))}.`,
    `Processes that ended by themselves: ${counts(sum(results.map((each) => each.endedByThemselves))) || 'none'}.`,
    '',
  ].join('\n');
}

/** One line for each kind of fault, in the order of the parts. */
function mergeRows(rows: readonly FaultRow[]): FaultRow[] {
  const merged = new Map<string, FaultRow>();
  for (const row of rows) {
    const before = merged.get(row.fault);
    if (!before) merged.set(row.fault, { ...row });
    else
      merged.set(row.fault, {
        fault: row.fault,
        tries: before.tries + row.tries,
        executions: before.executions + row.executions,
        lost: before.lost + row.lost,
        doubled: before.doubled + row.doubled,
        stuck: before.stuck + row.stuck,
        other: before.other + row.other,
        slowestMs: Math.max(before.slowestMs ?? 0, row.slowestMs ?? 0) || null,
      });
  }
  const place = ({ fault }: FaultRow) => partKinds.findIndex((part) => fault.startsWith(part));
  return [...merged.values()].sort((a, b) => place(a) - place(b) || a.fault.localeCompare(b.fault));
}

function sum(all: readonly Record<string, number>[]): [string, number][] {
  const total = new Map<string, number>();
  for (const [name, count] of all.flatMap((each) => Object.entries(each)))
    total.set(name, (total.get(name) ?? 0) + count);
  return [...total];
}

const counts = (values: readonly [string, number][]): string =>
  values.map(([name, count]) => `${name} ${count}`).join(', ');

const seconds = (ms: number | null): string => (ms === null ? '–' : `${(ms / 1000).toFixed(1)} s`);

/** One line for each violation, the first ones. */
export function violationLines(violations: readonly Violation[], most = 30): string[] {
  const lines = violations.map(({ kind, id, what }) => `${kind} ${id}: ${what}`);
  return lines.length > most ? [...lines.slice(0, most), `… ${lines.length - most} more`] : lines;
}
