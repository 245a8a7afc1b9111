import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { bundleWorkflowCode, DefaultLogger, Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { workflowBundle } from '../../worker/workflow-bundle.ts';
import { eventually } from '../support/eventually.ts';
import { type ExecutionStack, startExecutionStack } from '../support/execution-stack.ts';
import { type ProviderServer, startProvider } from '../support/provider-server.ts';
import { scenarios, scriptedAnswer } from './scenarios.ts';

const folder = join(import.meta.dirname, 'histories');
const fileOf = (name: string) => join(folder, `execute-tool-workflow.${name.replaceAll(' ', '-')}.json`);
const saved = readdirSync(folder).filter((file) => file.endsWith('.json'));

/** `RECORD_HISTORIES=1` saves new ones: do it when a path is added, never to make a failing replay pass. */
const record = process.env.RECORD_HISTORIES === '1';

/** Where it was recorded says nothing about what happened. */
function withoutMachine(key: string, value: unknown): unknown {
  if (key === 'stackTrace') return undefined;
  // Worker ids, also where they begin the name of a sticky queue: host/pid/random.
  return typeof value === 'string' ? value.replace(/^[\w.-]+\/\d+\/[0-9a-f]{8}/, 'worker') : value;
}

describe('histories of today', () => {
  let stack: ExecutionStack;
  let provider: ProviderServer;

  beforeAll(async () => {
    stack = await startExecutionStack();
    provider = await startProvider(scriptedAnswer(() => provider));
    await stack.allowHosts(provider.host, '127.0.0.1:9');
  });
  afterAll(async () => {
    await stack?.close();
    await provider?.close();
  });

  test.each(Object.entries(scenarios))('%s: replays', async (name, scenario) => {
    const workflowId = await scenario(stack, provider.url);
    const handle = stack.temporal.client.workflow.getHandle(workflowId);
    await eventually(async () => (await handle.describe()).status.name !== 'RUNNING');
    const history = JSON.parse(historyToJSON(await handle.fetchHistory()));
    await Worker.runReplayHistory({ workflowBundle: await workflowBundle() }, history, workflowId);
    if (record) writeFileSync(fileOf(name), `${JSON.stringify(history, withoutMachine, 1)}\n`);
  });
});

describe('saved histories', () => {
  test('there is one for every path', () => {
    const names = Object.keys(scenarios).map((name) => fileOf(name).slice(folder.length + 1));
    expect(saved).toEqual(expect.arrayContaining(names));
  });

  test.each(saved)('%s replays on the code of today', async (file) => {
    const history = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    await Worker.runReplayHistory({ workflowBundle: await workflowBundle() }, history, file);
  });

  test('a reordering of the workflow is caught', async () => {
    const folderOfCode = join(import.meta.dirname, '../../worker/workflows');
    const code = readFileSync(join(folderOfCode, 'execute-tool-workflow.ts'), 'utf8');
    const reordered = code.replace(
      'let report: AttemptReport;',
      "let report: AttemptReport;\n  await sleep('1s');",
    );
    expect(reordered).not.toBe(code);
    // Beside the original, so that its imports resolve.
    const copy = join(folderOfCode, `.reordered-${process.pid}.ts`);
    writeFileSync(copy, reordered);
    const bundle = await bundleWorkflowCode({
      workflowsPath: copy,
      logger: new DefaultLogger('ERROR'),
    }).finally(() => rmSync(copy));
    const history = JSON.parse(readFileSync(fileOf('succeeds at the third attempt'), 'utf8'));
    await expect(Worker.runReplayHistory({ workflowBundle: bundle }, history)).rejects.toThrow(
      DeterminismViolationError,
    );
  });
});
