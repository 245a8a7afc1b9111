import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readTail, tailNow } from '../../shared/events/db/events.ts';
import type { Loop } from '../../shared/platform/server/loop.ts';
import { startWebhooks } from '../../shared/webhooks/server/start-webhooks.ts';
import { eventually } from '../support/eventually.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { type ProviderServer, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi } from '../support/test-api.ts';

/** Any open transaction of the database delays the event log, and other tests open some. */
const patience = { timeoutMs: 45_000 };

describe('webhooks while no endpoint listens', () => {
  let api: TestApi;
  let hook: ProviderServer;
  let webhooks: Loop;
  let looks = 0;
  beforeAll(async () => {
    const { databaseUrl } = await createOwnDatabase();
    hook = await startProvider((_request, response) => response.writeHead(204).end());
    api = await startTestApi({ databaseUrl, worker: false });
    const { db } = api.services;
    const system: typeof db.system = async (work) => {
      const result = await db.system(work);
      looks++;
      return result;
    };
    webhooks = startWebhooks({ ...api.services, db: { ...db, system } });
  });
  afterAll(async () => {
    await webhooks?.stop();
    await api?.close();
    await hook?.close();
  });

  test('an endpoint that is enabled again gets what happens from then on, and nothing from before', async () => {
    const acme = await api.tenant({ privateHosts: [hook.host] });
    const admin = acme.as.tenant_admin;
    const createTool = (name: string) => acme.as.tool_admin('POST', '/api/tools', { name, type: 'dummy' });
    const received = () => hook.requests.map((each) => JSON.parse(each.body).data.name);
    const { body } = await admin('POST', '/api/webhooks', { url: hook.url, eventTypes: ['ToolCreated'] });
    await createTool('heard');
    await eventually(() => received().includes('heard'), patience);
    expect((await admin('PUT', `/api/webhooks/${body.id}`, { enabled: false })).status).toBe(200);
    const position = await api.services.db.system(tailNow);
    await createTool('unheard');
    await eventually(async () => {
      const { events } = await api.services.db.system((connection) =>
        readTail(connection, position, { tenantIds: [acme.id], limit: 100 }),
      );
      return events.some(({ data }) => data.name === 'unheard');
    }, patience);
    const before = looks;
    // The first of these may have begun earlier.
    await eventually(() => looks > before + 1);
    expect((await admin('PUT', `/api/webhooks/${body.id}`, { enabled: true })).status).toBe(200);
    await createTool('heard_again');
    await eventually(() => received().includes('heard_again'), patience);
    expect(received()).toEqual(['heard', 'heard_again']);
  });
});
