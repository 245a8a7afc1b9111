import type { ServerResponse } from 'node:http';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { batchWorkflowId } from '../../shared/batches/batch-contract.ts';
import type { BatchInput } from '../../shared/batches/batch-schemas.ts';
import { writePrivateHosts } from '../../shared/identity/db/tenant-settings.ts';
import type { Identity } from '../../shared/identity/roles.ts';
import { createAuth } from '../../shared/identity/server/auth.ts';
import { seedIdentity } from '../../shared/identity/server/seed-identity.ts';
import { openDatabase } from '../../shared/platform/db/database.ts';
import { createTool } from '../../shared/tools/server/write-tool.ts';
import { eventually } from '../support/eventually.ts';
import { type ExecutionStack, stackEnvironment, startExecutionStack } from '../support/execution-stack.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { startWorkerProcess } from '../support/worker-process.ts';

const long = { timeoutMs: 90_000, everyMs: 100 };

describe('a batch whose worker or workflow ends', () => {
  let stack: ExecutionStack;
  let provider: ProviderServer;
  let identity: Identity;
  let options: { databaseUrl: string; taskQueue: string };
  let hold = true;
  let held: ServerResponse[] = [];

  beforeAll(async () => {
    // The sweep looks at the batches of every tenant.
    const { databaseUrl } = await createOwnDatabase();
    options = { databaseUrl, taskQueue: `test-${uuidv7()}` };
    stack = await startExecutionStack({ ...options, worker: false, reconcile: true });
    provider = await startProvider(({ body }, response) => {
      if (hold && /held/.test(body)) held.push(response);
      else sendJson(response, 200, {});
    });
    const db = openDatabase(databaseUrl);
    const [slug, publicUrl] = [`t-${uuidv7()}`, 'http://interlock.test'];
    const secret = stackEnvironment(options).INTERLOCK_AUTH_SECRET!;
    const { apiKeys } = await seedIdentity(createAuth({ pool: db.authPool, secret, publicUrl }), {
      tenants: [{ slug, name: slug }],
      users: [],
      apiKeys: [{ tenant: slug, name: 'admin', roles: ['tenant_admin'] }],
    });
    await db.close();
    const { accounts } = stack.services;
    identity = await accounts.identifyKey(apiKeys[0]!.key, { door: 'rest', address: '127.0.0.1' });
    await stack.services.db.tenant(identity.tenantId, (connection) =>
      writePrivateHosts(connection, [provider.host]),
    );
    await createTool(change(), {
      name: 'act',
      type: 'http',
      idempotent: true,
      inputSchema: { type: 'object', properties: { text: { type: 'string' } } },
      config: { method: 'POST', url: provider.url },
    });
  });
  afterAll(async () => {
    for (const response of held) response.destroy();
    await stack?.close();
    await provider?.close();
  });

  const change = () => ({ services: stack.services, identity, requestId: 'test' });
  const start = (texts: string[]) => {
    const calls = texts.map((text, index) => ({ id: `c${index}`, tool: 'act', payload: { text } }));
    const input: BatchInput = { calls, onFailure: 'stop', concurrency: 2 };
    return stack.services.batches.create(change(), { ...input, waitMs: 0 });
  };
  const read = (id: string) => stack.services.batches.get(change(), id);
  const sent = (text: string) => provider.requests.filter(({ body }) => body.includes(`"${text}"`)).length;

  test('a batch whose worker is killed goes on in another one, and makes no call twice', {
    timeout: 180_000,
  }, async () => {
    const worker = await startWorkerProcess(stackEnvironment(options));
    const { id } = await start(['one', 'two', 'held', 'held too', 'five', 'six']);
    await eventually(() => held.length === 2, long);
    worker.kill('SIGKILL');
    await worker.exited;
    hold = false;
    for (const response of held) response.destroy();
    held = [];
    await stack.startWorker();
    await eventually(async () => (await read(id)).status === 'succeeded', long);
    expect(['one', 'two', 'five', 'six'].map(sent)).toEqual([1, 1, 1, 1]);
    // Safe to retry: they were in progress.
    expect(['held', 'held too'].map(sent)).toEqual([2, 2]);
    const executions = await stack.executor.list(identity, { limit: 50 });
    expect(executions.items).toHaveLength(6);
  });

  test('a batch whose workflow is terminated is paused, and goes on when someone resumes it', {
    timeout: 180_000,
  }, async () => {
    hold = true;
    const { id } = await start(['held', 'later', 'last']);
    await eventually(() => held.length === 1, long);
    await stack.temporal.client.workflow.getHandle(batchWorkflowId({ id, round: 0 })).terminate();
    await eventually(async () => (await read(id)).status !== 'running', long);
    expect(await read(id)).toMatchObject({
      status: 'paused',
      reason: expect.stringContaining('closed in Temporal'),
    });
    await stack.services.batches.resume(change(), id);
    hold = false;
    for (const response of held) sendJson(response, 200, {});
    await eventually(async () => (await read(id)).status === 'succeeded', long);
    expect(sent('later') + sent('last')).toBe(2);
  });
});
