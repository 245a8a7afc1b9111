import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { freePort } from '../../dev/free-port.ts';
import { eventually } from '../support/eventually.ts';
import { type ExecutionStack, startExecutionStack } from '../support/execution-stack.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { createTcpGate, type TcpGate } from '../support/tcp-gate.ts';

const deadlineMs = 4000;

let gate: TcpGate;
let stack: ExecutionStack;
let provider: ProviderServer;

beforeAll(async () => {
  const [host, port] = inject('servers').temporalAddress.split(':') as [string, string];
  const own = await freePort('Temporal', 0);
  gate = createTcpGate(own, { host, port: Number(port) });
  await gate.open();
  stack = await startExecutionStack({ temporalAddress: `127.0.0.1:${own}` });
  provider = await startProvider((_request, response) =>
    sendJson(response, provider.requests.length === 1 ? 503 : 200, {}),
  );
  await stack.allowHosts(provider.host);
});
afterAll(async () => {
  await gate?.open().catch(() => {});
  await stack?.close();
  await gate?.shut();
  await provider?.close();
});

test('a retry that was due before the deadline waits for Temporal and is made after it', async () => {
  const tool = await stack.createTool({
    name: 'look',
    type: 'http',
    timeoutMs: 1000,
    deadlineMs,
    retry: { maxAttempts: 2, initialMs: 3000, maxMs: 3000 },
    config: { method: 'GET', url: provider.url },
  });
  const { id, workflowId } = await stack.execute(tool, {}, { waitMs: 0 });
  const handle = stack.temporal.client.workflow.getHandle(workflowId);
  await eventually(async () => {
    const { events } = await handle.fetchHistory();
    return events?.some((event) => event.timerStartedEventAttributes);
  });
  await gate.shut();
  const { startedAt } = await stack.read(id);
  await eventually(() => Date.now() > new Date(startedAt!).getTime() + deadlineMs + 500);
  expect(await stack.read(id)).toMatchObject({ status: 'running', attempts: [{ httpStatus: 503 }] });
  await gate.open();
  await eventually(async () => (await stack.read(id)).completedAt !== null, { timeoutMs: 45_000 });
  expect(await stack.read(id)).toMatchObject({
    status: 'succeeded',
    attempts: [{ number: 1 }, { number: 2 }],
  });
});
