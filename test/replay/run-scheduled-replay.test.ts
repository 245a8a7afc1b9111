import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';
import { fileOf, replay, savedHistories } from './histories.ts';

const long = { timeoutMs: 60_000, everyMs: 100 };

describe('the history of a fire of a schedule', () => {
  let api: TestApi;
  let acme: TestTenant;
  let provider: ProviderServer;
  let held: Promise<void> | null = null;

  beforeAll(async () => {
    provider = await startProvider(async (_request, response) => {
      await held;
      sendJson(response, 200, {});
    });
    // The sweep looks at the schedules of every tenant.
    const { databaseUrl } = await createOwnDatabase();
    api = await startTestApi({ databaseUrl, reconcile: true });
    acme = await api.tenant({ privateHosts: [provider.host] });
    const config = { method: 'POST', url: provider.url };
    await acme.as.tenant_admin('POST', '/api/tools', { name: 'act', type: 'http', idempotent: true, config });
  });
  afterAll(async () => {
    await api?.close();
    await provider?.close();
  });

  const create = async (cron: string) => {
    const { status, body } = await acme.as.operator('POST', '/api/schedules', {
      target: { tool: 'act' },
      spec: { cron },
    });
    expect(status, JSON.stringify(body)).toBe(201);
    return body.id as string;
  };
  const runs = async (id: string) => (await acme.as.viewer('GET', `/api/schedules/${id}`)).body.runs;
  const workflow = (id: string) => api.services.temporal.client.workflow.getHandle(id);

  test('one of a time replays, and one is saved', { timeout: 120_000 }, async () => {
    // Comes each hour: once in the last minutes, and not while the test runs.
    const at = new Date(Math.floor(Date.now() / 60_000 - 2) * 60_000);
    const id = await create(`${at.getUTCMinutes()} * * * *`);
    const range = { from: at.toISOString(), to: at.toISOString() };
    await acme.as.operator('POST', `/api/schedules/${id}/backfill`, range);
    await eventually(async () => (await runs(id))[0]?.status === 'succeeded', long);
    await replayed(`scheduled-${id}-${at.toISOString().replace('.000', '')}`, 'COMPLETED', 'succeeded');
  });

  test('one that is cancelled while what it has started runs replays, and one is saved', {
    timeout: 120_000,
  }, async () => {
    const gate = Promise.withResolvers<void>();
    held = gate.promise;
    const id = await create('0 3 1 1 *');
    const { body } = await acme.as.operator('POST', `/api/schedules/${id}/trigger`, {});
    const workflowId = `scheduled-${id}-run-${body.id}`;
    await eventually(async () => (await runs(id))[0].status === 'running', long);
    await eventually(
      async () => (await workflow(workflowId).describe()).raw.pendingActivities?.length === 0,
      long,
    );
    await workflow(workflowId).cancel();
    await eventually(async () => (await runs(id))[0].endedAt !== null, long);
    gate.resolve();
    await replayed(workflowId, 'CANCELLED', 'cancelled');
  });

  async function replayed(workflowId: string, status: string, name: string): Promise<void> {
    const handle = workflow(workflowId);
    await eventually(async () => (await handle.describe()).status.name === status, long);
    const file = fileOf('run-scheduled-workflow', name);
    await replay(handle, file);
    expect(savedHistories()).toContain(file);
  }
});
