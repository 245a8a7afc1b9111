import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { memoryBytes } from '../../shared/platform/server/process-usage.ts';
import type { CodeLanguage } from '../../shared/platform/server/sandboxes/sandbox-protocol.ts';
import { closeSandboxes } from '../../shared/platform/server/sandboxes/sandboxes.ts';
import { runCode } from '../support/run-code.ts';
import { median, percentile } from './measure.ts';

// `npm run bench:code`: what a call of a code tool costs, to docs/performance-code.md.

const calls = 25;
/** Until the next sandbox is loaded. */
const pauseMs = { javascript: 700, typescript: 700, python: 2500 };
const programs: Record<CodeLanguage, string> = {
  javascript: 'function main({ a }) { return { sum: a + 1 }; }',
  typescript: 'function main({ a }: { a: number }) { return { sum: a + 1 }; }',
  python: "def main(input):\n    return {'sum': input['a'] + 1}",
};

const rows: string[] = [];
for (const [language, source] of Object.entries(programs) as [CodeLanguage, string][]) {
  const startedAt = performance.now();
  await call(language, source);
  const first = performance.now() - startedAt;
  const times: number[] = [];
  for (let count = 0; count < calls; count += 1) {
    await sleep(pauseMs[language]);
    const before = performance.now();
    await call(language, source);
    times.push(performance.now() - before);
  }
  rows.push(
    `| ${language} | ${median(times).toFixed(1)} | ${percentile(times, 0.95).toFixed(1)} | ${(first / 1000).toFixed(1)} | ${megabytes(language)} |`,
  );
}

async function call(language: CodeLanguage, source: string): Promise<void> {
  const result = await runCode(language, source, { input: '{"a":1}', cpuMs: 10_000 });
  if (!('output' in result)) throw new Error(JSON.stringify(result));
}

/** Of the largest process of its engine. */
function megabytes(language: CodeLanguage): number {
  const engine = language === 'python' ? 'pyodide' : 'quickjs';
  const children = readdirSync('/proc/self/task').flatMap((task) =>
    readFileSync(`/proc/self/task/${task}/children`, 'utf8').trim().split(' ').map(Number),
  );
  const used = children
    .filter((pid) => pid > 0 && readFileSync(`/proc/${pid}/cmdline`, 'utf8').endsWith(`${engine}\0`))
    .map((pid) => memoryBytes(pid) ?? 0);
  return Math.round(Math.max(0, ...used) / 1_048_576);
}

const text = `# Code tools

Written by \`npm run bench:code\` on ${new Date().toISOString().slice(0, 10)} (${cpus().length} × ${cpus()[0]?.model}, Node ${process.versions.node}; load
average ${loadavg()[0]?.toFixed(1)}). From the start of a trivial call to its result, when a sandbox is loaded; ${calls} calls, with pauses in which
the next one is loaded. The first call of a process loads its engine.

| language | p50 ms | p95 ms | first call, s | MB of a loaded process |
| --- | --- | --- | --- | --- |
${rows.join('\n')}

The aim is 30 ms for JavaScript.
`;
writeFileSync(join(import.meta.dirname, '../../docs/performance-code.md'), text);
closeSandboxes();
