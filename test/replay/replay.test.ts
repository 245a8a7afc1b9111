import { Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { workflowBundle } from '../../worker/workflow-bundle.ts';
import { eventually } from '../support/eventually.ts';
import { type ExecutionStack, startExecutionStack } from '../support/execution-stack.ts';
import { type ProviderServer, startProvider } from '../support/provider-server.ts';
import { bundleChanged } from './changed-workflows.ts';
import { fileOf, readHistory, replay, savedHistories } from './histories.ts';
import { scenarios, scriptedResponse } from './scenarios.ts';

const fileNamed = (name: string) => fileOf('execute-tool-workflow', name);
const saved = savedHistories();

describe('a new history of an execution', () => {
  let stack: ExecutionStack;
  let provider: ProviderServer;

  beforeAll(async () => {
    stack = await startExecutionStack();
    provider = await startProvider(scriptedResponse(() => provider));
    await stack.allowHosts(provider.host, '127.0.0.1:9');
  });
  afterAll(async () => {
    await stack?.close();
    await provider?.close();
  });

  test.each(Object.entries(scenarios))('a new history replays: %s', async (name, scenario) => {
    const workflowId = await scenario(stack, provider.url);
    const handle = stack.temporal.client.workflow.getHandle(workflowId);
    await eventually(async () => (await handle.describe()).status.name !== 'RUNNING');
    await replay(handle, fileNamed(name));
  });
});

describe('the saved histories of executions', () => {
  test('every path has a saved history', () => {
    const names = Object.keys(scenarios).map(fileNamed);
    expect(saved).toEqual(expect.arrayContaining(names));
  });

  test.each(saved)('the saved history %s replays', async (file) => {
    await Worker.runReplayHistory({ workflowBundle: await workflowBundle() }, readHistory(file), file);
  });

  test('a saved history does not replay on a reordered workflow', async () => {
    const bundle = await bundleChanged('execute-tool-workflow.ts', (code) =>
      code.replace('let report: AttemptReport;', "let report: AttemptReport;\n  await sleep('1s');"),
    );
    const history = readHistory(fileNamed('succeeds at the third attempt'));
    await expect(Worker.runReplayHistory({ workflowBundle: bundle }, history)).rejects.toThrow(
      DeterminismViolationError,
    );
  });
});
