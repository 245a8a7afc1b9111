import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertExecution } from '../../shared/executions/db/executions-insert.ts';
import { executionWorkflowId } from '../../shared/executions/execution-contract.ts';
import { lookAtWorkflow } from '../../shared/platform/server/temporal/look-at-workflow.ts';
import {
  runPlaybookWorkflowName,
  runWorkflow,
  runWorkflowId,
} from '../../shared/playbooks/playbook-contract.ts';
import { endOrphans } from '../../worker/reconcile/end-orphans.ts';
import { connectTo } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { publishPlaybook, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('rows and workflows that disagree', () => {
  let api: TestApi;
  let admin: pg.Client;
  let ownUrl: string;
  let acme: TestTenant;
  let provider: ProviderServer;
  const tools: Record<string, string> = {};

  beforeAll(async () => {
    provider = await startProvider((_request, response) => sendJson(response, 200, { ok: true }));
    const { databaseUrl, adminUrl } = await createOwnDatabase();
    ownUrl = databaseUrl;
    admin = await connectTo(adminUrl);
    api = await startTestApi({ databaseUrl, reconcile: true });
    acme = await api.tenant({ privateHosts: [provider.host] });
    for (const method of ['POST', 'PUT']) {
      const name = method.toLowerCase();
      const { body } = await acme.as.tool_admin('POST', '/api/tools', {
        name,
        type: 'http',
        config: { method, url: `${provider.url}/${name}` },
      });
      tools[name] = body.id;
    }
    await publishPlaybook(acme.as.tool_admin, {
      name: 'looks',
      steps: [{ id: 'look', type: 'manual', title: 'Look' }],
    });
  });
  afterAll(async () => {
    await api?.close();
    await admin?.end();
    await provider?.close();
  });

  const handleOf = (workflowId: string) => api.services.temporal.client.workflow.getHandle(workflowId);
  const statusOf = async (workflowId: string) => (await handleOf(workflowId).describe()).status.name;
  const sentTo = (name: string) => provider.requests.filter((request) => request.url === `/${name}`).length;
  const ended = (executionId: string) =>
    eventually(async () => {
      const { body } = await acme.as.operator('GET', `/api/tools/executions/${executionId}`);
      return body.completedAt !== null && body;
    });

  async function waitingRun(): Promise<{ runId: string; stepRunId: string; workflowId: string }> {
    const runId = await startRun(acme.as.operator, 'looks');
    await stepWhen(acme.as.operator, runId, 'look', 'waiting');
    const { rows } = await admin.query('SELECT id FROM playbook_step_run WHERE run_id = $1', [runId]);
    return { runId, stepRunId: rows[0].id, workflowId: runWorkflowId({ playbookName: 'looks', id: runId }) };
  }

  /** What a worker leaves that dies before its run starts the workflow of the execution. */
  async function requestedByStep(stepRunId: string): Promise<string> {
    const id = uuidv7();
    await api.services.db.tenant(acme.id, (connection) =>
      insertExecution(connection, {
        id,
        stepRunId,
        tool: { id: tools.post!, name: 'post', title: 'post', version: 1 },
        toolState: { currentVersion: 1, trial: null },
        connector: null,
        actor: { type: 'user', id: 'ana', name: 'Ana' },
        exceptionId: null,
        input: {},
        inputSealed: null,
        previewDigest: null,
        redactionRevision: 0,
        idempotency: null,
        rerunOf: null,
        maxAttempts: 1,
        deadlineMs: 30_000,
        requestId: null,
        roles: null,
        policy: null,
        policyRevision: 0,
        limitsRevision: 0,
      }),
    );
    await admin.query("UPDATE tool_execution SET updated_at = now() - interval '1 minute' WHERE id = $1", [
      id,
    ]);
    return id;
  }

  test('the execution of a step that no one started is started', async () => {
    const before = sentTo('post');
    const { stepRunId } = await waitingRun();
    expect(await ended(await requestedByStep(stepRunId))).toMatchObject({ status: 'succeeded' });
    expect(sentTo('post')).toBe(before + 1);
  });

  test('the execution of a step that no one started is cancelled once its run has ended', async () => {
    const before = sentTo('post');
    const { runId, stepRunId } = await waitingRun();
    await acme.as.operator('POST', `/api/playbook-runs/${runId}/cancel`, { reason: 'enough' });
    expect(await ended(await requestedByStep(stepRunId))).toMatchObject({
      status: 'failed',
      failure: { code: 'cancelled' },
    });
    expect(sentTo('post')).toBe(before);
  });

  test('an execution that ended in Temporal and is open in an older database is not made again', async () => {
    for (const name of ['post', 'put']) {
      const { body } = await acme.as.operator('POST', `/api/tools/${tools[name]}/execute`, { payload: {} });
      const workflowId = executionWorkflowId({ toolName: name, id: body.id });
      await eventually(async () => (await statusOf(workflowId)) === 'COMPLETED');
      const before = sentTo(name);
      await admin.query(
        `WITH attempts AS (DELETE FROM execution_attempt WHERE execution_id = $1)
         UPDATE tool_execution SET status = 'requested', attempts = 0, completed_at = NULL, output_payload = NULL,
           created_at = now() - interval '1 minute', updated_at = now() - interval '1 minute' WHERE id = $1`,
        [body.id],
      );
      const code = name === 'post' ? 'outcome_unknown' : 'internal';
      expect(await ended(body.id)).toMatchObject({ failure: { code, retryable: name === 'put' } });
      expect(sentTo(name)).toBe(before);
    }
  });

  test('a workflow that is left open behind a row that has ended is terminated', async () => {
    const { runId, workflowId } = await waitingRun();
    await admin.query(
      "UPDATE playbook_run SET status = 'cancelled', completed_at = now() - interval '5 minutes' WHERE id = $1",
      [runId],
    );
    await eventually(async () => (await statusOf(workflowId)) === 'TERMINATED');
  });

  test('a workflow without a row is terminated when its tenant is known, and left alone otherwise', async () => {
    // No worker takes its tasks: one that finds no row would retry for a while.
    const idle = await startTestApi({ databaseUrl: ownUrl, worker: false });
    const startFor = async (tenantId: string, runId = uuidv7()) => {
      const run = { runId, playbookId: runId, playbookName: 'copy', playbookTitle: '', exceptionId: null };
      const options = runWorkflow({ tenantId, historyLimit: 1000 }, run);
      const { client } = idle.services.temporal;
      await client.workflow.start(runPlaybookWorkflowName, { ...options, taskQueue: idle.taskQueue });
      return options.workflowId;
    };
    const lost = await startFor(acme.id);
    const foreign = await startFor(uuidv7());
    const open = await startFor(acme.id, (await waitingRun()).runId);
    await eventually(async () => {
      await idle.services.db.system((connection) => endOrphans(idle.services, connection, null, 0));
      return (await statusOf(lost)) === 'TERMINATED';
    });
    expect(await Promise.all([foreign, open].map(statusOf))).toEqual(['RUNNING', 'RUNNING']);
    expect(await lookAtWorkflow(idle.services.temporal.client, open, -60_000)).toMatchObject({
      state: 'open',
      stalled: { cause: 'no_worker' },
    });
    await idle.close();
  });
});
