import { Client } from '@temporalio/client';
import { pino } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type Composition, compose, createFoundation, type Foundation } from '../../api/compose.ts';
import { freePort } from '../../dev/free-port.ts';
import type { ExecuteToolArgs } from '../../shared/executions/execution-contract.ts';
import type { Execution } from '../../shared/executions/execution-schemas.ts';
import type { Identity } from '../../shared/identity/roles.ts';
import { readEnvironment } from '../../shared/platform/server/environment.ts';
import { createTool } from '../../shared/tools/server/write-tool.ts';
import { connectTestTemporal } from '../support/connect-test-temporal.ts';
import { eventually } from '../support/eventually.ts';
import { stackEnvironment } from '../support/execution-stack.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { createTcpGate, type TcpGate } from '../support/tcp-gate.ts';

describe('a start that fails', () => {
  const identity: Identity = {
    tenantId: uuidv7(),
    tenantSlug: 'acme',
    tenantName: 'Acme',
    actor: { type: 'user', id: 'ana', name: 'Ana' },
    roles: ['tenant_admin'],
    person: 'ana@acme.test',
  };
  const lines: string[] = [];
  /** What becomes of the next starts. */
  const faults: (() => Promise<never>)[] = [];
  /** The executions whose workflow someone tried to start. */
  const tried: string[] = [];
  let gate: TcpGate;
  let foundation: Foundation;
  let composition: Composition;
  let toolId: string;

  beforeAll(async () => {
    const { databaseUrl } = await createOwnDatabase();
    const [host, port] = inject('servers').temporalAddress.split(':');
    const gatePort = await freePort('the gate', 0);
    gate = createTcpGate(gatePort, { host: host!, port: Number(port) });
    await gate.open();
    const env = stackEnvironment({ databaseUrl });
    const log = pino({ level: 'warn' }, { write: (line) => void lines.push(line) });
    foundation = await createFoundation(readEnvironment(env), log, { keys: { env } });
    const connected = await connectTestTemporal(`127.0.0.1:${gatePort}`);
    const client = new Client({
      connection: connected.native,
      namespace: connected.namespace,
      interceptors: {
        workflow: [
          {
            start(input, next) {
              const [{ executionId }] = input.options.args as [ExecuteToolArgs];
              tried.push(executionId);
              return (faults.shift() ?? (() => next(input)))();
            },
          },
        ],
      },
    });
    composition = compose(foundation, { ...connected, client });
    await composition.startWorker({ drainMs: 500, reconcile: true });
    const context = { services: composition.services, identity, requestId: 'test' };
    toolId = await createTool(context, { name: 'works', type: 'dummy', config: { response: { ok: true } } });
  });
  afterAll(async () => {
    await gate?.open().catch(() => {});
    await composition?.stop();
    await foundation?.db.close();
  });

  const execute = (waitMs = 30_000): Promise<Execution> =>
    composition.services.executor.execute({ identity, toolId, payload: {}, waitMs, requestId: 'test' });

  /** The workflow of an execution has started and ended. */
  const closed = (workflowId: string) =>
    eventually(async () => {
      const { client } = composition.services.temporal;
      const { status } = await client.workflow
        .getHandle(workflowId)
        .describe()
        .catch(() => ({ status: { name: 'MISSING' } }));
      return status.name === 'COMPLETED';
    });

  test('costs its caller nothing, leaves other starts alone, is made up for, and its cause is in the log', async () => {
    let failed = () => {};
    const hasFailed = new Promise<void>((resolve) => {
      failed = resolve;
    });
    faults.push(async () => {
      failed();
      const cause = Object.assign(new Error('14 UNAVAILABLE: a broken pipe'), {
        code: 14,
        details: 'a broken pipe',
        metadata: {},
      });
      throw new Error('Failed to start Workflow', { cause });
    });
    const first = execute();
    await hasFailed;
    const others = await Promise.all(Array.from({ length: 5 }, () => execute()));
    expect(others.map(({ status }) => status)).toEqual(Array(5).fill('succeeded'));
    const { id, status, workflowId } = await first;
    expect(status).toBe('succeeded');
    await closed(workflowId);
    const logged = lines.filter((line) => line.includes(id));
    expect(logged).toHaveLength(1);
    expect(logged[0]).toContain('a broken pipe');
  });

  test('slowly costs its caller nothing, and is made up for', async () => {
    faults.push(() => new Promise<never>(() => {}));
    const slow = await execute(500);
    expect(slow.status).toBe('succeeded');
    expect((await execute()).status).toBe('succeeded');
    await closed(slow.workflowId);
  });

  test('because Temporal is away is made up for when it is back; after several in a row the next one is not tried', async () => {
    await gate.shut();
    const made = await Promise.all([execute(), execute(), execute()]);
    expect(made.map(({ status }) => status)).toEqual(Array(3).fill('succeeded'));
    // The process learns from failures that come after the responses.
    await eventually(() => made.every(({ id }) => lines.some((line) => line.includes(id))));
    const untried = await execute();
    expect(untried.status).toBe('succeeded');
    await new Promise((done) => setImmediate(done));
    expect(tried).not.toContain(untried.id);

    await gate.open();
    for (const { workflowId } of [...made, untried]) await closed(workflowId);
  });
});
