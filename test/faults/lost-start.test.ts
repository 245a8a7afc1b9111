import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertExecution } from '../../shared/executions/db/executions-insert.ts';
import { createKeyedDigest } from '../../shared/platform/server/keyed-digest.ts';
import { eventually } from '../support/eventually.ts';
import { type ExecutionStack, startExecutionStack } from '../support/execution-stack.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';

describe('a process that ends after it wrote an execution and before it started the workflow', () => {
  let stack: ExecutionStack;
  let unreconciled: ExecutionStack;
  let provider: ProviderServer;

  beforeAll(async () => {
    const { databaseUrl } = await createOwnDatabase();
    provider = await startProvider((_request, response) => sendJson(response, 200, { ok: true }));
    unreconciled = await startExecutionStack({ databaseUrl });
    stack = await startExecutionStack({ databaseUrl, reconcile: true });
  });
  afterAll(async () => {
    await stack?.close();
    await unreconciled?.close();
    await provider?.close();
  });

  async function createTool(owner: ExecutionStack): Promise<string> {
    await owner.allowHosts(provider.host);
    const name = `act_${uuidv7().slice(-8)}`;
    return owner.createTool({ name, type: 'http', config: { method: 'POST', url: provider.url } });
  }

  /** Leaves what a process leaves that dies right after the insert. */
  async function insertOnly(owner: ExecutionStack, toolId: string, key: string | null = null) {
    const id = uuidv7();
    const digest = createKeyedDigest(owner.services.environment.INTERLOCK_AUTH_SECRET);
    await owner.services.db.tenant(owner.identity.tenantId, (connection) =>
      insertExecution(connection, {
        id,
        tool: { id: toolId, name: 'act', title: 'Act', version: 1 },
        toolState: { currentVersion: 1, trial: null },
        connector: null,
        actor: owner.identity.actor,
        exceptionId: null,
        input: {},
        inputSealed: null,
        previewDigest: null,
        redactionRevision: 0,
        idempotency: key ? { key, fingerprint: digest('idempotency', [toolId, {}]) } : null,
        rerunOf: null,
        maxAttempts: 1,
        deadlineMs: 10_000,
        requestId: null,
        roles: null,
        policy: null,
        policyRevision: 0,
        limitsRevision: 0,
      }),
    );
    return id;
  }

  test('reconciliation starts the workflow once, within ten seconds', async () => {
    provider.requests.length = 0;
    const id = await insertOnly(stack, await createTool(stack));
    const execution = await eventually(
      async () => {
        const read = await stack.read(id);
        return read.status === 'succeeded' && read;
      },
      { timeoutMs: 10_000, everyMs: 100 },
    );
    expect(execution).toMatchObject({ attempts: [{ number: 1, status: 'succeeded' }] });
    expect(provider.requests).toHaveLength(1);
  });

  test('a backlog is started, each execution once', async () => {
    provider.requests.length = 0;
    const toolId = await createTool(stack);
    const backlog = await Promise.all(Array.from({ length: 60 }, () => insertOnly(stack, toolId)));
    const listed = async (status: 'requested' | 'running') =>
      (await stack.executor.list(stack.identity, { limit: 1, toolId, status })).items.length;
    await eventually(async () => (await listed('requested')) + (await listed('running')) === 0, {
      timeoutMs: 50_000,
      everyMs: 100,
    });
    for (const id of backlog)
      expect(await stack.read(id)).toMatchObject({ attempts: [{ number: 1, status: 'succeeded' }] });
    expect(provider.requests).toHaveLength(backlog.length);
  });

  test('a caller who retries with the same idempotency key gets the same execution, which starts at once', async () => {
    provider.requests.length = 0;
    const toolId = await createTool(unreconciled);
    const id = await insertOnly(unreconciled, toolId, 'again');
    const [first, second] = await Promise.all([
      unreconciled.execute(toolId, {}, { idempotencyKey: 'again' }),
      unreconciled.execute(toolId, {}, { idempotencyKey: 'again' }),
    ]);
    expect([first.id, second.id]).toEqual([id, id]);
    expect(first.status).toBe('succeeded');
    expect(provider.requests).toHaveLength(1);
  });
});
