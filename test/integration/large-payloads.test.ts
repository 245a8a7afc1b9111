import { getEventListeners } from 'node:events';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type ProviderServer, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('a payload of almost 1 MB', () => {
  let api: TestApi;
  let acme: TestTenant;
  let provider: ProviderServer;
  let id: string;

  const schema = {
    type: 'object',
    required: ['pin'],
    properties: {
      pin: { type: 'string', writeOnly: true },
      lines: { type: 'array' },
      ref: { type: 'string' },
    },
  };
  const lines = Array.from({ length: 5000 }, (_, index) => ({
    id: `line-${index}`,
    text: 'as agreed '.repeat(12),
  }));
  /** Numbers that JavaScript would change, and a secret of three characters, which is hidden where it stands. */
  const payload = `{"pin":"k7x","price":19.90,"big":9007199254740993,"lines":${JSON.stringify(lines)},"ref":"the end"}`;
  const shown = payload.replace('"k7x"', '"[redacted]"');

  beforeAll(async () => {
    provider = await startProvider((request, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(request.body),
    );
    api = await startTestApi();
    acme = await api.tenant({ privateHosts: [provider.host] });
    const created = await acme.as.tool_admin('POST', '/api/tools', {
      name: 'large',
      type: 'http',
      inputSchema: schema,
      outputSchema: schema,
      config: { method: 'POST', url: `${provider.url}/mirror`, maxResponseBytes: 2_000_000 },
    });
    id = created.body.id;
  });
  afterAll(async () => {
    await api?.close();
    await provider?.close();
  });

  /** The text of a response: parsing it would change its numbers. */
  async function send(path: string, body: string | null, headers: Record<string, string> = {}) {
    const response = await fetch(`${api.url}${path}`, {
      method: body === null ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${acme.keys.operator}`,
        'content-type': 'application/json',
        ...headers,
      },
      ...(body === null ? {} : { body }),
    });
    return { status: response.status, text: await response.text() };
  }

  test('is sent as it was written, and stored and returned with its digits and without its secret', async () => {
    const { status, text } = await send(`/api/tools/${id}/execute`, `{"payload":${payload}}`);
    expect(status, text.slice(0, 1000)).toBe(200);
    expect(provider.requests.at(-1)?.body).toBe(payload);
    expect(text).not.toContain('k7x');
    expect(text.match(/19\.90/g)).toHaveLength(3);
    const execution = JSON.parse(text);
    expect(execution).toMatchObject({ status: 'succeeded', attempts: [{ request: { truncated: true } }] });
    expect(execution.input).toEqual(JSON.parse(shown));
    expect(execution.output).toEqual(JSON.parse(shown));
    expect(execution.attempts[0].request.body).toBe(
      shown.slice(0, execution.attempts[0].request.body.length),
    );

    const stored = await send(`/api/tools/executions/${execution.id}`, null);
    expect(stored.text).not.toContain('k7x');
    expect(stored.text.match(/9007199254740993/g)).toHaveLength(3);
    const read = JSON.parse(stored.text);
    expect([read.input, read.output]).toEqual([execution.input, execution.output]);
  });

  test('one key is one execution, whatever the order of its fields, and with another payload a conflict', async () => {
    const key = { 'idempotency-key': 'large-1' };
    const reordered = `{"payload":{"ref":"the end",${payload.slice(1).replace(',"ref":"the end"', '')}}`;
    const first = await send(`/api/tools/${id}/execute`, `{"payload":${payload}}`, key);
    const second = await send(`/api/tools/${id}/execute`, reordered, key);
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(JSON.parse(second.text).id).toBe(JSON.parse(first.text).id);
    const other = await send(
      `/api/tools/${id}/execute`,
      `{"payload":${payload.replace('19.90', '19.91')}}`,
      key,
    );
    expect([other.status, JSON.parse(other.text).error.code]).toEqual([409, 'idempotency_conflict']);
  });

  test.each([
    ['does not match the schema', payload.replace('"pin":"k7x",', ''), '/payload/pin'],
    ['holds what cannot be stored', payload.replace('the end', 'the\\u0000end'), '/payload/ref'],
  ])('is refused at its place when it %s, and nothing is sent', async (_what, wrong, path) => {
    const before = provider.requests.length;
    const { status, text } = await send(`/api/tools/${id}/execute`, `{"payload":${wrong}}`);
    const { error } = JSON.parse(text);
    expect([status, error.code]).toEqual([422, 'invalid_input']);
    expect(path.endsWith(error.issues[0].path)).toBe(true);
    expect(error.issues[0].path).not.toBe('');
    expect(provider.requests).toHaveLength(before);
  });

  test('a response of that size that does not match is kept, redacted, with its problems', async () => {
    const created = await acme.as.tool_admin('POST', '/api/tools', {
      name: 'strict',
      type: 'http',
      inputSchema: schema,
      outputSchema: { ...schema, properties: { ...schema.properties, ref: { type: 'number' } } },
      config: { method: 'POST', url: `${provider.url}/mirror`, maxResponseBytes: 2_000_000 },
    });
    const { text } = await send(`/api/tools/${created.body.id}/execute`, `{"payload":${payload}}`);
    const execution = JSON.parse(text);
    expect([execution.failure.code, execution.issues[0].path]).toEqual(['invalid_output', '/ref']);
    expect(execution.output).toEqual(JSON.parse(shown));
  });

  test('is let go of when its call has ended: Node keeps a signal of several while someone listens to it', async () => {
    const signals: AbortSignal[] = [];
    const any = AbortSignal.any.bind(AbortSignal);
    const spy = vi.spyOn(AbortSignal, 'any').mockImplementation((all) => {
      const signal = any(all);
      signals.push(signal);
      return signal;
    });
    try {
      const { status } = await send(`/api/tools/${id}/execute`, `{"payload":${payload}}`);
      expect([status, signals.length > 0]).toEqual([200, true]);
    } finally {
      spy.mockRestore();
    }
    expect(signals.map((signal) => getEventListeners(signal, 'abort').length)).toEqual(signals.map(() => 0));
  });
});
