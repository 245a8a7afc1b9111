import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cpuTimeMs, memoryBytes } from '../../shared/platform/server/process-usage.ts';
import type { CodeLanguage } from '../../shared/platform/server/sandboxes/sandbox-protocol.ts';
import { closeSandboxes } from '../../shared/platform/server/sandboxes/sandboxes.ts';
import { runCode } from '../support/run-code.ts';
import { inTurn, percentile } from './measure.ts';

// `npm run bench:code`: what a call of a code tool costs, to docs/performance-code.md.

const rounds = 30;
const aimMs = 30;
const programs: Record<CodeLanguage, string> = {
  javascript: 'function main({ a }) { return { sum: a + 1 }; }',
  typescript: 'function main({ a }: { a: number }) { return { sum: a + 1 }; }',
  python: "def main(input):\n    return {'sum': input['a'] + 1}",
};
const languages = Object.keys(programs) as CodeLanguage[];
const engineOf = (language: CodeLanguage): string => (language === 'python' ? 'pyodide' : 'quickjs');
const loadBefore = loadavg()[0]?.toFixed(1);

const firsts = new Map<CodeLanguage, number>();
const times = new Map<CodeLanguage, number[]>(languages.map((language) => [language, []]));
for (const language of languages) firsts.set(language, await timeOf(language));
// One call of each language in every round: what disturbs the machine for a while disturbs all of them.
for (let round = 0; round < rounds; round += 1) {
  for (const language of inTurn(languages, round)) {
    await loadedAndIdle(engineOf(language));
    times.get(language)?.push(await timeOf(language));
  }
}
const rows: string[] = [];
for (const language of languages) {
  await loadedAndIdle(engineOf(language));
  const measured = times.get(language) ?? [];
  const shares = [0.5, 0.25, 0.75, 0.95].map((share) => percentile(measured, share).toFixed(1));
  const first = ((firsts.get(language) ?? 0) / 1000).toFixed(1);
  rows.push(`| ${[language, ...shares, first, megabytes(engineOf(language))].join(' | ')} |`);
}

async function timeOf(language: CodeLanguage): Promise<number> {
  const before = performance.now();
  const result = await runCode(language, programs[language], { input: '{"a":1}', cpuMs: 10_000 });
  if (!('output' in result)) throw new Error(JSON.stringify(result));
  return performance.now() - before;
}

/** Waits until a process of the engine is there, and none of them works: a loaded one waits for its job. */
async function loadedAndIdle(engine: string): Promise<void> {
  let quiet = 0;
  for (let before = ''; quiet < 4; ) {
    await sleep(75);
    const now = processesOf(engine)
      .map((pid) => `${pid}:${cpuTimeMs(pid)}`)
      .join();
    quiet = now !== '' && now === before ? quiet + 1 : 0;
    before = now;
  }
}

function processesOf(engine: string): number[] {
  const children = readdirSync('/proc/self/task').flatMap((task) =>
    readFileSync(`/proc/self/task/${task}/children`, 'utf8').trim().split(' ').map(Number),
  );
  return children.filter((pid) => pid > 0 && commandOf(pid).endsWith(`${engine}\0`));
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    // It has ended.
    return '';
  }
}

/** Of the largest process of an engine. */
function megabytes(engine: string): number {
  return Math.round(Math.max(0, ...processesOf(engine).map((pid) => memoryBytes(pid) ?? 0)) / 1_048_576);
}

const text = `# Code tools

Written by \`npm run bench:code\` on ${new Date().toISOString().slice(0, 10)} (${cpus().length} × ${cpus()[0]?.model}, Node ${process.versions.node}; load
average ${loadBefore} before and ${loadavg()[0]?.toFixed(1)} after). From the start of a trivial call to its result, with a loaded sandbox: ${rounds}
rounds, each with one call of every language, which begins when no sandbox of its engine is being loaded. The first call of a process loads
its engine; JavaScript and TypeScript have the same.

| language | p50 ms | p25 | p75 | p95 | first call, s | MB of a loaded process |
| --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}

The aim is ${aimMs} ms at p50 for JavaScript. Sandboxes have a lower priority than processes that serve people, so on a machine
without a free core p75 and p95 say how long they wait for one.
`;
writeFileSync(join(import.meta.dirname, '../../docs/performance-code.md'), text);
closeSandboxes();
