import type { ServerResponse } from 'node:http';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { undoOfBatch } from '../../shared/batches/server/undo-batch.ts';
import { writePrivateHosts } from '../../shared/identity/db/tenant-settings.ts';
import type { Identity } from '../../shared/identity/roles.ts';
import { createAuth } from '../../shared/identity/server/auth.ts';
import { seedIdentity } from '../../shared/identity/server/seed-identity.ts';
import { openDatabase } from '../../shared/platform/db/database.ts';
import { createTool } from '../../shared/tools/server/write-tool.ts';
import { undoWorkflowId } from '../../shared/undo/undo-contract.ts';
import { eventually } from '../support/eventually.ts';
import { type ExecutionStack, stackEnvironment, startExecutionStack } from '../support/execution-stack.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { startWorkerProcess } from '../support/worker-process.ts';

const long = { timeoutMs: 90_000, everyMs: 100 };

describe('an undo whose worker or workflow ends', () => {
  let stack: ExecutionStack;
  let provider: ProviderServer;
  let identity: Identity;
  let options: { databaseUrl: string; taskQueue: string };
  let hold = false;
  let held: ServerResponse[] = [];

  beforeAll(async () => {
    // The sweep looks at the undos of every tenant.
    const { databaseUrl } = await createOwnDatabase();
    options = { databaseUrl, taskQueue: `test-${uuidv7()}` };
    stack = await startExecutionStack({ ...options, worker: false, reconcile: true });
    provider = await startProvider(({ url, body }, response) => {
      if (hold && url === '/undo' && body.includes('two')) held.push(response);
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
    const inputSchema = { type: 'object', properties: { text: { type: 'string' } } };
    const tool = (name: string, more = {}) =>
      createTool(change(), {
        name,
        type: 'http',
        inputSchema,
        config: { method: 'POST', url: `${provider.url}/${name}` },
        ...more,
      });
    await tool('undo', { idempotent: true });
    await tool('act', { undo: { tool: 'undo', input: { text: '${{ input.text }}' } } });
  });
  afterAll(async () => {
    for (const response of held) response.destroy();
    await stack?.close();
    await provider?.close();
  });

  const change = () => ({ services: stack.services, identity, requestId: 'test' });
  /** A batch that has made these calls, one after the other. */
  async function done(...texts: string[]): Promise<string> {
    const calls = texts.map((text, index) => ({
      id: `c${index}`,
      tool: 'act',
      payload: { text },
      dependsOn: index === 0 ? [] : [`c${index - 1}`],
    }));
    const { id } = await stack.services.batches.create(change(), { calls, onFailure: 'stop', waitMs: 0 });
    await eventually(async () => (await read(id)).status === 'succeeded', long);
    return id;
  }
  const read = (id: string) => stack.services.batches.get(change(), id);
  const undo = (id: string) =>
    stack.services.undo.start(change(), undoOfBatch(id), { skipFailed: false, waitMs: 0 });
  const undone = () =>
    provider.requests.filter(({ url }) => url === '/undo').map(({ body }) => JSON.parse(body).text);
  const ended = (id: string) =>
    eventually(async () => (await read(id)).undo[0]?.status === 'succeeded', long);

  test('one whose worker is killed in the middle goes on in another one, in order, and undoes nothing twice', {
    timeout: 240_000,
  }, async () => {
    const worker = await startWorkerProcess(stackEnvironment(options));
    const id = await done('one', 'two', 'three');
    hold = true;
    await undo(id);
    await eventually(() => held.length === 1, long);
    expect(undone()).toEqual(['three', 'two']);
    worker.kill('SIGKILL');
    await worker.exited;
    hold = false;
    for (const response of held) response.destroy();
    held = [];
    await stack.startWorker();
    await ended(id);
    // The one in progress is safe to retry: its execution made it again, and is the only one.
    expect(undone()).toEqual(['three', 'two', 'two', 'one']);
    const executions = await stack.executor.list(identity, { limit: 50 });
    expect(executions.items.filter(({ toolName }) => toolName === 'undo')).toHaveLength(3);
    expect((await read(id)).undo).toHaveLength(1);
  });

  test('one whose workflow is terminated stops, and goes on when someone continues it', {
    timeout: 240_000,
  }, async () => {
    provider.requests.length = 0;
    const id = await done('first', 'two');
    hold = true;
    const series = await undo(id);
    await eventually(() => held.length === 1, long);
    await stack.temporal.client.workflow.getHandle(undoWorkflowId({ id: series.id, round: 0 })).terminate();
    await eventually(async () => (await read(id)).undo[0]?.status === 'stopped', long);
    expect((await read(id)).undo[0]?.reason).toBe('Its workflow was closed in Temporal.');
    await undo(id);
    hold = false;
    for (const response of held) sendJson(response, 200, {});
    held = [];
    await ended(id);
    expect(undone()).toEqual(['two', 'first']);
  });
});
