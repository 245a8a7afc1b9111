import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { insertExecution } from '../../shared/executions/db/executions-insert.ts';
import { createKeyedDigest } from '../../shared/platform/server/keyed-digest.ts';
import { eventually } from '../support/eventually.ts';
import { type ExecutionStack, startExecutionStack } from '../support/execution-stack.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';

describe('the process ends between the row and its workflow', () => {
  let stack: ExecutionStack;
  let idle: ExecutionStack;
  let provider: ProviderServer;

  beforeAll(async () => {
    const { databaseUrl } = await createOwnDatabase(inject('servers').adminUrl);
    provider = await startProvider((_request, response) => sendJson(response, 200, { ok: true }));
    idle = await startExecutionStack({ databaseUrl });
    stack = await startExecutionStack({ databaseUrl, reconcile: true });
  });
  afterAll(async () => {
    await stack?.close();
    await idle?.close();
    await provider?.close();
  });

  /** What is there when a process dies right after the insert. */
  async function insertOnly(owner: ExecutionStack, key: string | null) {
    await owner.allowHosts(provider.host);
    const name = `act_${uuidv7().slice(-8)}`;
    const toolId = await owner.createTool({
      name,
      type: 'http',
      config: { method: 'POST', url: provider.url },
    });
    const id = uuidv7();
    const digest = createKeyedDigest(owner.services.environment.INTERLOCK_AUTH_SECRET);
    await owner.services.db.tenant(owner.identity.tenantId, (connection) =>
      insertExecution(connection, {
        id,
        tool: { id: toolId, name, title: name, version: 1 },
        actor: owner.identity.actor,
        exceptionId: null,
        input: {},
        inputSealed: null,
        previewDigest: null,
        idempotency: key ? { key, fingerprint: digest('idempotency', [toolId, {}]) } : null,
        rerunOf: null,
        maxAttempts: 1,
        deadlineMs: 10_000,
        requestId: null,
      }),
    );
    return { id, toolId };
  }

  test('the row is started within ten seconds, once', async () => {
    provider.requests.length = 0;
    const { id } = await insertOnly(stack, null);
    const execution = await eventually(
      async () => {
        const read = await stack.executor.get(stack.identity, id);
        return read.status === 'succeeded' && read;
      },
      { timeoutMs: 10_000, everyMs: 100 },
    );
    expect(execution).toMatchObject({ attempts: [{ number: 1, status: 'succeeded' }] });
    expect(provider.requests).toHaveLength(1);
  });

  test('a caller who repeats its key gets the same execution, started at once', async () => {
    provider.requests.length = 0;
    const { id, toolId } = await insertOnly(idle, 'again');
    const [first, second] = await Promise.all([
      idle.execute(toolId, {}, { idempotencyKey: 'again' }),
      idle.execute(toolId, {}, { idempotencyKey: 'again' }),
    ]);
    expect([first.id, second.id]).toEqual([id, id]);
    expect(first.status).toBe('succeeded');
    expect(provider.requests).toHaveLength(1);
  });
});
