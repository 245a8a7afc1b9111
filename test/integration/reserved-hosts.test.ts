import { mkdtempSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { writePrivateHosts } from '../../shared/identity/db/tenant-settings.ts';
import { connectTo } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { publishPlaybook, startRun, stepWhen } from '../support/playbook-runs.ts';
import { startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

/** Another address of a server of ours, which counts its connections. */
interface Alias {
  host: string;
  connections: number;
  close(): Promise<unknown>;
}

async function aliasOf(url: string): Promise<Alias> {
  const target = new URL(url);
  const server = createServer((inner) => {
    alias.connections++;
    const outer = connect({ host: target.hostname, port: Number(target.port) });
    inner.pipe(outer).pipe(inner);
    for (const socket of [inner, outer]) socket.on('error', () => {}).on('close', () => outer.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const alias: Alias = {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections: 0,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
  return alias;
}

describe('tools of a tenant that lists private addresses', () => {
  const servers = inject('servers');
  let api: TestApi;
  let acme: TestTenant;
  let globex: TestTenant;
  let adminUrl: string;
  /** Two ways to Temporal's HTTP API; the deployment reserves the first. */
  let [reserved, open]: Alias[] = [];

  beforeAll(async () => {
    [reserved, open] = [await aliasOf(servers.temporalHttpUrl), await aliasOf(servers.temporalHttpUrl)];
    const webDist = mkdtempSync(join(tmpdir(), 'interlock-web-'));
    writeFileSync(join(webDist, 'index.html'), '<!doctype html>');
    const own = await createOwnDatabase();
    adminUrl = own.adminUrl;
    api = await startTestApi({
      databaseUrl: own.databaseUrl,
      reconcile: true,
      webDist,
      env: {
        INTERLOCK_RESERVED_HOSTS: `${new URL(servers.temporalHttpUrl).host}, ${reserved!.host}`,
        INTERLOCK_WEBHOOK_RETRY_SECONDS: '0',
      },
    });
    [acme, globex] = [await api.tenant(), await api.tenant()];
  });
  afterAll(async () => {
    await api?.close();
    await Promise.all([reserved?.close(), open?.close()]);
  });

  const ours = () => ({
    'the HTTP API of Temporal': new URL(servers.temporalHttpUrl).host,
    'the gRPC front end of Temporal': servers.temporalAddress,
    'Temporal Web': new URL(servers.temporalUiUrl).host,
    PostgreSQL: new URL(adminUrl).host,
    'our own API': new URL(api.url).host,
    'another address of Temporal': reserved!.host,
  });
  const port = (host: string) => host.split(':')[1];
  /** As the settings were before they were checked. */
  const list = (...hosts: string[]) =>
    api.services.db.tenant(acme.id, (connection) => writePrivateHosts(connection, hosts));
  const inputSchema = { type: 'object', properties: { workflowId: { type: 'string' } } };
  let tools = 0;
  const call = async (definition: Record<string, unknown>, payload: Record<string, unknown> = {}) => {
    const tool = await acme.as.tool_admin('POST', '/api/tools', {
      name: `attack_${tools++}`,
      type: 'http',
      retry: { maxAttempts: 1 },
      inputSchema,
      ...definition,
    });
    expect(tool.status, JSON.stringify(tool.body)).toBe(201);
    return acme.as.operator('POST', `/api/tools/${tool.body.id}/execute`, { payload });
  };

  test('the settings refuse every server of the deployment, under each of its names', async () => {
    for (const [what, host] of Object.entries(ours())) {
      const names = ['127.0.0.1', 'localhost', '0.0.0.0', '127.1.2.3', '[::1]', '[::ffff:127.0.0.1]'];
      const privateHosts = [...names.map((name) => `${name}:${port(host)}`), open!.host];
      const { status, body } = await acme.as.tenant_admin('PUT', '/api/settings/egress', { privateHosts });
      expect([status, body.error.code], what).toEqual([422, 'invalid_input']);
      expect(body.error.issues.map((issue: { path: string }) => issue.path)).toEqual(
        names.map((_, index) => `/privateHosts/${index}`),
      );
      for (const issue of body.error.issues)
        expect(issue).toMatchObject({
          keyword: 'reserved',
          message: expect.stringContaining('belongs to Interlock itself'),
        });
    }
    expect((await acme.as.viewer('GET', '/api/settings/egress')).body).toMatchObject({ privateHosts: [] });
  });

  test('a call to a server of the deployment is denied, even where the settings already list it', async () => {
    for (const [what, host] of Object.entries(ours())) {
      await list(host, `localhost:${port(host)}`);
      for (const url of [`http://${host}/`, `http://localhost:${port(host)}/`]) {
        const { status, body } = await call({ config: { method: 'GET', url } });
        expect([status, body.failure?.code], what).toEqual([403, 'denied']);
        expect(body.failure.message).toContain('belongs to Interlock itself');
      }
    }
  });

  test('no tool ends a run of another tenant through Temporal, and no connection is made', async () => {
    const playbook = await publishPlaybook(globex.as.tool_admin, {
      name: 'theirs',
      steps: [{ id: 'wait', type: 'manual', title: 'Wait', assignee: { role: 'operator' } }],
    });
    const runId = await startRun(globex.as.operator, playbook);
    await stepWhen(globex.as.operator, runId, 'wait', 'waiting');
    const { body: run } = await globex.as.operator('GET', `/api/playbook-runs/${runId}`);
    await list(reserved!.host, open!.host);
    const path = '/api/v1/namespaces/default/workflows';
    const { workflowId } = run;
    const { body } = await call(
      { config: { method: 'POST', url: `http://${reserved!.host}${path}/{workflowId}/terminate`, body: {} } },
      { workflowId },
    );
    expect(body.failure.code).toBe('denied');
    expect(reserved!.connections).toBe(0);
    // The same server where the deployment does not reserve it: the refusal is what stopped the call.
    const seen = await call(
      { config: { method: 'GET', url: `http://${open!.host}${path}/{workflowId}`, responseType: 'json' } },
      { workflowId },
    );
    expect(JSON.stringify(seen.body.output)).toContain('WORKFLOW_EXECUTION_STATUS_RUNNING');
    expect(open!.connections).toBe(1);
  });

  test('neither the token of a tool nor a webhook is fetched from a server of the deployment', async () => {
    const provider = await startProvider((_request, response) => response.writeHead(204).end());
    await list(provider.host, reserved!.host);
    const { body } = await call({
      auth: {
        type: 'oauth2_client_credentials',
        tokenUrl: `http://${reserved!.host}/token`,
        clientId: 'id',
        clientSecret: 'secret',
      },
      config: { method: 'GET', url: provider.url },
    });
    expect(body.failure.code).toBe('denied');

    const url = `http://${reserved!.host}/hook`;
    const refused = await acme.as.tenant_admin('POST', '/api/webhooks', { url });
    expect([refused.status, refused.body.error.issues?.[0].path]).toEqual([422, '/url']);
    const made = await acme.as.tenant_admin('POST', '/api/webhooks', {
      url: provider.url,
      eventTypes: ['ConnectorCreated'],
    });
    expect(made.status).toBe(201);
    const admin = await connectTo(adminUrl);
    await admin.query('UPDATE webhook_endpoint SET url = $1', [url]);
    await admin.end();
    const connector = { name: 'pay', baseUrl: 'https://pay.example' };
    expect((await acme.as.tool_admin('POST', '/api/connectors', connector)).status).toBe(201);
    await eventually(
      async () => {
        const { body: list } = await acme.as.tenant_admin('GET', `/api/webhooks/${made.body.id}/deliveries`);
        expect(JSON.stringify(list)).toContain('belongs to Interlock itself');
        return true;
      },
      { timeoutMs: 80_000 },
    );
    expect([reserved!.connections, provider.requests]).toEqual([0, []]);
    await provider.close();
  }, 100_000);
});
