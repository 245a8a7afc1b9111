import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../../dev/free-port.ts';
import { eventually } from '../support/eventually.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { createTcpGate, type TcpGate } from '../support/tcp-gate.ts';
import { type ApiResponse, type Call, startTestApi, type TestApi } from '../support/test-api.ts';

/** PostgreSQL behind a gate that loses single responses. */
describe('a request whose commit is not confirmed', () => {
  let api: TestApi;
  let as: Call;
  let gate: TcpGate;
  let provider: ProviderServer;
  let tool: string;

  beforeAll(async () => {
    const { databaseUrl } = await createOwnDatabase();
    const behind = new URL(databaseUrl);
    const port = await freePort('the gate', 0);
    gate = createTcpGate(port, { host: behind.hostname, port: Number(behind.port) });
    await gate.open();
    behind.host = `127.0.0.1:${port}`;
    provider = await startProvider((_request, response) => sendJson(response, 200, { ok: true }));
    api = await startTestApi({ databaseUrl: behind.href });
    as = (await api.tenant({ privateHosts: [provider.host] })).as.tenant_admin;
    const config = { method: 'POST', url: provider.url };
    const { status, body } = await as('POST', '/api/tools', {
      name: 'act',
      title: 'Act',
      type: 'http',
      config,
    });
    expect(status).toBe(201);
    tool = body.id;
  });
  afterAll(async () => {
    await api?.close();
    await Promise.all([gate?.shut(), provider?.close()]);
  });

  const execute = (headers: Record<string, string> = {}) =>
    as('POST', `/api/tools/${tool}/execute`, { payload: { id: uuidv7() } }, headers);
  const countExecutions = async (): Promise<number> =>
    (await as('GET', '/api/tools/executions?limit=200')).body.items.length;
  const expectUnknown = ({ status, headers, body }: ApiResponse) => {
    expect([status, headers.get('retry-after')]).toEqual([503, '2']);
    expect(body.error.message).toContain(
      'The outcome of this request is not known; repeat it with the same Idempotency-Key.',
    );
    expect(body.error).toMatchObject({ code: 'unavailable', details: { outcome: 'unknown' } });
    expect(body.error.message).not.toContain('othing was');
  };

  test.each([
    ['response', {}],
    ['request', {}],
    ['response', { 'idempotency-key': 'keyed, the response is lost' }],
    ['request', { 'idempotency-key': 'keyed, the request is lost' }],
  ] as const)(
    'an execution is written and carried out once when the %s of its insert is lost (%o)',
    async (lost, headers) => {
      const before = await countExecutions();
      provider.requests.length = 0;
      const broken = gate.breakAt('execution_insert', lost);
      const { status, body } = await execute(headers);
      await broken;
      expect([status, body.status]).toEqual([200, 'succeeded']);
      expect(await countExecutions()).toBe(before + 1);
      expect(provider.requests).toHaveLength(1);
    },
  );

  test('an execution whose insert cannot be confirmed is a 503 that does not say that nothing was done; with the same key it is found', async () => {
    const headers = { 'idempotency-key': 'confirmed later' };
    const payload = { id: uuidv7() };
    const send = () => as('POST', `/api/tools/${tool}/execute`, { payload }, headers);
    const before = await countExecutions();
    const sent = gate.breakAt('execution_insert', 'response').then(() => gate.shut());
    expectUnknown(await send());
    await sent;
    await gate.open();
    const repeated = await send();
    expect([repeated.status, repeated.body.status]).toEqual([200, 'succeeded']);
    expect(await countExecutions()).toBe(before + 1);
  });

  test('what a transaction creates is not said to be undone when the response of its commit is lost; with the same key it is found', async () => {
    const headers = { 'idempotency-key': 'a case' };
    const send = () =>
      as('POST', '/api/exceptions', { title: 'Once', severity: 'low', domain: 'x' }, headers);
    const broken = gate.breakAt('COMMIT', 'response');
    expectUnknown(await send());
    await broken;
    expect((await send()).status).toBe(201);
    const { body } = await as('GET', '/api/exceptions?q=Once');
    expect(body.items).toHaveLength(1);
  });

  test('a change is not said to be undone when the response of its commit is lost', async () => {
    const before = (await as('GET', `/api/tools/${tool}`)).body;
    const broken = gate.breakAt('COMMIT', 'response');
    expectUnknown(await as('PUT', `/api/tools/${tool}/enabled`, { enabled: true }));
    await broken;
    expect(await eventually(async () => (await as('GET', `/api/tools/${tool}`)).body)).toMatchObject({
      id: before.id,
      enabled: true,
    });
  });

  test('a read never speaks of an outcome, and a change that was not sent did not happen', async () => {
    await gate.shut();
    const [read, change] = [
      await as('GET', `/api/tools/${tool}`),
      await as('PUT', `/api/tools/${tool}/enabled`, { enabled: true }),
    ];
    await gate.open();
    for (const { status, body } of [read, change]) {
      expect([status, body.error.code, body.error.details]).toEqual([503, 'unavailable', undefined]);
      expect(body.error.message).toBe('The database is unavailable. Nothing was changed. Try again.');
    }
  });
});
