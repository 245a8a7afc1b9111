import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listEvents } from '../../shared/events/db/events.ts';
import { claimAttempt } from '../../shared/executions/db/executions-claim.ts';
import { closeExecution, settleAttempt } from '../../shared/executions/db/executions-settle.ts';
import { connectAdmin } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { type ExecutionStack, startExecutionStack } from '../support/execution-stack.ts';

describe('transitions of an execution', () => {
  let stack: ExecutionStack;
  let tool: string;

  beforeAll(async () => {
    stack = await startExecutionStack({ worker: false });
    tool = await stack.createTool({ name: 'nothing', type: 'dummy', retry: { maxAttempts: 3 } });
  });
  afterAll(() => stack?.close());

  const tenant = <T>(work: Parameters<typeof stack.services.db.tenant<T>>[1]) =>
    stack.services.db.tenant(stack.identity.tenantId, work);
  const request = async () => (await stack.execute(tool, {}, { waitMs: 0 })).id;
  const claim = (id: string, worker = 'w1') => tenant((c) => claimAttempt(c, id, worker));
  const succeed = (id: string, number: number, output: string) =>
    tenant((c) =>
      settleAttempt(c, {
        tenantId: c.tenantId,
        executionId: id,
        attempt: { number, status: 'succeeded' },
        settlement: { status: 'succeeded', output },
      }),
    );
  const failAndRetry = (id: string, number: number) =>
    tenant((c) =>
      settleAttempt(c, {
        tenantId: c.tenantId,
        executionId: id,
        attempt: { number, status: 'failed', error: { code: 'provider_error', message: 'no' } },
        settlement: { status: 'running', willRetryAt: new Date() },
      }),
    );
  const eventTypes = async (id: string) => {
    const events = await tenant((c) => listEvents(c, { subjectId: id, limit: 50 }));
    return events.map((event) => event.type).reverse();
  };

  test('one of twenty concurrent claims gets the attempt', async () => {
    const id = await request();
    const claims = await Promise.all(Array.from({ length: 20 }, (_, index) => claim(id, `w${index}`)));
    expect(claims.filter((each) => each?.claimed)).toHaveLength(1);
    expect(await eventTypes(id)).toEqual(['ToolExecutionRequested', 'ToolExecutionStarted']);
  });

  test('no attempt is claimed while another is running, or after the last one', async () => {
    const id = await request();
    for (const number of [1, 2, 3]) {
      expect((await claim(id))?.claimed?.number).toBe(number);
      expect((await claim(id))?.claimed).toBeNull();
      expect((await failAndRetry(id, number))?.status).toBe('running');
    }
    expect((await claim(id))?.claimed).toBeNull();
  });

  test('ten concurrent results of one attempt make one write and one event', async () => {
    const id = await request();
    await claim(id);
    const settled = await Promise.all(
      Array.from({ length: 10 }, (_, index) => succeed(id, 1, `response ${index}`)),
    );
    const winners = settled.flatMap((row, index) => (row ? [index] : []));
    expect(winners).toHaveLength(1);
    expect((await stack.read(id)).output).toBe(`response ${winners[0]}`);
    expect(await eventTypes(id)).toEqual([
      'ToolExecutionRequested',
      'ToolExecutionStarted',
      'ToolExecutionAttempted',
      'ToolExecutionCompleted',
    ]);
  });

  test('a late result of an earlier attempt changes nothing', async () => {
    const id = await request();
    await claim(id);
    await failAndRetry(id, 1);
    await claim(id, 'w2');
    expect(await succeed(id, 1, 'late')).toBeNull();
    expect(await succeed(id, 2, 'in time')).toMatchObject({ status: 'succeeded' });
    expect(await succeed(id, 2, 'again')).toBeNull();
    expect((await stack.read(id)).output).toBe('in time');
  });

  test('a close that was decided on an earlier state changes nothing', async () => {
    const id = await request();
    await claim(id);
    const failure = { code: 'terminated', message: 'x', retryable: true } as const;
    const close = (seen: Parameters<typeof closeExecution>[1]['seen']) =>
      tenant((c) => closeExecution(c, { tenantId: c.tenantId, executionId: id, failure, seen }));
    expect(await close({ status: 'requested', attempts: 0, openAttempt: false })).toBeNull();
    expect(await close({ status: 'running', attempts: 1, openAttempt: false })).toBeNull();
    await failAndRetry(id, 1);
    expect(await close({ status: 'running', attempts: 1, openAttempt: true })).toBeNull();
    expect(await close({ status: 'running', attempts: 1, openAttempt: false })).toMatchObject({
      failure_code: 'terminated',
    });
    expect((await claim(id))?.claimed).toBeNull();
  });

  test('of a result and a close at the same time, exactly one counts', async () => {
    for (let round = 0; round < 20; round++) {
      const id = await request();
      await claim(id);
      const [settled, closed] = await Promise.all([
        succeed(id, 1, 'ok'),
        tenant((c) =>
          closeExecution(c, {
            tenantId: c.tenantId,
            executionId: id,
            failure: { code: 'terminated', message: 'x', retryable: true },
            seen: { status: 'running', attempts: 1, openAttempt: true },
          }),
        ),
      ]);
      expect([settled, closed].filter((row) => row !== null)).toHaveLength(1);
      const { status, attempts } = await stack.read(id);
      expect(attempts[0]!.status).toBe(status === 'succeeded' ? 'succeeded' : 'unknown');
    }
  });

  test('another tenant’s execution is never claimed', async () => {
    const id = await request();
    const other = '01900000-0000-7000-8000-000000000000';
    expect(await stack.services.db.tenant(other, (c) => claimAttempt(c, id, 'w'))).toBeNull();
  });

  test('an execution whose rows contradict each other is reported, and does not keep a worker busy', async () => {
    const lines: string[] = [];
    const own = await startExecutionStack({ worker: false, onLog: (line) => lines.push(line) });
    const admin = await connectAdmin();
    try {
      const once = await own.createTool({ name: 'once', type: 'dummy', retry: { maxAttempts: 1 } });
      const { id } = await own.execute(once, {}, { waitMs: 0 });
      // Its only attempt has succeeded, and it is open all the same: nothing of this project writes that.
      await admin.query(
        `INSERT INTO execution_attempt (execution_id, number, tenant_id, status, worker, ended_at)
         SELECT id, 1, tenant_id, 'succeeded', 'w1', now() FROM tool_execution WHERE id = $1`,
        [id],
      );
      await own.startWorker();
      const logged = await eventually(() => lines.find((line) => line.includes('failed unexpectedly')));
      expect(JSON.parse(logged!)).toMatchObject({
        executionId: id,
        err: { message: expect.stringContaining('contradict') },
      });
    } finally {
      await own.close();
      await admin.end();
    }
  });
});
