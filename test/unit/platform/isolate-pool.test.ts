import { expect, onTestFinished, test } from 'vitest';
import { EndedError } from '../../../shared/platform/server/isolates/isolate.ts';
import {
  createIsolatePool,
  type IsolatePool,
} from '../../../shared/platform/server/isolates/isolate-pool.ts';
import { encodeArgs, type Job } from '../../../shared/platform/server/isolates/isolate-protocol.ts';
import { eventually } from '../../support/eventually.ts';

// The pool without the thread that supervises it, so that its processes can be seen and ended.

const module = new URL('../../support/isolated-work.ts', import.meta.url).href;

function startPool(size: number): { pool: IsolatePool; pids: Set<number> } {
  const pids = new Set<number>();
  onTestFinished(() => {
    for (const pid of pids) process.kill(pid, 'SIGKILL');
  });
  const pool = createIsolatePool(size, [module], (pid, alive) => {
    if (alive) pids.add(pid);
    else pids.delete(pid);
  });
  return { pool, pids };
}

const job = (name: string, args: unknown[] = [], more: Partial<Job> = {}): Job => ({
  module,
  name,
  args: encodeArgs(args),
  owner: 'acme',
  cpuMs: 1000,
  maxBytes: 1_048_576,
  ...more,
});

test('isolates start when they are needed, and no more of them than the pool has', async () => {
  const { pool, pids } = startPool(2);
  expect(pids.size).toBe(0);
  const replies = await Promise.all(
    ['acme', 'globex', 'initech', 'acme'].map((owner, index) => pool.run(job('echo', [index], { owner }))),
  );
  expect(replies).toEqual([0, 1, 2, 3].map((index) => ({ json: String(index) })));
  expect(pids.size).toBeLessThanOrEqual(2);
});

test('a job whose isolate someone else ends is done by another one', async () => {
  const { pool, pids } = startPool(1);
  await pool.run(job('echo', [1]));
  const [first] = pids;
  const going = pool.run(job('spin', [400], { cpuMs: 5000 }));
  process.kill(first!, 'SIGKILL');
  expect(await going).toEqual({ json: '"done"' });
  expect(pids).not.toContain(first);
});

test('a job that always ends its isolate is refused, its owner rests, and other owners go on', async () => {
  const { pool } = startPool(2);
  await expect(pool.run(job('kill'))).rejects.toBeInstanceOf(EndedError);
  const next = pool.run(job('echo', ['later']));
  expect(await pool.run(job('echo', ['now'], { owner: 'globex' }))).toEqual({ json: '"now"' });
  expect(await next).toEqual({ json: '"later"' });
});

test('a job that exceeds its time ends as such, and its isolate is replaced before it is missed', async () => {
  const { pool, pids } = startPool(2);
  await expect(pool.run(job('spin', [60_000], { cpuMs: 100 }))).rejects.toMatchObject({ ending: 'time' });
  await eventually(() => pids.size > 0);
  expect(await pool.run(job('echo', [1], { owner: 'globex' }))).toEqual({ json: '1' });
});

test('a module that cannot be loaded fails its job and no other', async () => {
  const { pool } = startPool(1);
  const missing = job('echo', [], { module: new URL('./not-there.ts', import.meta.url).href });
  await expect(pool.run(missing)).rejects.toThrow('not-there');
  expect(await pool.run(job('echo', [1], { owner: 'globex' }))).toEqual({ json: '1' });
});
