import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('the cost of redaction', () => {
  let api: TestApi;
  let acme: TestTenant;
  let globex: TestTenant;
  let provider: ProviderServer;
  let respond: () => unknown;

  beforeAll(async () => {
    provider = await startProvider((_request, response) => sendJson(response, 200, respond()));
    api = await startTestApi();
    [acme, globex] = await Promise.all([api.tenant({ privateHosts: [provider.host] }), api.tenant()]);
  });
  afterAll(async () => {
    await api?.close();
    await provider?.close();
  });

  const marked = {
    type: 'object',
    properties: { pins: { type: 'array', items: { type: 'string', writeOnly: true } }, texts: {} },
  };
  const create = async (name: string, schemas: Record<string, unknown>): Promise<string> => {
    const created = await acme.as.tool_admin('POST', '/api/tools', {
      name,
      type: 'http',
      config: { method: 'POST', url: `${provider.url}/x`, maxResponseBytes: 4_000_000 },
      ...schemas,
    });
    expect(created.status).toBe(201);
    return created.body.id;
  };
  const pins = (count: number) => Array.from({ length: count }, (_, index) => `pin-of-customer-${index}`);
  const texts = (count: number) =>
    Array.from({ length: count }, (_, index) => `text ${index} with some more words in it`);

  /** The slowest response that another tenant gets meanwhile, in milliseconds. */
  async function slowestMeanwhile(work: Promise<unknown>): Promise<number> {
    let done = false;
    const finished = work.finally(() => {
      done = true;
    });
    let slowest = 0;
    while (!done) {
      const started = performance.now();
      expect((await globex.as.viewer('GET', '/api/me')).status).toBe(200);
      slowest = Math.max(slowest, performance.now() - started);
    }
    await finished;
    return slowest;
  }

  test('a call with more secrets than redaction searches for is refused before anything is stored or sent', async () => {
    respond = () => ({});
    const id = await create('many_pins', { inputSchema: marked });
    const execute = (count: number) =>
      acme.as.operator('POST', `/api/tools/${id}/execute`, { payload: { pins: pins(count) } });
    const refused = await execute(1001);
    expect([refused.status, refused.body.error.code, refused.body.error.issues[0]]).toMatchObject([
      422,
      'invalid_input',
      { path: '', keyword: 'secret' },
    ]);
    expect(provider.requests).toEqual([]);
    expect((await acme.as.viewer('GET', `/api/tools/executions?toolId=${id}`)).body.items).toEqual([]);
    expect((await execute(1000)).body.status).toBe('succeeded');
  });

  test('twenty-five thousand secrets and two thousand texts stop no one, as input and as output', async () => {
    const payload = { pins: pins(25_000), texts: texts(2_000) };
    const input = await create('input_attack', { inputSchema: marked });
    let status = 0;
    const attack = async () => {
      status = (await acme.as.operator('POST', `/api/tools/${input}/preview`, { payload })).status;
    };
    expect(await slowestMeanwhile(attack())).toBeLessThan(3000);
    expect(status).toBe(422);

    respond = () => payload;
    const output = await create('output_attack', { outputSchema: marked });
    let shown: { status?: string; output?: unknown } = {};
    const answer = async () => {
      shown = (await acme.as.operator('POST', `/api/tools/${output}/execute`, { payload: {} })).body;
    };
    expect(await slowestMeanwhile(answer())).toBeLessThan(3000);
    expect(shown, JSON.stringify(shown).slice(0, 900)).toMatchObject({
      status: 'succeeded',
      output: '[redacted]',
    });
  });

  test('a large input is redacted as a small one is, and its clear value is sent', async () => {
    respond = () => ({});
    const id = await create('large_input', { inputSchema: marked });
    const payload = { pins: ['pin-of-customer-1'], texts: [...texts(6_000), 'about pin-of-customer-1'] };
    provider.requests.length = 0;
    const { body } = await acme.as.operator('POST', `/api/tools/${id}/execute`, { payload });
    expect(body.status).toBe('succeeded');
    expect(body.input.pins).toEqual(['[redacted]']);
    expect(body.input.texts.at(-1)).toBe('about [redacted]');
    expect(body.input.texts.slice(0, -1)).toEqual(payload.texts.slice(0, -1));
    expect(JSON.parse(provider.requests[0]!.body)).toEqual(payload);
  });
});
