export interface ShapeRow {
  name: string;
  p50: number;
  p95: number;
  perSecond: number;
  events: number | null;
  postgresCommits: number;
  temporalWrites: number;
}

export interface BenchResult {
  at: string;
  machine: string;
  benches: { number: number; value: number; aim: string; met: boolean }[];
  rows: ShapeRow[];
}

const benchNames: Record<number, string> = {
  1: 'synchronous execute over HTTP, p50 one at a time ÷ the smallest workflow',
  2: 'the same ÷ the limit of the engine (eager start + 3 commits + the call)',
  3: 'executions per second, 32 at a time ÷ the smallest workflow',
};

const rowNames: Record<string, string> = {
  interlock: '**Interlock**: HTTP and API key, all checks, 3 commits, the last shape below',
  bare: 'the smallest workflow: 1 remote activity makes the call, result awaited, nothing recorded',
  limit: 'the limit: eager start of an empty workflow, plus 3 commits and the call',
  three_remote: '3 remote activities (claim, call, settle), result awaited',
  one_remote: '1 remote activity, result awaited',
  one_remote_eager: '1 remote activity, eager start, result awaited',
  one_local_eager: '1 local activity, eager start, result awaited',
  one_local_done_at_commit: '1 local activity, eager start, response at the commit',
  one_local_head_start:
    'the same, and the attempt begins as soon as the workflow has started; the local activity joins it',
};

/** The page `docs/performance.md`. */
export function toMarkdown({ at, machine, benches, rows }: BenchResult): string {
  const fixed = (value: number | null, digits: number) => (value === null ? '–' : value.toFixed(digits));
  return `# Performance

Written by \`npm run bench\` on ${at} (${machine}). Only the ratios carry over to other machines: everything is measured
in turns within one run, on the same PostgreSQL (durable) and the same tuned Temporal development server, with the
provider, the product and the other contenders in processes of their own.

| # | bench | measured | aim | |
|---|---|---|---|---|
${benches.map(({ number, value, aim, met }) => `| ${number} | ${benchNames[number]} | ${value.toFixed(2)} | ${aim} | ${met ? 'met' : 'not met'} |`).join('\n')}

## The shapes against each other

Each makes the same call to an echo service; all but the smallest also write three commits to PostgreSQL (request, claim,
outcome). They run in one process without HTTP, accounts, validation or redaction, so what Interlock adds to the last
shape is the price of being a product.

| shape | p50 ms | p95 ms | per second at 32 | history events | writing transactions in PostgreSQL | writes of Temporal |
|---|---|---|---|---|---|---|
${rows
  .map(
    (row) =>
      `| ${rowNames[row.name] ?? row.name} | ${fixed(row.p50, 1)} | ${fixed(row.p95, 1)} | ${fixed(row.perSecond, 0)} | ${fixed(row.events, 0)} | ${fixed(row.postgresCommits, 1)} | ${fixed(row.temporalWrites, 1)} |`,
  )
  .join('\n')}

## What was chosen

The last shape: [fast first attempt, visible retries](decisions/0005-fast-first-attempt-visible-retries.md).
A watchdog of our own for workflow threads was tried and left out: [0006](decisions/0006-no-watchdog-of-our-own.md).
`;
}
