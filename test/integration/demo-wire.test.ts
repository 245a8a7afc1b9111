import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoConnectors } from '../../dev/demo-data/connectors.ts';
import { wireTools } from '../../dev/demo-data/tools-wire.ts';
import { type DemoServices, startDemoServices } from '../../dev/demo-services/start-demo-services.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

let demo: DemoServices;
let api: TestApi;
let acme: TestTenant;
const toolIds = new Map<string, string>();

beforeAll(async () => {
  [demo, api] = await Promise.all([startDemoServices({ port: 0 }), startTestApi()]);
  acme = await api.tenant({ privateHosts: [new URL(demo.url).host] });
  const connectors = demoConnectors({ demo: demo.url, temporalHttp: null, mail: null, shop: null });
  for (const { versions } of wireTools) {
    const [first] = versions;
    if (!first) throw new Error('a demo tool has a version');
    const { connector, ...config } = { connector: '', ...first.config };
    const described = connectors.find(({ definition }) => definition.name === connector)?.definition;
    const known = (await acme.as.tenant_admin('GET', '/api/connectors')).body.items;
    const connectorId =
      known.find(({ name }: { name: string }) => name === connector)?.id ??
      (await acme.as.tenant_admin('POST', '/api/connectors', described)).body.id;
    const definition = { ...first, config: { ...config, connectorId } };
    const created = await acme.as.tenant_admin('POST', '/api/tools', definition);
    expect(created.status, JSON.stringify(created.body)).toBe(201);
    toolIds.set(first.name, created.body.id);
  }
});
afterAll(async () => {
  await api?.close();
  await demo?.stop();
});

const execute = async (tool: string, payload: unknown) =>
  (await acme.as.operator('POST', `/api/tools/${toolIds.get(tool)}/execute`, { payload })).body;

test('the demo tools of gRPC run: a response, a stream, and a refusal in words', async () => {
  expect(await execute('get_stock', { sku: 'SKU-100' })).toMatchObject({
    status: 'succeeded',
    output: { sku: 'SKU-100', available: 42, reserved: 0 },
  });
  expect(await execute('reserve_stock', { sku: 'SKU-200', quantity: 2 })).toMatchObject({
    status: 'succeeded',
    output: { reservationId: expect.stringMatching(/^res_/), stock: { available: 5, reserved: 2 } },
  });
  expect(await execute('count_shelves', { sku: 'SKU-100' })).toMatchObject({
    status: 'succeeded',
    output: [
      { shelf: 'A1', count: 14 },
      { shelf: 'A2', count: 14 },
      { shelf: 'B7', count: 14 },
    ],
  });
  expect(await execute('reserve_stock', { sku: 'SKU-300', quantity: 1 })).toMatchObject({
    status: 'failed',
    failure: { code: 'provider_error', message: expect.stringContaining('returned FAILED_PRECONDITION') },
    output: { message: 'SKU-300 has 0 left.' },
  });
});

test('the demo tool of SOAP runs with a UsernameToken, and a fault is a refusal in words', async () => {
  expect(await execute('check_vat_number', { countryCode: 'NL', vatNumber: '001234567B01' })).toMatchObject({
    status: 'succeeded',
    output: { valid: true, name: 'Globex Freight B.V.', city: 'Rotterdam' },
  });
  expect(await execute('check_vat_number', { countryCode: 'FR', vatNumber: '1' })).toMatchObject({
    status: 'succeeded',
    output: { valid: false },
  });
});
