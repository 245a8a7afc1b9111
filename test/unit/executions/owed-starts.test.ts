import { pino } from 'pino';
import { expect, test, vi } from 'vitest';
import { createOwedStarts } from '../../../shared/executions/server/owed-starts.ts';
import type { Database, Statement } from '../../../shared/platform/db/database.ts';

/** Keeps what is sent to it, unless it refuses it or holds it up. */
function recordingDatabase() {
  const batches: unknown[] = [];
  let refused = false;
  let held: Promise<void> | null = null;
  const query = async ({ values = [] }: Statement) => {
    if (refused) throw new Error('refused');
    await held;
    batches.push(values[0]);
    return [];
  };
  const db = { system: (work: (connection: { query: typeof query }) => unknown) => work({ query }) };
  return {
    db: db as unknown as Database,
    batches,
    refuse: (next: boolean) => {
      refused = next;
    },
    hold: () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      return resolve;
    },
  };
}

const log = pino({ level: 'silent' });

test('started workflows are recorded in batches, and before a process ends', async () => {
  const { db, batches } = recordingDatabase();
  const owed = createOwedStarts(db, log, 10);
  const start = Promise.withResolvers<void>();
  owed.watch(start.promise.then(() => owed.started('late')));
  owed.started('a');
  owed.started('b');
  const idle = owed.idle();
  start.resolve();
  await idle;
  expect(batches).toEqual([['a', 'b', 'late']]);
});

test('starts that end while a slow batch is written are recorded too', async () => {
  vi.useFakeTimers();
  const { db, batches, hold } = recordingDatabase();
  const owed = createOwedStarts(db, log, 10);
  const release = hold();
  owed.started('a');
  await vi.advanceTimersByTimeAsync(300);
  owed.started('b');
  await vi.advanceTimersByTimeAsync(300);
  release();
  await vi.advanceTimersByTimeAsync(300);
  owed.started('c');
  await vi.advanceTimersByTimeAsync(300);
  expect(batches).toEqual([['a'], ['b'], ['c']]);
  vi.useRealTimers();
});

test('what cannot be recorded is left to the sweep, and later starts are recorded', async () => {
  const { db, batches, refuse } = recordingDatabase();
  const owed = createOwedStarts(db, log, 10);
  refuse(true);
  owed.started('a');
  await owed.idle();
  refuse(false);
  owed.started('b');
  await owed.idle();
  expect(batches).toEqual([['b']]);
});

test('after too many failed starts in a row no execution begins before its workflow, until one starts', () => {
  const owed = createOwedStarts(recordingDatabase().db, log, 2);
  owed.failed();
  expect(owed.mayBegin()).toBe(true);
  owed.failed();
  expect(owed.mayBegin()).toBe(false);
  owed.recovered();
  expect(owed.mayBegin()).toBe(true);
});
