import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { claimAttempt } from '../../shared/executions/db/executions-claim.ts';
import { insertExecution } from '../../shared/executions/db/executions-insert.ts';
import { connectTo } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { type ExecutionStack, startExecutionStack } from '../support/execution-stack.ts';
import { createOwnDatabase } from '../support/own-database.ts';

describe('an execution that runs past its deadline or a requested cancel', () => {
  let reconciling: ExecutionStack;
  let idle: ExecutionStack;
  let admin: pg.Client;

  beforeAll(async () => {
    const { databaseUrl, adminUrl } = await createOwnDatabase();
    admin = await connectTo(adminUrl);
    idle = await startExecutionStack({ databaseUrl, worker: false });
    reconciling = await startExecutionStack({ databaseUrl, reconcile: true });
  });
  afterAll(async () => {
    await reconciling?.close();
    await idle?.close();
    await admin?.end();
  });

  const claim = (id: string) =>
    idle.services.db.tenant(idle.identity.tenantId, (connection) => claimAttempt(connection, id, 'lost'));
  const failure = (id: string) =>
    eventually(async () => (await idle.read(id)).failure, { timeoutMs: 10_000, everyMs: 100 });

  test.each([
    { method: 'GET', retryable: true },
    { method: 'POST', retryable: false },
  ] as const)(
    'an overdue $method whose workflow is gone has an unknown outcome',
    async ({ method, retryable }) => {
      const name = `gone_${method.toLowerCase()}`;
      const toolId = await idle.createTool({
        name,
        type: 'http',
        config: { method, url: 'https://pay.example/' },
      });
      const id = uuidv7();
      await idle.services.db.tenantTransaction(idle.identity.tenantId, async (connection) => {
        await insertExecution(connection, {
          id,
          tool: { id: toolId, name, title: name, version: 1 },
          toolState: { currentVersion: 1, trial: null },
          connector: null,
          actor: idle.identity.actor,
          exceptionId: null,
          input: {},
          inputSealed: null,
          previewDigest: null,
          redactionRevision: 0,
          idempotency: null,
          rerunOf: null,
          maxAttempts: 1,
          deadlineMs: 10_000,
          requestId: null,
          roles: null,
          policy: null,
          policyRevision: 0,
          limitsRevision: 0,
        });
        await claimAttempt(connection, id, 'lost');
      });
      await admin.query(
        `UPDATE tool_execution SET deadline_at = now() - interval '1 minute', updated_at = now() - interval '1 minute' WHERE id = $1`,
        [id],
      );
      expect(await failure(id)).toMatchObject({ code: 'outcome_unknown', retryable });
    },
  );

  test('a cancel that did not reach Temporal is sent again', async () => {
    const toolId = await idle.createTool({ name: 'cancel_me', type: 'dummy' });
    const { id, workflowId } = await idle.execute(toolId, {}, { waitMs: 0 });
    await claim(id);
    await admin.query(
      `UPDATE tool_execution SET cancel_requested_at = now() - interval '1 minute', updated_at = now() - interval '1 minute' WHERE id = $1`,
      [id],
    );
    const handle = idle.temporal.client.workflow.getHandle(workflowId);
    await eventually(
      async () => {
        const { events } = await handle.fetchHistory();
        return events?.some((event) => event.workflowExecutionCancelRequestedEventAttributes);
      },
      { timeoutMs: 10_000, everyMs: 100 },
    );
    await idle.startWorker();
    expect(await failure(id)).toMatchObject({ code: 'cancelled' });
  });
});
