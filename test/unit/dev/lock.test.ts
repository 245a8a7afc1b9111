import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { acquireLock } from '../../../dev/lock.ts';
import { processStartTime } from '../../../dev/process-identity.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'interlock-lock-'));
  file = join(folder, 'lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a second process learns the pid and the URL of the first', () => {
  const first = acquireLock(file);
  if (!first.held) throw new Error('not held');
  expect(acquireLock(file)).toMatchObject({ held: false, holder: { pid: process.pid, url: null } });
  first.lock.setUrl('http://127.0.0.1:4400');
  expect(acquireLock(file)).toMatchObject({ held: false, holder: { url: 'http://127.0.0.1:4400' } });
  first.lock.release();
  expect(acquireLock(file).held).toBe(true);
  expect(readdirSync(folder)).toEqual(['lock']);
});

test('the lock of a dead process is taken over', () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  writeFileSync(file, JSON.stringify({ pid, startTime: '1', url: 'http://127.0.0.1:1' }));
  expect(acquireLock(file).held).toBe(true);
});

test('a process that reuses the pid of the holder does not hold the lock', () => {
  writeFileSync(
    file,
    JSON.stringify({ pid: process.pid, startTime: `not ${processStartTime(process.pid)}`, url: null }),
  );
  expect(acquireLock(file).held).toBe(true);
});

test('a lock file that was half written holds no lock', () => {
  writeFileSync(file, '{"pid": ');
  expect(acquireLock(file).held).toBe(true);
});
