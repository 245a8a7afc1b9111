import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runAgainst } from './against.ts';
import type { BenchOptions, BenchRow } from './bench-row.ts';
import { rowsToMarkdown, toPage } from './report.ts';

const help = `npm run bench -- [options]

Measures everything in turns within one run, and writes .cache/bench.json and docs/performance.md.

  --rows 1,2,3          only these rows of the table; the page is not written
  --quick               rows 1 to 5 in less than two minutes, roughly; with --rows, those in short; the page is not written
  --against <checkout>  this version beside another one (a folder with its packages installed, or node_modules linked):
                        latency, throughput, CPU and statements, new ÷ old
  --rounds <n>          rounds of --against (default 10)
  --no-write            does not write the page
`;

const { values } = parseArgs({
  options: {
    rows: { type: 'string' },
    quick: { type: 'boolean', default: false },
    against: { type: 'string' },
    rounds: { type: 'string' },
    write: { type: 'boolean', default: true },
    help: { type: 'boolean', default: false },
  },
  allowNegative: true,
});

/** Which module measures which rows. */
const modules: { file: string; rows: string[] }[] = [
  { file: 'executions.ts', rows: ['1', '2', '3', '4', '5'] },
  { file: 'growth.ts', rows: ['6'] },
  { file: 'waiting.ts', rows: ['7'] },
  { file: 'fairness.ts', rows: ['8'] },
  { file: 'payload.ts', rows: ['10'] },
  { file: 'live.ts', rows: ['11'] },
  { file: 'overload.ts', rows: ['12'] },
  { file: 'memory.ts', rows: ['13'] },
];
const root = join(import.meta.dirname, '../..');
const { quick } = values;
const log = (line: string) => console.log(line);

if (values.help) console.log(help);
else if (values.against !== undefined) {
  const rounds = Number(values.rounds ?? (quick ? 4 : 10));
  console.log(await runAgainst(values.against, { quick, rounds, log }));
} else await benchRows();
// What a bench left open does not keep this process.
process.exit();

async function benchRows(): Promise<void> {
  const known = modules.filter(({ file }) => existsSync(join(import.meta.dirname, file)));
  const wanted = values.rows?.split(',') ?? (quick ? modules[0]!.rows : known.flatMap(({ rows }) => rows));
  const unknown = wanted.filter((row) => !known.some(({ rows }) => rows.includes(row)));
  if (unknown.length > 0) {
    process.exitCode = 1;
    return console.error(`There is no bench for row ${unknown.join(', ')}. Nothing was measured.`);
  }
  const left = known.flatMap(({ rows }) => rows).filter((row) => !wanted.includes(row));
  if (left.length > 0)
    log(`Left out: ${left.join(', ')}${quick ? ' (name them with --rows for their short form)' : ''}.`);
  const rows: BenchRow[] = [];
  for (const { file, rows: those } of known) {
    if (!those.some((row) => wanted.includes(row))) continue;
    const { run }: { run(options: BenchOptions): Promise<BenchRow[]> } = await import(`./${file}`);
    try {
      const measured = await run({ quick, log });
      rows.push(
        ...measured.filter(({ number }) => wanted.some((row) => String(number).replace(/\D+$/, '') === row)),
      );
    } catch (error) {
      process.exitCode = 1;
      console.error(`Row ${those.join(', ')} could not be measured:`, error);
    }
  }
  console.log(rowsToMarkdown(rows));
  log(`\nTook ${Math.round(performance.now() / 1000)} s.`);
  mkdirSync(join(root, '.cache'), { recursive: true });
  const at = new Date().toISOString().slice(0, 10);
  writeFileSync(join(root, '.cache/bench.json'), `${JSON.stringify({ at, quick, rows }, null, 2)}\n`);
  const page = join(root, 'docs/performance.md');
  if (values.write && !quick && !values.rows && !process.exitCode)
    writeFileSync(page, toPage(rows, readFileSync(page, 'utf8'), at));
}
