import type { ServerResponse } from 'node:http';
import { requireApproval } from '../support/approvals.ts';
import { eventually } from '../support/eventually.ts';
import type { ExecutionStack } from '../support/execution-stack.ts';
import { type ProviderServer, type ReceivedRequest, sendJson } from '../support/provider-server.ts';

/** Responds by the first segment of the path and the number of earlier requests. */
export function scriptedResponse(provider: () => ProviderServer) {
  return (request: ReceivedRequest, response: ServerResponse) => {
    const times = provider().requests.filter((each) => each.url === request.url).length;
    switch (request.url.split('?')[0]) {
      case '/ok':
        return sendJson(response, 200, { ok: true });
      case '/no':
        return sendJson(response, 404, { error: 'no such thing' });
      case '/flaky':
        return sendJson(response, times < 3 ? 503 : 200, { times });
      case '/busy':
        return sendJson(response, 503, {}, { 'retry-after': '30' });
      default:
        return undefined;
    }
  };
}

/** A scenario for every path through `executeToolWorkflow`, on real servers. @returns the workflow id */
export const scenarios: Record<string, (stack: ExecutionStack, url: string) => Promise<string>> = {
  'succeeds at once': (stack, url) => execute(stack, `${url}/ok`),
  'fails for good': (stack, url) => execute(stack, `${url}/no`),
  'succeeds at the third attempt': (stack, url) => execute(stack, `${url}/flaky`),
  'fails after every attempt': (stack) => execute(stack, 'http://127.0.0.1:9'),
  'a long call': (stack, url) => execute(stack, `${url}/ok`, { timeoutMs: 20_000 }),
  'approved, then succeeds': async (stack, url) => {
    const { id, workflowId } = await beginWaiting(stack, `${url}/ok`);
    await decide(stack, id, 'approved');
    return workflowId;
  },
  'a long call is approved': async (stack, url) => {
    const { id, workflowId } = await beginWaiting(stack, `${url}/ok`, { timeoutMs: 20_000 });
    await decide(stack, id, 'approved');
    return workflowId;
  },
  'rejected while it waits': async (stack, url) => {
    const { id, workflowId } = await beginWaiting(stack, `${url}/ok`);
    await decide(stack, id, 'rejected');
    return workflowId;
  },
  'cancelled between two attempts': async (stack, url) => {
    const { id, workflowId } = await begin(stack, `${url}/busy`);
    await eventually(async () => (await stack.read(id)).attempts[0]?.status === 'failed');
    await stack.executor.cancel({ identity: stack.identity, executionId: id, requestId: 'test' });
    return workflowId;
  },
  'cancelled during a long call': async (stack, url) => {
    const { id, workflowId } = await begin(stack, `${url}/silent`, { timeoutMs: 20_000 });
    await eventually(async () => (await stack.read(id)).attempts.length === 1);
    await stack.temporal.client.workflow.getHandle(workflowId).cancel();
    return workflowId;
  },
};

let made = 0;

function createTool(stack: ExecutionStack, url: string, more: { timeoutMs?: number }): Promise<string> {
  return stack.createTool({
    name: `scenario_${++made}`,
    type: 'http',
    retry: { maxAttempts: 3, initialMs: 20, factor: 1, maxMs: 20 },
    ...more,
    config: { method: 'GET', url },
  });
}

async function begin(stack: ExecutionStack, url: string, more: { timeoutMs?: number } = {}, waitMs = 0) {
  return stack.execute(await createTool(stack, url, more), {}, { waitMs });
}

/** Begins an execution that needs approval, and waits until its workflow does. */
async function beginWaiting(stack: ExecutionStack, url: string, more: { timeoutMs?: number } = {}) {
  const toolId = await createTool(stack, url, more);
  await requireApproval(stack, toolId, { fourEyes: false });
  const execution = await stack.execute(toolId, {}, { waitMs: 0 });
  const handle = stack.temporal.client.workflow.getHandle(execution.workflowId);
  await eventually(async () => {
    const { events } = await handle.fetchHistory();
    return events?.some((event) => event.timerStartedEventAttributes);
  });
  return execution;
}

const decide = (
  { executor, identity }: ExecutionStack,
  executionId: string,
  outcome: 'approved' | 'rejected',
) => executor.decide({ identity, executionId, outcome, reason: 'As it should be', requestId: 'test' });

async function execute(
  stack: ExecutionStack,
  url: string,
  more: { timeoutMs?: number } = {},
): Promise<string> {
  return (await begin(stack, url, more, 30_000)).workflowId;
}
