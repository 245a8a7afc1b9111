import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../../dev/free-port.ts';
import { createInterlockClient, type InterlockClient } from '../../shared/client/interlock-client.ts';
import { eventually } from '../support/eventually.ts';
import { type ProviderServer, startProvider } from '../support/provider-server.ts';
import { createTcpGate, type TcpGate } from '../support/tcp-gate.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('the client, with what takes long', () => {
  let api: TestApi;
  let acme: TestTenant;
  let provider: ProviderServer;
  let gate: TcpGate;
  let client: InterlockClient;
  /** By a connection that breaks. */
  let far: InterlockClient;
  const responses: ServerResponse[] = [];
  const tool: Record<string, string> = {};

  beforeAll(async () => {
    provider = await startProvider((_request, response) => responses.push(response));
    api = await startTestApi();
    acme = await api.tenant({ privateHosts: [provider.host] });
    const port = await freePort('gate', 0);
    gate = createTcpGate(port, { host: '127.0.0.1', port: Number(new URL(api.url).port) });
    await gate.open();
    client = createInterlockClient({ url: api.url, apiKey: acme.keys.operator });
    far = createInterlockClient({ url: `http://127.0.0.1:${port}`, apiKey: acme.keys.operator });
    const config = { url: `${provider.url}/stream`, stream: 'auto' };
    for (const definition of [
      {
        name: 'shows',
        type: 'http',
        timeoutMs: 60_000,
        deadlineMs: 60_000,
        retry: { maxAttempts: 1 },
        config,
      },
      { name: 'ends', type: 'dummy', config: { delayMs: 300 } },
    ]) {
      const { status, body } = await acme.as.tool_admin('POST', '/api/tools', definition);
      expect(status, JSON.stringify(body)).toBe(201);
      tool[definition.name] = body.id;
    }
  });
  afterAll(async () => {
    await gate?.shut();
    for (const response of responses) response.destroy();
    await api?.close();
    await provider?.close();
  });

  test('what an execution shows is followed to its end over a lost connection, each part once', async () => {
    const execution = await client.tools.execute({ id: tool.shows!, payload: {}, waitMs: 0 });
    await eventually(() => responses.length > 0);
    const response = responses[0]!;
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    const seen: unknown[] = [];
    const followed = (async () => {
      for await (const { value } of far.executions.follow({ id: execution.id })) seen.push(value);
    })();
    const waited = client.executions.wait({ id: execution.id });
    for (const step of [1, 2, 3]) {
      response.write(`{"step":${step}}\n`);
      await eventually(() => seen.length === step);
      await gate.shut();
      await gate.open();
    }
    response.end();
    await followed;
    expect(seen).toEqual([{ step: 1 }, { step: 2 }, { step: 3 }]);
    expect((await waited).status).toBe('succeeded');
  });

  test('following what does not exist is refused, and a caller who leaves ends it', async () => {
    const nothing = client.executions.follow({ id: crypto.randomUUID() });
    await expect(nothing.next()).rejects.toMatchObject({ status: 404 });
    const execution = await client.tools.execute({ id: tool.shows!, payload: {}, waitMs: 0 });
    const left = new AbortController();
    const next = client.executions.follow({ id: execution.id, signal: left.signal }).next();
    left.abort();
    expect((await next).done).toBe(true);
    await expect(client.executions.wait({ id: execution.id }, { signal: left.signal })).rejects.toThrow();
  });

  test('a batch is waited for until every call of it has ended', async () => {
    const calls = ['one', 'two'].map((id) => ({ id, tool: 'ends' }));
    const { id } = await client.batches.create({ calls, waitMs: 0 });
    expect(await client.batches.wait({ id })).toMatchObject({ id, status: 'succeeded' });
  });

  test('a file is read by its name, with filters and with errors as everywhere', async () => {
    const csv = await client.executions.csv({ toolId: tool.ends! });
    expect(csv.headers.get('content-type')).toMatch(/^text\/csv/);
    expect((await csv.text()).split('\n').filter(Boolean)).toHaveLength(3);
    await expect(client.artifacts.content({ id: crypto.randomUUID() })).rejects.toMatchObject({
      status: 404,
      code: 'not_found',
    });
    await expect(client.audit.export({ format: 'csv' })).rejects.toMatchObject({ code: 'forbidden' });
  });
});
