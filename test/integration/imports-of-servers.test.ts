import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoCredentials } from '../../dev/demo-services/credentials.ts';
import { paymentsSchema } from '../../dev/demo-services/payments-schema.ts';
import { type DemoServices, startDemoServices } from '../../dev/demo-services/start-demo-services.ts';
import { taxRegisterWsdl } from '../../dev/demo-services/tax-register.ts';
import { warehouseProtoFile } from '../../dev/demo-services/warehouse.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('imports of GraphQL, SOAP, gRPC and MCP', () => {
  let api: TestApi;
  let acme: TestTenant;
  let demo: DemoServices;
  let host: string;

  beforeAll(async () => {
    demo = await startDemoServices({ port: 0 });
    host = new URL(demo.url).host;
    api = await startTestApi();
    acme = await api.tenant({ privateHosts: [host] });
  });
  afterAll(() => Promise.all([api?.close(), demo?.stop()]));

  /** The first one of a list of the demo services. */
  async function first(path: string, headers: Record<string, string>): Promise<string> {
    const response = await fetch(`${demo.url}${path}`, { headers });
    const { items } = (await response.json()) as { items: { id: string }[] };
    return items[0]!.id;
  }
  const admin = (method: string, path: string, body?: unknown) => acme.as.tool_admin(method, path, body);

  /** Reads, and makes one tool. */
  async function importOne(
    sent: Record<string, unknown>,
    pick: (operation: { key: string; title: string; name: string }) => boolean,
    applied: Record<string, unknown>,
  ) {
    const { status, body: found } = await admin('POST', '/api/imports', sent);
    expect(status, JSON.stringify(found)).toBe(201);
    const operation = found.operations.find(pick);
    expect(operation, JSON.stringify(found.operations)).toMatchObject({ supported: true, state: 'new' });
    const path = `/api/imports/${found.id}/apply`;
    const made = await admin('POST', path, { operations: [operation.key], ...applied });
    expect(made.status, JSON.stringify(made.body)).toBe(200);
    expect(made.body).toMatchObject({ created: 1 });
    const again = await admin('POST', path, { operations: [operation.key], ...applied });
    expect(again.body).toMatchObject({ created: 0, unchanged: 1 });
    return { found, toolId: made.body.toolIds[0] as string };
  }

  async function succeeds(toolId: string, payload: Record<string, unknown>): Promise<void> {
    const { body } = await acme.as.operator('POST', `/api/tools/${toolId}/execute`, { payload });
    expect(body, JSON.stringify(body.failure)).toMatchObject({ status: 'succeeded' });
  }

  test('the document that the demo services serve is imported by its URL, and an operation runs', async () => {
    const { found, toolId } = await importOne(
      { url: `${demo.url}/openapi.json`, connectorName: 'demo_one' },
      ({ key }) => key === 'GET /v1/payments',
      { auth: { type: 'api_key', in: 'header', name: 'x-api-key', value: demoCredentials.paymentsApiKey } },
    );
    expect(found).toMatchObject({
      format: 'openapi',
      connector: { baseUrl: demo.url, auth: { type: 'api_key' } },
    });
    expect(found.operations.every(({ supported }: { supported: boolean }) => supported)).toBe(true);
    await succeeds(toolId, { status: 'failed', limit: 2 });
  });

  test('an MCP server is found behind its URL, and lists its tools', async () => {
    const shipmentId = await first('/v1/shipments', {
      authorization: `Bearer ${demoCredentials.shippingToken}`,
    });
    const { found, toolId } = await importOne(
      {
        url: `${demo.url}/mcp`,
        auth: { type: 'bearer', token: demoCredentials.shippingToken },
        connectorName: 'mcp_one',
      },
      ({ key }) => key.includes('shipment'),
      {},
    );
    await succeeds(toolId, { shipmentId });
    expect(found).toMatchObject({ format: 'mcp', connector: { kind: 'mcp', baseUrl: `${demo.url}/mcp` } });
    expect(JSON.stringify(found)).not.toContain(demoCredentials.shippingToken);
  });

  test('a GraphQL schema lists its fields, and the endpoint is named when it is applied', async () => {
    const { found, toolId } = await importOne(
      { document: paymentsSchema, connectorName: 'graph_one' },
      ({ key }) => /payment$/i.test(key),
      { baseUrl: 'https://pay.example/graphql' },
    );
    expect(found).toMatchObject({ format: 'graphql', connector: { kind: 'graphql', baseUrl: null } });
    const { body } = await acme.as.operator('POST', `/api/tools/${toolId}/preview`, {
      payload: { id: 'pay_1' },
    });
    expect(body.request).toMatchObject({
      url: 'https://pay.example/graphql',
      body: { variables: { id: 'pay_1' } },
    });
  });

  test('a WSDL lists its operations', async () => {
    const { found, toolId } = await importOne(
      { document: taxRegisterWsdl(demo.url), connectorName: 'soap_one' },
      () => true,
      {},
    );
    const { body } = await acme.as.operator('POST', `/api/tools/${toolId}/preview`, {
      payload: { countryCode: 'DE', vatNumber: '811907980' },
    });
    expect(body.request.body).toContain('vatNumber>811907980<');
    expect(found).toMatchObject({ format: 'wsdl', connector: { kind: 'soap' } });
  });

  test('a .proto file lists its methods, and the server is named when it is applied', async () => {
    const { found, toolId } = await importOne(
      { document: readFileSync(warehouseProtoFile, 'utf8'), connectorName: 'grpc_one' },
      ({ key }) => /GetStock$/.test(key),
      { baseUrl: host, auth: { type: 'bearer', token: demoCredentials.shippingToken } },
    );
    await succeeds(toolId, { sku: 'SKU-100' });
    expect(found).toMatchObject({ format: 'proto', connector: { kind: 'grpc', baseUrl: null } });
  });
});
