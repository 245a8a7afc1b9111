import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startChild } from '../../../dev/child-process.ts';
import { processStartTime } from '../../../dev/process-identity.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'interlock-child-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Ignores SIGTERM, and starts a child that does the same. */
const stubborn = `
  process.on('SIGTERM', () => {});
  if (!process.argv[2]) require('node:child_process').spawn(process.execPath, [__filename, 'inner'], { stdio: 'inherit' });
  console.log('pid', process.pid);
  setInterval(() => {}, 1000);
`;

async function pids(logFile: string, count: number): Promise<number[]> {
  const found = () =>
    [...readFileSync(logFile, 'utf8').matchAll(/pid (\d+)/g)].map((match) => Number(match[1]));
  await vi.waitFor(() => expect(existsSync(logFile) && found()).toHaveLength(count), { timeout: 10_000 });
  return found();
}

test('a child that ignores SIGTERM is killed after its deadline, with its own children', async () => {
  const script = join(folder, 'stubborn.cjs');
  writeFileSync(script, stubborn);
  const logFile = join(folder, 'log');
  const child = startChild({
    name: 'stubborn',
    command: process.execPath,
    args: [script],
    logFile,
    stopDeadlineMs: 200,
  });
  const started = await pids(logFile, 2);
  expect(await child.stop()).toMatchObject({ signal: 'SIGKILL' });
  await vi.waitFor(() => expect(started.map(processStartTime)).toEqual([null, null]), { timeout: 20_000 });
});

test('a parent that gets SIGKILL leaves no child behind', { timeout: 90_000 }, async () => {
  const script = join(folder, 'stubborn.cjs');
  writeFileSync(script, stubborn);
  const logFile = join(folder, 'log');
  const parentFile = join(folder, 'parent.mts');
  const module = new URL('../../../dev/child-process.ts', import.meta.url).href;
  writeFileSync(
    parentFile,
    `import { startChild } from ${JSON.stringify(module)};
     startChild({ name: 's', command: process.execPath, args: [${JSON.stringify(script)}], logFile: ${JSON.stringify(logFile)} });
     setInterval(() => {}, 1000);`,
  );
  const parent = spawn(process.execPath, [parentFile], { stdio: 'ignore' });
  const started = await pids(logFile, 2);
  parent.kill('SIGKILL');
  await once(parent, 'exit');
  await vi.waitFor(() => expect(started.map(processStartTime)).toEqual([null, null]), { timeout: 60_000 });
});

test('a missing program is reported, not thrown', async () => {
  const child = startChild({
    name: 'nothing',
    command: join(folder, 'nothing'),
    args: [],
    logFile: join(folder, 'log'),
  });
  expect((await child.exited).reason).toMatch(/ENOENT/);
});
