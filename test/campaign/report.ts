import { violationKinds } from './journal.ts';
import type { CampaignResult } from './result.ts';

/** The table of a campaign, and what it found wrong. */
export function toMarkdown(result: CampaignResult): string {
  const { seed, minutes, executions, runs, events, providerCalls, rows, violations } = result;
  const kinds = violationKinds.map((kind) => {
    const count = violations.filter((violation) => violation.kind === kind).length;
    return `${kind} ${count}`;
  });
  const counts = (values: Record<string, number>) =>
    Object.entries(values)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ') || 'none';
  return `Seed ${seed}, ${minutes} min, ${result.at.slice(0, 10)}, ${result.cpus} CPUs: ${executions} executions, ${runs} runs, ${events} events, ${providerCalls} calls of the provider. ${result.settledMs === null ? 'Not everything ended after the last fault.' : `Everything had ended ${seconds(result.settledMs)} after the last fault.`}

| fault | tries | open executions | lost | doubled | stuck | other | slowest end |
|---|---|---|---|---|---|---|---|
${rows
  .map(
    (row) =>
      `| ${row.fault} | ${row.tries} | ${row.executions} | ${row.lost} | ${row.doubled} | ${row.stuck} | ${row.other} | ${seconds(row.slowestMs)} |`,
  )
  .join('\n')}
| **all** | ${rows.reduce((sum, row) => sum + row.tries, 0)} | | ${['lost', 'doubled', 'stuck'].map((kind) => violations.filter((each) => each.kind === kind).length).join(' | ')} | ${violations.filter(({ kind }) => !['lost', 'doubled', 'stuck'].includes(kind)).length} | |

Violations: ${kinds.join(', ')}. Outcomes: ${counts(result.outcomes)}. Responses to clients by status (0: none): ${counts(result.statuses)}. Processes that ended by themselves: ${counts(result.endedByThemselves)}.
`;
}

const seconds = (ms: number | null): string => (ms === null ? '–' : `${(ms / 1000).toFixed(1)} s`);

/** One line each, the first of every kind. */
export function violationLines({ violations }: CampaignResult, most = 30): string[] {
  const lines = violations.map(({ kind, id, what }) => `${kind} ${id}: ${what}`);
  return lines.length > most ? [...lines.slice(0, most), `… ${lines.length - most} more`] : lines;
}
