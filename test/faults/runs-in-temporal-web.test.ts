import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { executionWorkflowId } from '../../shared/executions/execution-contract.ts';
import { runWorkflowId } from '../../shared/playbooks/playbook-contract.ts';
import { eventually } from '../support/eventually.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { complete, publishPlaybook, runWhen, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { type Call, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

/** Does with Temporal's client what an operator does in Temporal Web. */
describe('an operator in Temporal Web', () => {
  let api: TestApi;
  let acme: TestTenant;
  let operator: Call;
  let provider: ProviderServer;
  let delayMs = 0;

  beforeAll(async () => {
    provider = await startProvider((_request, response) =>
      setTimeout(() => sendJson(response, 200, { ok: true }), delayMs),
    );
    const { databaseUrl } = await createOwnDatabase();
    api = await startTestApi({ databaseUrl, reconcile: true });
    acme = await api.tenant({ privateHosts: [provider.host] });
    operator = acme.as.operator;
    await acme.as.tool_admin('POST', '/api/tools', {
      name: 'act',
      type: 'http',
      timeoutMs: 8000,
      config: { method: 'POST', url: provider.url },
    });
    await publishPlaybook(acme.as.tool_admin, {
      name: 'inner',
      directCompletion: true,
      steps: [{ id: 'look', type: 'manual', title: 'Look' }],
    });
    await publishPlaybook(acme.as.tool_admin, {
      name: 'outer',
      steps: [{ id: 'sub', type: 'playbook', title: 'Sub', playbook: 'inner', onFailure: 'skip' }],
    });
    await publishPlaybook(acme.as.tool_admin, {
      name: 'acts',
      steps: [
        { id: 'call', type: 'call_tool', title: 'Call', tool: 'act' },
        { id: 'after', type: 'manual', title: 'After' },
      ],
    });
  });
  afterAll(async () => {
    await api?.close();
    await provider?.close();
  });

  const getHandle = (id: string) => api.services.temporal.client.workflow.getHandle(id);
  const handleOf = (playbookName: string, id: string) => getHandle(runWorkflowId({ playbookName, id }));
  const waitingAt = async (name: string, stepId: string) => {
    const runId = await startRun(operator, name);
    await stepWhen(operator, runId, stepId, 'waiting');
    return runId;
  };

  test('a run is found by its search attributes, and shows who has to act at which step', async () => {
    const { body } = await operator('POST', '/api/exceptions', { title: 'Looked for' });
    const runId = await startRun(operator, 'acts', { exceptionId: body.id });
    await stepWhen(operator, runId, 'call', 'waiting');
    const { client } = api.services.temporal;
    const found = await eventually(async () => {
      const query = `ExceptionId = '${body.id}' AND StepId = 'call' AND TenantId = '${acme.id}' AND ExecutionStatus = 'Running'`;
      for await (const { workflowId } of client.workflow.list({ query })) return workflowId;
      throw new Error('Not listed yet');
    });
    expect(found).toBe(runWorkflowId({ playbookName: 'acts', id: runId }));
    const { userMetadata } = (await handleOf('acts', runId).describe()).raw.executionConfig ?? {};
    expect(userMetadata?.summary).toBeTruthy();
    await operator('POST', `/api/playbook-runs/${runId}/steps/call/claim`, {});
    const details = await eventually(async () => {
      const metadata = (await handleOf('acts', runId).query('__temporal_workflow_metadata')) as {
        currentDetails?: string;
      };
      return metadata.currentDetails?.includes('operator key') && metadata.currentDetails;
    });
    expect(details).toMatch(
      /^Waiting for operator key since .+ UTC · step 1 of 2 Call · \[open\]\(http.+step=call\)$/,
    );
  });

  test('a run that is terminated in Temporal Web is cancelled within seconds, with its sub-playbook', async () => {
    const runId = await startRun(operator, 'outer');
    const { childRunId } = await stepWhen(operator, runId, 'sub', 'running');
    await stepWhen(operator, childRunId, 'look', 'waiting');
    await handleOf('outer', runId).terminate('a mistake');
    const run = await runWhen(operator, runId, (each) => each.status === 'cancelled');
    expect(run.reason).toBe('Terminated in Temporal.');
    expect(run.steps[0].status).toBe('skipped');
    await runWhen(operator, childRunId, (each) => each.status === 'cancelled');
    expect((await complete(operator, childRunId, 'look')).status).toBe(409);
  });

  test('the parent of a terminated sub-playbook continues as `onFailure` of the step says', async () => {
    const runId = await startRun(operator, 'outer');
    const { childRunId } = await stepWhen(operator, runId, 'sub', 'running');
    await stepWhen(operator, childRunId, 'look', 'waiting');
    await handleOf('inner', childRunId).terminate();
    const run = await runWhen(operator, runId, (each) => each.status === 'completed');
    expect(run.steps[0]).toMatchObject({ status: 'skipped', reason: 'Terminated in Temporal.' });
  });

  test('the call of a run that is terminated is recorded and not made again', async () => {
    delayMs = 1500;
    const before = provider.requests.length;
    const runId = await waitingAt('acts', 'call');
    await complete(operator, runId, 'call');
    await eventually(() => provider.requests.length === before + 1);
    await handleOf('acts', runId).terminate();
    const run = await runWhen(operator, runId, (each) => each.status === 'cancelled');
    const [executionId] = run.steps[0].executionIds;
    const execution = await eventually(async () => {
      const { body } = await operator('GET', `/api/tools/executions/${executionId}`);
      return body.completedAt !== null && body;
    });
    expect(execution.status).toBe('succeeded');
    expect(provider.requests.length).toBe(before + 1);
    delayMs = 0;
  });

  test('a step whose tool workflow is terminated has an unknown outcome', async () => {
    delayMs = 3000;
    const runId = await waitingAt('acts', 'call');
    const before = provider.requests.length;
    await complete(operator, runId, 'call');
    await eventually(() => provider.requests.length === before + 1);
    const { executionIds } = await stepWhen(operator, runId, 'call', 'running');
    await getHandle(executionWorkflowId({ toolName: 'act', id: executionIds[0] })).terminate();
    const step = await stepWhen(operator, runId, 'call', 'outcome_unknown');
    expect(step.failure.message).toMatch(/^Terminated in Temporal/);
    delayMs = 0;
  });

  test('a run that is cancelled in Temporal Web skips its open steps', async () => {
    const runId = await waitingAt('acts', 'call');
    await handleOf('acts', runId).cancel();
    const run = await runWhen(operator, runId, (each) => each.status === 'cancelled');
    expect(run.steps.map((step: { status: string }) => step.status)).toEqual(['skipped', 'skipped']);
    await eventually(async () => (await handleOf('acts', runId).describe()).status.name === 'CANCELLED');
  });

  test('an update pauses and resumes a run and completes a step', async () => {
    const runId = await waitingAt('inner', 'look');
    const handle = handleOf('inner', runId);
    await handle.executeUpdate('pauseRun', { args: [{ by: 'Olga', reason: 'incident' }] });
    await runWhen(operator, runId, (each) => each.paused?.by === 'Olga' && each.paused.reason === 'incident');
    await expect(handle.executeUpdate('completeStep', { args: [{ stepId: 'look' }] })).rejects.toThrow();
    await handle.executeUpdate('resumeRun');
    expect(await handle.executeUpdate('completeStep', { args: [{ stepId: 'look' }] })).toEqual({
      stepId: 'look',
      status: 'completed',
    });
    await runWhen(operator, runId, (each) => each.status === 'completed');
  });

  test('a run that is reset to its beginning keeps its completed steps, and calls no tool twice', async () => {
    const before = provider.requests.length;
    const runId = await waitingAt('acts', 'call');
    await complete(operator, runId, 'call');
    await stepWhen(operator, runId, 'after', 'waiting');
    const workflowId = runWorkflowId({ playbookName: 'acts', id: runId });
    const { client } = api.services.temporal;
    await client.workflowService.resetWorkflowExecution({
      namespace: client.options.namespace,
      workflowExecution: { workflowId },
      // The type is a Long of a package that we do not depend on.
      workflowTaskFinishEventId: 4 as never,
      requestId: runId,
      reason: 'once more',
    });
    await eventually(async () => [200, 409].includes((await complete(operator, runId, 'after')).status));
    await runWhen(operator, runId, (each) => each.status === 'completed');
    expect(provider.requests.length).toBe(before + 1);
    await eventually(async () => (await getHandle(workflowId).describe()).status.name === 'COMPLETED');
  });
});
