import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { killAllChildren } from '../../dev/child-process.ts';
import { runCampaign } from './campaign.ts';
import { type PartKind, partKinds } from './plan.ts';
import { toMarkdown, violationLines } from './report.ts';

// `npm run faults -- --minutes 10 --seed 7 --parts api,worker,postgres,temporal,provider`: docs/reliability.md.

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 10_000)) },
    parts: { type: 'string', default: partKinds.join(',') },
    clients: { type: 'string', default: '5' },
    /** Seconds after which what is open is stuck. */
    settle: { type: 'string', default: '120' },
  },
});
const parts = values.parts.split(',').map((name): PartKind => {
  const part = partKinds.find((kind) => kind === name);
  if (!part) throw new Error(`--parts: ${name} is not one of ${partKinds.join(', ')}.`);
  return part;
});
const seed = Number(values.seed);
const dir = join(import.meta.dirname, `../../.cache/faults/seed-${seed}`);
const began = Date.now();

process.on('exit', killAllChildren);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));

const result = await runCampaign({
  seed,
  chaosMs: Number(values.minutes) * 60_000,
  parts,
  settleMs: Number(values.settle) * 1000,
  clients: Number(values.clients),
  dir,
  log: (line) => console.log(`[${Math.round((Date.now() - began) / 1000)} s] ${line}`),
});
const markdown = toMarkdown(result);
writeFileSync(join(dir, 'result.md'), markdown);
console.log(`\n${markdown}\nWritten to ${dir}, with the logs of every process.`);
if (result.violations.length > 0) {
  console.error(`\n${violationLines(result).join('\n')}`);
  process.exitCode = 1;
}
