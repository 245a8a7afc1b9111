import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type ExecutionStack, startExecutionStack } from '../support/execution-stack.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';

/** Longer than the worker needs to learn that Temporal has given its activity up. */
const responseMs = 4500;

let stack: ExecutionStack;
let provider: ProviderServer;

beforeAll(async () => {
  stack = await startExecutionStack();
  provider = await startProvider((_request, response) => {
    setTimeout(() => sendJson(response, 201, { done: true }), responseMs);
  });
  await stack.allowHosts(provider.host);
});
afterAll(async () => {
  await stack?.close();
  await provider?.close();
});

test('a call in progress goes on when Temporal has given up its activity, as after an outage of Temporal', async () => {
  const tool = await stack.createTool({
    name: 'act',
    type: 'http',
    timeoutMs: 20_000,
    config: { method: 'POST', url: provider.url },
  });
  const { id, workflowId } = await stack.execute(tool, {}, { waitMs: 0 });
  await eventually(() => provider.requests.length === 1);
  const { client } = stack.temporal;
  const pending = async () => {
    const { raw } = await client.workflow.getHandle(workflowId).describe();
    return raw.pendingActivities?.[0];
  };
  const { activityId } = (await pending())!;
  // What a heartbeat timeout does while Temporal or the network is away.
  await client.workflowService.respondActivityTaskFailedById({
    namespace: client.options.namespace,
    workflowId,
    activityId: activityId!,
    failure: { message: 'heartbeat timeout', applicationFailureInfo: { type: 'timeout' } },
  });
  await eventually(async () => (await pending())?.attempt === 2);
  await eventually(async () => (await stack.read(id)).completedAt !== null);
  expect(await stack.read(id)).toMatchObject({
    status: 'succeeded',
    output: { done: true },
    attempts: [{ number: 1, status: 'succeeded' }],
  });
  expect(provider.requests).toHaveLength(1);
  await client.workflow.getHandle(workflowId).result();
});
