import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { freePort } from '../../dev/free-port.ts';
import type { Identity } from '../../shared/identity/roles.ts';
import { requireApproval } from '../support/approvals.ts';
import { connectTo } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { type ExecutionStack, startExecutionStack } from '../support/execution-stack.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { createTcpGate, type TcpGate } from '../support/tcp-gate.ts';

describe('an approval when something fails', () => {
  const taskQueue = `test-${randomUUID()}`;
  let own: Awaited<ReturnType<typeof createOwnDatabase>>;
  let admin: pg.Client;
  let gate: TcpGate;
  let temporalAddress: string;
  /** Has no worker: what it starts, another process executes. */
  let door: ExecutionStack;
  let stack: ExecutionStack;
  let provider: ProviderServer;
  let bea: Identity;
  let made = 0;

  const startStack = () =>
    startExecutionStack({ databaseUrl: own.databaseUrl, temporalAddress, taskQueue, reconcile: true });

  beforeAll(async () => {
    own = await createOwnDatabase();
    admin = await connectTo(own.adminUrl);
    const [host, port] = inject('servers').temporalAddress.split(':') as [string, string];
    const gated = await freePort('Temporal', 0);
    temporalAddress = `127.0.0.1:${gated}`;
    gate = createTcpGate(gated, { host, port: Number(port) });
    await gate.open();
    provider = await startProvider((_request, response) => sendJson(response, 200, {}));
    door = await startExecutionStack({ databaseUrl: own.databaseUrl, taskQueue, worker: false });
    await door.allowHosts(provider.host);
    const actor = { type: 'user', id: 'bea', name: 'Bea' } as const;
    bea = { ...door.identity, actor, roles: ['approver'], person: 'bea@acme.test' };
  });
  beforeEach(() => {
    provider.requests.length = 0;
  });
  afterAll(async () => {
    await gate?.open().catch(() => {});
    await Promise.all([stack?.close(), door?.close()]);
    await gate?.shut();
    await provider?.close();
    await admin?.end();
  });

  const waiting = async ({ timeoutMs = 5000 } = {}) => {
    const config = { method: 'POST' as const, url: provider.url };
    const toolId = await door.createTool({ name: `act_${++made}`, type: 'http', timeoutMs, config });
    await requireApproval(door, toolId);
    return door.execute(toolId, {}, { waitMs: 0 });
  };
  const approve = (executionId: string, from = door) =>
    from.executor.decide({
      identity: bea,
      executionId,
      outcome: 'approved',
      reason: null,
      requestId: 'test',
    });
  const when = (id: string, status: string, timeoutMs = 45_000) =>
    eventually(
      async () => {
        const execution = await door.read(id);
        if (execution.status !== status) throw new Error(`${execution.status} ${execution.failure?.message}`);
        return execution;
      },
      { timeoutMs, everyMs: 100 },
    );
  /** Its workflow waits for people. @returns what an operator sees in Temporal Web */
  const seenWaiting = (workflowId: string) =>
    eventually(async () => {
      const { events } = await door.temporal.client.workflow.getHandle(workflowId).fetchHistory();
      const timer = events?.find((event) => event.timerStartedEventAttributes);
      return timer?.userMetadata?.summary?.data && Buffer.from(timer.userMetadata.summary.data).toString();
    });

  test('approved while no process works, it runs once when one starts', async () => {
    const { id } = await waiting({ timeoutMs: 20_000 });
    expect((await approve(id)).approval?.status).toBe('approved');
    stack = await startStack();
    await when(id, 'succeeded');
    expect(provider.requests).toHaveLength(1);
  });

  test('in Temporal Web it says what it waits for; terminated there, the row says so', async () => {
    const { id, workflowId } = await waiting();
    expect(await seenWaiting(workflowId)).toMatch(/Waits for people: 0 of 1 approval until \d{4}-/);
    await door.temporal.client.workflow.getHandle(workflowId).terminate();
    expect(await when(id, 'failed')).toMatchObject({
      failure: { code: 'terminated' },
      approval: { status: 'cancelled' },
    });
    await expect(approve(id)).rejects.toMatchObject({ code: 'conflict' });
    expect(provider.requests).toHaveLength(0);
  });

  test('a signal without a decision starts nothing', async () => {
    const { id, workflowId } = await waiting();
    await seenWaiting(workflowId);
    const handle = door.temporal.client.workflow.getHandle(workflowId);
    await handle.signal('approvalDecided');
    await eventually(async () => {
      const { events } = await handle.fetchHistory();
      return events?.filter((event) => event.timerStartedEventAttributes).length === 2;
    });
    expect(await door.read(id)).toMatchObject({ status: 'requested', attempts: [] });
    await approve(id);
    await when(id, 'succeeded');
    expect(provider.requests).toHaveLength(1);
  });

  test('every process restarts while it waits; approved after that, it runs once', async () => {
    const { id, workflowId } = await waiting();
    await seenWaiting(workflowId);
    await stack.close();
    // As Temporal does after ten seconds: the process that knew the workflow does not come back.
    const { client } = door.temporal;
    const execution = { workflowId };
    await client.workflowService.resetStickyTaskQueue({ namespace: client.options.namespace, execution });
    stack = await startStack();
    await approve(id, stack);
    await when(id, 'succeeded');
    expect(provider.requests).toHaveLength(1);
  });

  test('Temporal is away while people ask and decide: nothing is lost, and all is carried out when it is back', async () => {
    const [one, other] = [await waiting(), await waiting()];
    await Promise.all([one, other].map(({ workflowId }) => seenWaiting(workflowId)));
    const third = await waiting();
    await gate.shut();
    const rejection = {
      identity: bea,
      executionId: other.id,
      outcome: 'rejected',
      requestId: 'test',
    } as const;
    const [approved, , asked] = await Promise.all([
      approve(one.id, stack),
      stack.executor.decide({ ...rejection, reason: 'No' }),
      stack.execute(one.toolId, {}, { identity: door.identity, waitMs: 0 }),
    ]);
    expect(approved.approval?.status).toBe('approved');
    expect(asked).toMatchObject({ status: 'requested', approval: { status: 'waiting' } });
    await admin.query(`UPDATE tool_execution SET approval_expires_at = now() WHERE id = $1`, [third.id]);
    await admin.query(`UPDATE execution_approval SET expires_at = now() WHERE execution_id = $1`, [third.id]);
    expect(await when(third.id, 'failed')).toMatchObject({ approval: { status: 'expired' } });
    expect(await door.read(one.id)).toMatchObject({ status: 'requested', attempts: [] });
    await admin.query(`UPDATE owed_start SET created_at = now() - interval '1 minute'`);
    await gate.open();
    await when(one.id, 'succeeded', 60_000);
    const closed = async ({ workflowId }: { workflowId: string }) =>
      (await door.temporal.client.workflow.getHandle(workflowId).describe()).status.name;
    await eventually(async () => (await closed(other)) === 'FAILED', { timeoutMs: 60_000 });
    expect(await seenWaiting(asked.workflowId)).toContain('Waits for people');
    await approve(asked.id);
    await when(asked.id, 'succeeded');
    expect(provider.requests).toHaveLength(2);
  });

  test('neither a row without votes nor a process of another version sends what was not approved', async () => {
    const { id } = await waiting();
    await expect(
      admin.query(`UPDATE tool_execution SET status = 'running' WHERE id = $1`, [id]),
    ).rejects.toThrow(/tool_execution_approved/);
    await admin.query(`UPDATE tool_execution SET approval_status = 'approved' WHERE id = $1`, [id]);
    expect(await when(id, 'failed')).toMatchObject({
      failure: { code: 'denied', message: expect.stringContaining('was not approved') },
    });
    expect(provider.requests).toHaveLength(0);
  });

  test('a database that is older than the approval: the outcome is unknown until a person settles it', async () => {
    const { id, workflowId } = await waiting();
    await approve(id);
    await when(id, 'succeeded');
    const handle = door.temporal.client.workflow.getHandle(workflowId);
    await eventually(async () => (await handle.describe()).status.name === 'COMPLETED');
    await admin.query('DELETE FROM execution_attempt WHERE execution_id = $1', [id]);
    await admin.query('DELETE FROM execution_vote WHERE execution_id = $1', [id]);
    await admin.query(
      `UPDATE tool_execution SET status = 'requested', approval_status = 'waiting', attempts = 0, started_at = NULL,
         completed_at = NULL, updated_at = now() - interval '1 minute' WHERE id = $1`,
      [id],
    );
    expect(await when(id, 'failed')).toMatchObject({
      failure: { code: 'outcome_unknown' },
      approval: { status: 'cancelled' },
    });
    const { identity } = door;
    const settled = { identity, executionId: id, happened: true, note: 'In the ledger', requestId: 'test' };
    expect((await door.executor.settle(settled)).status).toBe('succeeded');
    expect(provider.requests).toHaveLength(1);
  });
});
