import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createStartPlaces } from '../../../shared/executions/server/start-places.ts';

const [prompt, patient] = [{ patient: false }, { patient: true }];

describe('places for starts', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** Takes places one after the other. @returns the names in the order in which they got one, and what frees each */
  function recorder(atOnce: number) {
    const places = createStartPlaces(atOnce);
    const started: string[] = [];
    const frees = new Map<string, () => void>();
    const refused: Record<string, string> = {};
    return {
      started,
      frees,
      refused,
      take: (tenantId: string, name: string, options = prompt) =>
        void places.take(tenantId, options).then(
          (free) => {
            started.push(name);
            frees.set(name, free);
          },
          ({ code }) => {
            refused[name] = code;
          },
        ),
    };
  }

  test('are crowded while more than a third are taken, whoever has them', async () => {
    const places = createStartPlaces(6);
    const take = (tenantId: string) => places.take(tenantId, prompt);
    const free = await take('a');
    await take('a');
    expect(places.isCrowded()).toBe(false);
    await take('b');
    expect(places.isCrowded()).toBe(true);
    free();
    free();
    expect(places.isCrowded()).toBe(false);
    await take('b');
    expect(places.isCrowded()).toBe(true);
  });

  test('tenants that wait take turns, and whoever has no caller comes last', async () => {
    const { take, started, frees } = recorder(2);
    take('a', 'a1');
    for (const name of ['a2', 'a3']) take('a', name);
    take('a', 'later', patient);
    take('b', 'b1');
    take('b', 'b2');
    await vi.advanceTimersByTimeAsync(0);
    expect(started).toEqual(['a1', 'b1']);
    for (let ended = 0; ended < 5; ended++) {
      frees.get(started[ended]!)!();
      await vi.advanceTimersByTimeAsync(0);
    }
    expect(started).toHaveLength(6);
    expect(started.at(-1)).toBe('later');
    expect(started.indexOf('b2')).toBeLessThan(started.indexOf('a3'));
  });

  test('a tenant whose requests wait already is refused at once, and others are not', async () => {
    const { take, started, refused } = recorder(2);
    for (let made = 1; made <= 5; made++) take('a', `a${made}`);
    take('b', 'b1');
    await vi.advanceTimersByTimeAsync(0);
    expect(started).toEqual(['a1', 'b1']);
    expect(refused).toEqual({ a5: 'rate_limited' });
  });

  test('without any place left, a tenant that has none learns that the process is full', async () => {
    const { take, refused } = recorder(2);
    for (const tenant of ['a', 'b', 'c', 'd', 'e', 'f'])
      for (let made = 1; made <= 4; made++) take(tenant, tenant);
    take('z', 'z');
    await vi.advanceTimersByTimeAsync(0);
    expect(refused.z).toBe('overloaded');
  });

  test('where one has waited long, the next one of its tenant is refused at once', async () => {
    const { take, started, refused } = recorder(2);
    for (const name of ['a1', 'a2']) take('a', name);
    await vi.advanceTimersByTimeAsync(1600);
    take('a', 'a3');
    take('b', 'b1');
    await vi.advanceTimersByTimeAsync(0);
    expect(refused).toEqual({ a3: 'rate_limited' });
    expect(started).toEqual(['a1', 'b1']);
  });

  test('a request that has waited for some seconds is refused, and gives its place in the queue back', async () => {
    const { take, started, frees, refused } = recorder(2);
    for (const name of ['a1', 'a2', 'a3', 'a4']) take('a', name);
    await vi.advanceTimersByTimeAsync(3000);
    expect(refused).toEqual({ a2: 'rate_limited', a3: 'rate_limited', a4: 'rate_limited' });
    take('a', 'a6');
    frees.get('a1')!();
    await vi.advanceTimersByTimeAsync(0);
    expect(started).toEqual(['a1', 'a6']);
  });
});
