import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, test } from 'vitest';
import { runWorkflowId } from '../../shared/playbooks/playbook-contract.ts';
import type { ExecutionWorkerOptions } from '../../worker/start-worker.ts';
import { bundleChanged } from '../replay/changed-workflows.ts';
import { eventually } from '../support/eventually.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { complete, publishPlaybook, runWhen, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type Call, startTestApi, type TestApi } from '../support/test-api.ts';

describe('workflow code that changed without `patched()`', () => {
  let databaseUrl: string;
  let changed: ExecutionWorkerOptions['workflowBundle'];

  beforeAll(async () => {
    [{ databaseUrl }, changed] = await Promise.all([
      createOwnDatabase(),
      bundleChanged('run-playbook-workflow.ts', (code) =>
        code
          .replace('  patched,\n', '  patched,\n  sleep,\n')
          .replace('await run.load();', "await sleep('10 milliseconds');\n    await run.load();"),
      ),
    ]);
  });

  const looks = { name: 'looks', steps: [{ id: 'look', type: 'manual', title: 'Look' }] };

  async function waitingRun(operator: Call): Promise<string> {
    const runId = await startRun(operator, 'looks');
    await stepWhen(operator, runId, 'look', 'waiting');
    return runId;
  }

  const failing = async (api: TestApi) =>
    /^interlock_stalled_workflows (\d+)$/m.exec((await api.call(null)('GET', '/metrics')).body)?.[1];

  test.concurrent('a run that it stops says so, and so do readiness and metrics, until a worker with the code of that time goes on', async () => {
    const old = await startTestApi({ databaseUrl });
    const env = { INTERLOCK_TASK_QUEUE: old.taskQueue };
    const acme = await old.tenant();
    await publishPlaybook(acme.as.tool_admin, looks);
    const runId = await waitingRun(acme.as.operator);
    await old.close();

    const next = await startTestApi({ databaseUrl, env, reconcile: true, workflowBundle: changed });
    const call = next.call(acme.keys.operator);
    try {
      const completion = complete(call, runId, 'look');
      const { stalled } = await runWhen(call, runId, (run) => run.stalled !== null, 60_000);
      expect(stalled).toEqual({
        since: expect.any(String),
        reason: expect.stringContaining('began with other workflow code'),
      });
      const ready = await next.call(null)('GET', '/readyz');
      expect([ready.status, ready.body]).toEqual([
        200,
        { status: 'degraded', parts: expect.any(Object), stalledWorkflows: 1 },
      ]);
      expect(await failing(next)).toBe('1');
      expect((await completion).body.error).toMatchObject({
        code: 'unavailable',
        message: expect.stringContaining('began with other workflow code'),
      });
    } finally {
      await next.close();
    }

    const restored = await startTestApi({ databaseUrl, env, reconcile: true });
    const again = restored.call(acme.keys.operator);
    try {
      await eventually(async () => (await complete(again, runId, 'look')).status === 200);
      await runWhen(again, runId, (run) => run.status === 'completed' && run.stalled === null);
      await eventually(async () => (await restored.call(null)('GET', '/readyz')).body.status === 'ready');
      expect(await failing(restored)).toBe('0');
    } finally {
      await restored.close();
    }
  }, 180_000);

  test.concurrent('with versioned workers a run stays with the code that it began with, and new runs get the new code', async () => {
    const deploymentName = `test-${uuidv7()}`;
    const env = {
      INTERLOCK_WORKER_DEPLOYMENT: deploymentName,
      INTERLOCK_TASK_QUEUE: `test-${uuidv7()}`,
    };
    const apis: TestApi[] = [];
    const start = async (options: Parameters<typeof startTestApi>[0]) => {
      const api = await startTestApi({ databaseUrl, env, ...options });
      apis.push(api);
      return api;
    };
    try {
      const old = await start({});
      const { client } = old.services.temporal;
      const { namespace } = client.options;
      const describeDeployment = async () =>
        (await client.workflowService.describeWorkerDeployment({ namespace, deploymentName }))
          .workerDeploymentInfo;
      const first = await eventually(
        async () =>
          (await describeDeployment())?.routingConfig?.currentDeploymentVersion?.buildId || undefined,
      );
      const acme = await old.tenant();
      await publishPlaybook(acme.as.tool_admin, looks);
      const { operator } = acme.as;
      const runId = await waitingRun(acme.as.operator);

      const next = await start({ workflowBundle: changed });
      const second = await eventually(async () => {
        const versions = (await describeDeployment())?.versionSummaries;
        const builds = versions?.map((each) => each.deploymentVersion?.buildId);
        return builds?.find((build) => build && build !== first);
      });
      await client.workflowService.setWorkerDeploymentCurrentVersion({
        namespace,
        deploymentName,
        buildId: second,
      });
      expect((await complete(operator, runId, 'look')).status).toBe(200);
      await runWhen(operator, runId, (run) => run.status === 'completed' && run.stalled === null);

      const buildOf = async (id: string) => {
        const handle = client.workflow.getHandle(runWorkflowId({ playbookName: 'looks', id }));
        const { raw } = await handle.describe();
        return raw.workflowExecutionInfo?.versioningInfo?.deploymentVersion?.buildId;
      };
      expect(await buildOf(runId)).toBe(first);
      const newRun = await waitingRun(next.call(acme.keys.operator));
      expect(await buildOf(newRun)).toBe(second);
    } finally {
      for (const api of apis) await api.close();
    }
  }, 180_000);
});
