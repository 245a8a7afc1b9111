import { afterAll, expect, test } from 'vitest';
import { BudgetError, closeIsolates } from '../../../shared/platform/server/isolates/isolated.ts';
import { there } from '../../support/isolated-work.ts';

afterAll(closeIsolates);

const budget = (tenantId = 'acme', cpuMs = 250) => ({ cpuMs, tenantId });

test('work is done in an isolate, and its result arrives as JSON', async () => {
  const value = { text: 'é', list: [1, null, { deep: true }] };
  expect(await there.echo(budget(), value)).toEqual(value);
});

test('a Buffer arrives as a Buffer', async () => {
  expect(await there.echo(budget(), Buffer.from('abc'))).toEqual({ type: 'Buffer', data: [97, 98, 99] });
});

test.each(['spin', 'fillHeap', 'tooLargeForV8', 'kill'] as const)(
  '%s ends with its own isolate, and the next work is done',
  async (name) => {
    const work = name === 'spin' ? there.spin(budget(), 60_000) : there[name](budget('acme', 5000));
    await expect(work).rejects.toThrow(BudgetError);
    expect(await there.echo(budget(), 1)).toBe(1);
  },
);

test('waiting for an isolate does not count', async () => {
  const results = await Promise.all(Array.from({ length: 12 }, () => there.spin(budget('acme', 1000), 150)));
  expect(new Set(results)).toEqual(new Set(['done']));
});

test('one tenant cannot occupy every isolate', async () => {
  let going = true;
  const attack = Promise.allSettled(
    Array.from({ length: 3 }, () => there.spin(budget('hostile', 500), 60_000)),
  ).finally(() => {
    going = false;
  });
  for (let count = 0; count < 10; count++) expect(await there.echo(budget('kind'), count)).toBe(count);
  expect(going).toBe(true);
  await attack;
});

test('a result that is too large does not come back', async () => {
  const large = 'x'.repeat(2000);
  await expect(there.echo({ ...budget(), maxBytes: 1024 }, large)).rejects.toThrow(
    'a result of more than 1 kB',
  );
  await expect(there.echo(budget(), Array(60_000).fill(1))).rejects.toThrow('50000 values');
});

test('an isolate has no environment, and may not write files', async () => {
  const { environment, writes } = await there.look(budget());
  expect(environment.filter((name) => /DATABASE|SECRET|KEY|PATH|HOME/.test(name))).toEqual([]);
  expect(writes).toBe('ERR_ACCESS_DENIED');
});

test('after they were ended, isolates start again', async () => {
  closeIsolates();
  expect(await there.echo(budget(), 1)).toBe(1);
});
