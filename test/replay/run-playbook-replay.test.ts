import { Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { beginTask } from '../../shared/playbooks/db/playbook-tasks.ts';
import { runWorkflowId } from '../../shared/playbooks/playbook-contract.ts';
import { eventually } from '../support/eventually.ts';
import { complete, publishPlaybook, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';
import { bundleChanged } from './changed-workflows.ts';
import { fileOf, readHistory, replay, savedHistories } from './histories.ts';
import { runScenarios } from './run-playbook-scenarios.ts';

const fileNamed = (name: string) => fileOf('run-playbook-workflow', name);
const continuedFile = fileNamed('continued as new');

describe('a new history of a run', () => {
  let api: TestApi;
  let acme: TestTenant;
  let provider: ProviderServer;

  beforeAll(async () => {
    provider = await startProvider((request, response) => {
      if (request.url === '/vanish') return response.destroy();
      return sendJson(response, request.url === '/fail' ? 422 : 200, { ok: true });
    });
    api = await startTestApi({ env: { INTERLOCK_RUN_HISTORY_LIMIT: '60' } });
    acme = await api.tenant({ privateHosts: [provider.host] });
    for (const [name, method] of [
      ['post', 'POST'],
      ['fail', 'POST'],
      ['vanish', 'POST'],
      ['look', 'GET'],
    ]) {
      await acme.as.tool_admin('POST', '/api/tools', {
        name,
        type: 'http',
        retry: { maxAttempts: 1 },
        config: { method, url: `${provider.url}/${name}` },
      });
    }
  });
  afterAll(async () => {
    await api?.close();
    await provider?.close();
  });

  const handleOf = (playbookName: string, id: string) =>
    api.services.temporal.client.workflow.getHandle(runWorkflowId({ playbookName, id }));

  test.each(Object.entries(runScenarios))('a new history replays: %s', async (name, scenario) => {
    const run = await scenario({
      acme,
      signal: (playbook, runId, signal, ...args) => handleOf(playbook, runId).signal(signal, ...args),
      lose: (runId, task) =>
        api.services.db.tenant(acme.id, async (connection) => {
          for (const worker of ['lost first', 'lost second'])
            await beginTask(connection, { runId, task, worker });
        }),
    });
    const handle = handleOf(run.name, run.runId);
    await eventually(async () => (await handle.describe()).status.name !== 'RUNNING');
    await replay(handle, fileNamed(name));
  });

  test('both parts of a run that continued as new replay', async () => {
    const id = await publishPlaybook(acme.as.tool_admin, {
      name: 'continued',
      steps: Array.from({ length: 6 }, (_, n) => ({ id: `s${n}`, type: 'manual', title: `S ${n}` })),
    });
    const runId = await startRun(acme.as.operator, id);
    const first = await handleOf('continued', runId).describe();
    for (let n = 0; n < 6; n++) {
      await stepWhen(acme.as.operator, runId, `s${n}`, 'waiting');
      await complete(acme.as.operator, runId, `s${n}`);
    }
    const { client } = api.services.temporal;
    const of = (temporalRunId?: string) => client.workflow.getHandle(first.workflowId, temporalRunId);
    await eventually(async () => (await of().describe()).status.name === 'COMPLETED');
    expect((await of(first.runId).describe()).status.name).toBe('CONTINUED_AS_NEW');
    await replay(of(first.runId), continuedFile);
    await replay(of(), fileNamed('continued from before'));
  });
});

describe('the saved histories of runs', () => {
  test('every path has a saved history', () => {
    const names = [...Object.keys(runScenarios).map(fileNamed), continuedFile];
    const saved = savedHistories();
    expect(saved).toEqual(expect.arrayContaining(names));
  });

  test('a saved history does not replay on a reordered workflow', async () => {
    const bundle = await bundleChanged('playbook-run.ts', (code) =>
      code.replace(
        'await condition(() => !this.paused);',
        "await sleep('1s');\n    await condition(() => !this.paused);",
      ),
    );
    const history = readHistory(fileNamed('manual, tool and notify'));
    await expect(Worker.runReplayHistory({ workflowBundle: bundle }, history)).rejects.toThrow(
      DeterminismViolationError,
    );
  });
});
