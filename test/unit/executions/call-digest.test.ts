import { expect, test } from 'vitest';
import { callDigest, callFacts, checkDigest } from '../../../shared/executions/server/prepare-execution.ts';
import type { PreparedCall } from '../../../shared/executions/server/prepared-call.ts';
import { createKeyedDigest } from '../../../shared/platform/server/keyed-digest.ts';
import { createRateLimit } from '../../../shared/platform/server/rate-limit.ts';
import { renderRequest } from '../../../shared/tools/providers/registry.ts';
import { tool } from '../playbooks/catalog-support.ts';

const context = { digest: createKeyedDigest('a secret for tests') };
const definition = {
  name: 'unlock',
  type: 'http',
  config: { method: 'POST', url: 'https://door.example' },
} as const;
const call = (pin: string, loadedForId = 'acme'): PreparedCall => {
  const loaded = tool(definition, { loadedForId });
  const input = { pin };
  const request = renderRequest(loaded.definition, input);
  return {
    tool: loaded,
    input,
    request,
    credential: null,
    secrets: [],
    pii: null,
    redactedInput: input,
    changed: false,
  };
};
const accepts = (of: PreparedCall, digest: string): boolean => {
  try {
    checkDigest(context, of, digest);
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: 'preview_changed' });
    return false;
  }
};

test('two digests of one call differ; each fits this call only, and this tenant only', () => {
  const [one, two] = [callDigest(context, call('1')), callDigest(context, call('1'))];
  expect(one).not.toBe(two);
  expect(one).toMatch(/^[0-9a-f]{64}$/);
  for (const digest of [one, two]) {
    expect(accepts(call('1'), digest)).toBe(true);
    expect(accepts(call('2'), digest)).toBe(false);
    expect(accepts(call('1', 'globex'), digest)).toBe(false);
  }
  expect(accepts(call('1'), one.slice(0, 32) + two.slice(32))).toBe(false);
  for (const wrong of ['', 'x', 'é'.repeat(64), one.toUpperCase(), `${one}0`])
    expect(accepts(call('1'), wrong)).toBe(false);
});

test('a digest that was stored before digests had a nonce still fits its call', () => {
  const stored = context.digest('preview', callFacts(call('1')));
  expect(accepts(call('1'), stored)).toBe(true);
  expect(accepts(call('2'), stored)).toBe(false);
});

test('a rate limit lets a burst through, then one at a time, for each key', () => {
  let now = 0;
  const take = createRateLimit(60, () => now);
  for (let count = 0; count < 60; count++) expect(take('a')).toBe(0);
  expect(take('a')).toBe(1000);
  expect(take('b')).toBe(0);
  now = 1000;
  expect([take('a'), take('a')]).toEqual([0, 1000]);
});
