import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addSource, type TestSource } from '../support/inbound.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('what a source may send', { timeout: 240_000 }, () => {
  let api: TestApi;
  let acme: TestTenant;
  let hook: TestSource;

  beforeAll(async () => {
    api = await startTestApi();
    acme = await api.tenant();
    hook = await addSource(api, acme, 'bearer', {
      actions: [
        { do: 'open_exception', title: 'Order ${{ body.title }}', attributes: { title: 'body.title' } },
      ],
    });
  });
  afterAll(() => api?.close());

  const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

  test.each([
    ['a NUL', '{"title": "a\\u0000b"}'],
    ['half of a surrogate pair', '{"title": "\\ud800"}'],
    ['a number of a million digits', '{"title": "n", "n": 1e999999}'],
    ['a number that is no double', '{"title": 1e400}'],
    ['lists in lists', `{"title": "d", "deep": ${deep(5_000)}}`],
    ['a megabyte of lists in lists', `{"title": "d", "deep": ${deep(500_000)}}`],
    ['names of prototypes', '{"title": "p", "__proto__": {"a": 1}, "constructor": {"prototype": 1}}'],
    ['a million spaces', `{"title": "s"${' '.repeat(1_000_000)}}`],
  ])(
    '%s: is refused, or stored and processed to its end; never an error of the server',
    async (_what, body) => {
      const { status, body: answer } = await hook.deliver(body, { id: uuidv7() });
      expect([202, 400], JSON.stringify(answer)).toContain(status);
      if (status !== 202) return;
      const delivery = await hook.ended(answer.deliveryId);
      expect(['processed', 'failed']).toContain(delivery.status);
    },
  );
});
