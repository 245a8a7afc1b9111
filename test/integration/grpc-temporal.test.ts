import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { freePort } from '../../dev/free-port.ts';
import { findTemporalCli, startTemporalServer, type TemporalServer } from '../../dev/temporal-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

/** A gRPC server that Interlock has nothing to do with: to it this Temporal is a system like any other. */
let foreign: TemporalServer;
let http: string;
let api: TestApi;
let acme: TestTenant;

beforeAll(async () => {
  const port = () => freePort('a test', 0);
  const [cli, own, uiPort, httpPort] = await Promise.all([
    findTemporalCli({ log: () => {} }),
    port(),
    port(),
    port(),
  ]);
  http = `127.0.0.1:${httpPort}`;
  const logFile = join(mkdtempSync(join(tmpdir(), 'interlock-grpc-')), 'temporal.log');
  [foreign, api] = await Promise.all([
    startTemporalServer({ cli, port: own, uiPort, httpPort, logFile }),
    startTestApi(),
  ]);
  acme = await api.tenant({ privateHosts: [foreign.address, http] });
});
afterAll(async () => {
  await api.close();
  await foreign.stop();
});

const workflows = 'temporal.api.workflowservice.v1.WorkflowService';

async function tool(method: string, more: Record<string, unknown> = {}): Promise<string> {
  const { config, ...rest } = { config: {}, ...more };
  const definition = {
    name: `temporal_${method.toLowerCase()}`,
    type: 'grpc',
    config: { target: foreign.address, service: workflows, method, ...config },
    ...rest,
  };
  const created = await acme.as.tenant_admin('POST', '/api/tools', definition);
  expect(created.body).toMatchObject({ id: expect.any(String) });
  return created.body.id;
}

const execute = async (id: string, payload: unknown) =>
  (await acme.as.operator('POST', `/api/tools/${id}/execute`, { payload })).body;

test('a method of a foreign server is called with nothing but target, service and method', async () => {
  const id = await tool('GetSystemInfo');
  const done = await execute(id, {});
  expect(done).toMatchObject({
    status: 'succeeded',
    output: { serverVersion: expect.stringMatching(/^\d/) },
  });
  const namespaces = await execute(await tool('ListNamespaces'), { pageSize: 10 });
  expect(namespaces).toMatchObject({
    status: 'succeeded',
    output: {
      namespaces: expect.arrayContaining([
        expect.objectContaining({ namespaceInfo: expect.objectContaining({ name: 'default' }) }),
      ]),
    },
  });
});

test('a refusal of the foreign server reads well and is not retried', async () => {
  const id = await tool('DescribeNamespace');
  const failed = await execute(id, { namespace: 'no-such-namespace' });
  expect(failed).toMatchObject({
    status: 'failed',
    failure: { code: 'provider_error', message: expect.stringContaining('returned NOT_FOUND') },
    output: { status: 'NOT_FOUND', message: expect.stringContaining('no-such-namespace') },
    attempts: [{ number: 1 }],
  });
});

test("Interlock's own Temporal is refused, whatever the tenant lists", async () => {
  const target = inject('servers').temporalAddress;
  const id = await tool('GetSystemInfo', { name: 'own_temporal', config: { target } });
  const refused = await execute(id, {});
  expect(refused).toMatchObject({ status: 'failed', failure: { code: 'denied' } });
});

test('the document of its HTTP API is imported whole, and its workflows are listed', async () => {
  const url = `http://${http}/openapi.yaml`;
  const { status, body: found } = await acme.as.tool_admin('POST', '/api/imports', { url });
  expect(status, JSON.stringify(found)).toBe(201);
  const supported = found.operations.filter((each: { supported: boolean }) => each.supported);
  expect(supported.length).toBeGreaterThan(100);
  expect(supported.length / found.operations.length).toBeGreaterThan(0.97);
  const keys = supported.map(({ key }: { key: string }) => key);
  const made = await acme.as.tool_admin('POST', `/api/imports/${found.id}/apply`, {
    operations: keys.slice(0, 500),
    baseUrl: `http://${http}`,
  });
  expect(made.status, JSON.stringify(made.body)).toBe(200);
  expect(made.body.created).toBe(Math.min(500, keys.length));
  const at = keys.indexOf('GET /api/v1/namespaces/{namespace}/workflows');
  const done = await execute(made.body.toolIds[at], { namespace: 'default' });
  expect(done, JSON.stringify(done)).toMatchObject({ status: 'succeeded', output: expect.any(Object) });
});
