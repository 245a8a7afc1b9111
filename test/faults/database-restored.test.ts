import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrate } from '../../shared/platform/db/migrate.ts';
import { runWorkflowId } from '../../shared/playbooks/playbook-contract.ts';
import { afterRestore } from '../support/after-restore.ts';
import { connectAdmin } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { complete, publishPlaybook, runWhen, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('a database that is restored from an older copy than Temporal', () => {
  const env = { INTERLOCK_TASK_QUEUE: `test-${randomUUID()}` };
  let provider: ProviderServer;
  let acme: TestTenant;
  let api: TestApi;
  const tools: Record<string, string> = {};

  beforeAll(async () => {
    provider = await startProvider((_request, response) => sendJson(response, 200, { ok: true }));
  });
  afterAll(async () => {
    await provider?.close();
  });

  const sentTo = (name: string) => provider.requests.filter((request) => request.url === `/${name}`).length;
  const as = () => api.call(acme.keys.operator);
  const execute = async (name: string): Promise<string> => {
    const { body } = await as()('POST', `/api/tools/${tools[name]}/execute`, { payload: {}, waitMs: 0 });
    expect(body.status).toBe('requested');
    return body.id;
  };
  const ended = (executionId: string) =>
    eventually(async () => {
      const { body } = await as()('GET', `/api/tools/executions/${executionId}`);
      return body.completedAt !== null && body;
    });

  async function withDatabase<T>(databaseUrl: string, worker: boolean, work: () => Promise<T>): Promise<T> {
    api = await startTestApi({ databaseUrl, env, worker, reconcile: worker });
    try {
      return await work();
    } finally {
      await api.close();
    }
  }

  async function copyOf(adminUrl: string): Promise<{ databaseUrl: string }> {
    const [name, copy] = [new URL(adminUrl).pathname.slice(1), `copy_${randomUUID().slice(0, 8)}`];
    const admin = await connectAdmin();
    // The backends of closed connections end a moment later.
    await eventually(() => admin.query(`CREATE DATABASE ${copy} TEMPLATE ${name}`));
    await admin.end();
    const url = new URL(adminUrl);
    url.pathname = `/${copy}`;
    return { databaseUrl: (await migrate(url.href)).appUrl };
  }

  test('what may have been sent after the copy is not sent again, and everything else goes on', async () => {
    const { databaseUrl, adminUrl } = await createOwnDatabase();
    const runs = await withDatabase(databaseUrl, true, async () => {
      acme = await api.tenant({ privateHosts: [provider.host] });
      for (const [name, method] of [
        ['pay', 'POST'],
        ['set', 'PUT'],
        ['refund', 'POST'],
      ] as const) {
        const { body } = await acme.as.tool_admin('POST', '/api/tools', {
          name,
          type: 'http',
          config: { method, url: `${provider.url}/${name}` },
        });
        tools[name] = body.id;
      }
      await publishPlaybook(acme.as.tool_admin, {
        name: 'refunds',
        steps: [{ id: 'call', type: 'call_tool', title: 'Call', tool: 'refund' }],
      });
      const started = [await startRun(as(), 'refunds'), await startRun(as(), 'refunds')] as const;
      for (const runId of started) await stepWhen(as(), runId, 'call', 'waiting');
      return started;
    });
    const [refunded, untouched] = runs;
    const [pay, set] = await withDatabase(databaseUrl, false, async () => [
      await execute('pay'),
      await execute('set'),
    ]);
    const copy = await copyOf(adminUrl);
    const later = await withDatabase(databaseUrl, true, async () => {
      await Promise.all([pay, set].map(ended));
      await complete(as(), refunded, 'call');
      const { steps } = await runWhen(as(), refunded, (run) => run.status === 'completed');
      const runId = await startRun(as(), 'refunds');
      await stepWhen(as(), runId, 'call', 'waiting');
      return { runId, executionId: steps[0].executionIds[0] };
    });
    expect(['pay', 'set', 'refund'].map(sentTo)).toEqual([1, 1, 1]);

    const report = await afterRestore('database', { ...env, DATABASE_URL: copy.databaseUrl });
    expect(report).toMatchObject({
      terminatedWorkflows: 2,
      unknownExecutions: [pay],
      startedExecutions: 1,
      startedRuns: 2,
      pausedRuns: [refunded],
      lostExecutions: [{ executionId: later.executionId, runId: refunded, tenantId: acme.id }],
    });

    // As after an interruption: what it found is found again.
    expect(await afterRestore('database', { ...env, DATABASE_URL: copy.databaseUrl })).toMatchObject({
      unknownExecutions: [],
      pausedRuns: [refunded],
      lostExecutions: [{ executionId: later.executionId }],
    });

    await withDatabase(copy.databaseUrl, true, async () => {
      expect(await ended(pay!)).toMatchObject({ failure: { code: 'outcome_unknown' } });
      expect(await ended(set!)).toMatchObject({ status: 'succeeded' });
      expect((await complete(as(), refunded, 'call')).status).toBe(409);
      const { paused } = await runWhen(as(), refunded, (run) => run.status === 'waiting');
      expect(paused.reason).toContain(later.executionId);
      await eventually(async () => (await complete(as(), untouched, 'call')).status === 200);
      await runWhen(as(), untouched, (run) => run.status === 'completed');
      const gone = api.services.temporal.client.workflow.getHandle(
        runWorkflowId({ playbookName: 'refunds', id: later.runId }),
      );
      expect((await gone.describe()).status.name).toBe('TERMINATED');
    });
    expect(['pay', 'set', 'refund'].map(sentTo)).toEqual([1, 2, 2]);
  }, 240_000);
});
