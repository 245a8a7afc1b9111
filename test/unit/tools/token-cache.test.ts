import { expect, test } from 'vitest';
import { createTokenCache } from '../../../shared/tools/server/oauth2/token-cache.ts';

const never = new AbortController().signal;

test('concurrent callers share one fetch', async () => {
  const cache = createTokenCache();
  let fetched = 0;
  const fetchToken = async () => {
    fetched++;
    await new Promise((resolve) => setImmediate(resolve));
    return { token: `t${fetched}`, expiresAt: Date.now() + 1000 };
  };
  const tokens = await Promise.all(Array.from({ length: 20 }, () => cache.get('k', fetchToken, never)));
  expect([new Set(tokens).size, fetched]).toEqual([1, 1]);
});

test('a token is renewed when it expires, and only for its own key', async () => {
  let now = 0;
  const cache = createTokenCache({ now: () => now });
  let fetched = 0;
  const fetchToken = async () => ({ token: `t${++fetched}`, expiresAt: now + 100 });
  expect(await cache.get('a', fetchToken, never)).toBe('t1');
  expect(await cache.get('b', fetchToken, never)).toBe('t2');
  now = 99;
  expect(await cache.get('a', fetchToken, never)).toBe('t1');
  now = 100;
  expect(await cache.get('a', fetchToken, never)).toBe('t3');
});

test('forgetting an old token leaves the newer one', async () => {
  const cache = createTokenCache();
  let fetched = 0;
  const fetchToken = async () => ({ token: `t${++fetched}`, expiresAt: Date.now() + 1000 });
  await cache.get('k', fetchToken, never);
  cache.forget('k', 't1');
  cache.forget('k', 't1');
  expect(await cache.get('k', fetchToken, never)).toBe('t2');
  cache.forget('k', 't1');
  expect(await cache.get('k', fetchToken, never)).toBe('t2');
});

test('a caller that gives up does not cancel the fetch for the others', async () => {
  const cache = createTokenCache();
  const gate = Promise.withResolvers<void>();
  const fetchToken = async () => {
    await gate.promise;
    return { token: 't', expiresAt: Date.now() + 1000 };
  };
  const impatient = new AbortController();
  const first = cache.get('k', fetchToken, impatient.signal);
  const second = cache.get('k', fetchToken, never);
  impatient.abort(new Error('timeout'));
  await expect(first).rejects.toThrow('timeout');
  gate.resolve();
  expect(await second).toBe('t');
});

test('a failed fetch is not cached', async () => {
  const cache = createTokenCache();
  await expect(cache.get('k', () => Promise.reject(new Error('down')), never)).rejects.toThrow('down');
  expect(await cache.get('k', async () => ({ token: 't', expiresAt: Date.now() + 1000 }), never)).toBe('t');
});
