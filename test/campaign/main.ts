import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { killAllChildren } from '../../dev/child-process.ts';
import { runCampaign } from './campaign.ts';
import { type PartKind, partKinds } from './plan.ts';
import { toMarkdown, violationLines } from './report.ts';
import type { CampaignResult } from './result.ts';

// `npm run faults -- --minutes 10 --seed 7 --parts api,worker,postgres,temporal,provider`: docs/reliability.md.

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    /** Several, separated by commas: one campaign after the other. */
    seed: { type: 'string', default: String(Math.floor(Math.random() * 10_000)) },
    parts: { type: 'string', default: partKinds.join(',') },
    clients: { type: 'string', default: '5' },
    /** Seconds after which what is open is stuck. */
    settle: { type: 'string', default: '120' },
    /** The organizations have limits: a rate, calls at once to a host, and a breaker that opens soon. */
    limits: { type: 'boolean', default: false },
    /** Puts the figures into docs/reliability.md. */
    write: { type: 'boolean', default: false },
  },
});
const number = (name: 'minutes' | 'clients' | 'settle'): number => {
  const given = Number(values[name]);
  if (!(given > 0)) throw new Error(`--${name}: ${values[name]} is not a number above 0.`);
  return given;
};
const seeds = values.seed.split(',').map((text) => {
  if (!/^\d+$/.test(text)) throw new Error(`--seed: ${text} is not a whole number.`);
  return Number(text);
});
const parts = values.parts.split(',').map((name): PartKind => {
  const part = partKinds.find((kind) => kind === name);
  if (!part) throw new Error(`--parts: ${name} is not one of ${partKinds.join(', ')}.`);
  return part;
});
const root = join(import.meta.dirname, '../..');
const dir = join(root, '.cache/faults');
const began = Date.now();
const minutes = number('minutes');
const settleMs = number('settle') * 1000;
const clients = number('clients');

process.on('exit', killAllChildren);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));

const results: CampaignResult[] = [];
for (const seed of seeds) {
  results.push(
    await runCampaign({
      seed,
      chaosMs: minutes * 60_000,
      parts,
      settleMs,
      clients,
      limits: values.limits,
      dir: join(dir, `seed-${seed}`),
      log: (line) => console.log(`[${Math.round((Date.now() - began) / 1000)} s] ${line}`),
    }),
  );
}
const markdown = toMarkdown(results);
writeFileSync(join(dir, 'result.json'), `${JSON.stringify(results, null, 2)}\n`);
writeFileSync(join(dir, 'result.md'), markdown);
if (values.write) writeFigures();
console.log(`\n${markdown}\nWritten to ${dir}, with the logs of every process.`);
const violations = results.flatMap((result) => result.violations);
if (violations.length > 0) {
  console.error(`\n${violationLines(violations).join('\n')}`);
  process.exitCode = 1;
}

function writeFigures(): void {
  const page = join(root, 'docs/reliability.md');
  const [begin, end] = ['<!-- figures: npm run faults -- --write -->\n', '<!-- end of figures -->'];
  const [before, after] = readFileSync(page, 'utf8').split(begin);
  const rest = after?.slice(after.indexOf(end));
  if (before === undefined || !rest) throw new Error(`${page} has no place for the figures.`);
  const where = `\`npm run faults -- --minutes ${minutes} --seed ${seeds.join(',')}\`, ${new Date().toISOString().slice(0, 10)}, ${cpus().length} CPUs.`;
  writeFileSync(page, `${before}${begin}\n${where}\n\n${markdown}\n${rest}`);
}
