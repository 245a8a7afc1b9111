import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { freePort } from '../../dev/free-port.ts';
import { writePrivateHosts } from '../../shared/identity/db/tenant-settings.ts';
import type { Identity } from '../../shared/identity/roles.ts';
import { createAuth } from '../../shared/identity/server/auth.ts';
import { seedIdentity } from '../../shared/identity/server/seed-identity.ts';
import { openDatabase } from '../../shared/platform/db/database.ts';
import { temporalScheduleId } from '../../shared/schedules/schedule-contract.ts';
import type { ScheduleInput } from '../../shared/schedules/schedule-schemas.ts';
import { createTool } from '../../shared/tools/server/write-tool.ts';
import { connectTo } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { type ExecutionStack, stackEnvironment, startExecutionStack } from '../support/execution-stack.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { createTcpGate, type TcpGate } from '../support/tcp-gate.ts';
import { startWorkerProcess } from '../support/worker-process.ts';

const long = { timeoutMs: 90_000, everyMs: 100 };
const rarely = { cron: '0 3 1 1 *' };

describe('a schedule whose worker, start or Schedule in Temporal is lost', () => {
  let stack: ExecutionStack;
  let provider: ProviderServer;
  let identity: Identity;
  let admin: pg.Client;
  let adminUrl: string;
  let gate: TcpGate;
  let options: { databaseUrl: string; taskQueue: string };

  beforeAll(async () => {
    // The sweep looks at the schedules of every tenant.
    const own = await createOwnDatabase();
    const { databaseUrl } = own;
    adminUrl = own.adminUrl;
    admin = await connectTo(adminUrl);
    const [host, port] = inject('servers').temporalAddress.split(':') as [string, string];
    const gatePort = await freePort('the way to Temporal', 0);
    gate = createTcpGate(gatePort, { host, port: Number(port) });
    await gate.open();
    options = { databaseUrl, taskQueue: `test-${uuidv7()}` };
    stack = await startExecutionStack({
      ...options,
      temporalAddress: `127.0.0.1:${gatePort}`,
      worker: false,
      reconcile: true,
    });
    provider = await startProvider((_request, response) => sendJson(response, 200, {}));
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
      // A second call would have a second effect.
      inputSchema: { type: 'object', properties: { text: { type: 'string' } } },
      config: { method: 'POST', url: provider.url },
    });
  });
  afterAll(async () => {
    await stack?.close();
    await gate?.shut();
    await provider?.close();
    await admin?.end();
  });

  const change = () => ({ services: stack.services, identity, requestId: 'test' });
  const create = async (text: string, spec: ScheduleInput['spec']) => {
    const target = { tool: 'act', payload: { text } };
    const input: ScheduleInput = { target, spec, overlap: 'allow_all', catchupMs: 3_600_000 };
    return (await stack.services.schedules.create(change(), input)).id;
  };
  const read = (id: string) => stack.services.schedules.get(change(), id);
  const sent = (text: string) => provider.requests.filter(({ body }) => body.includes(`"${text}"`)).length;
  const temporalOf = (id: string) => stack.temporal.client.schedule.getHandle(temporalScheduleId(id));

  /** Comes each hour: once in the last minutes, and not while the test runs. */
  const recent = () => {
    const at = new Date(Math.floor(Date.now() / 60_000 - 2) * 60_000);
    return { spec: { cron: `${at.getUTCMinutes()} * * * *` }, at: at.toISOString() };
  };
  const blocking = async (...statements: string[]) => {
    const blocker = await connectTo(adminUrl);
    for (const statement of ['BEGIN', ...statements]) await blocker.query(statement);
    return () => blocker.end();
  };
  const runOf = async (id: string) => (await read(id)).runs[0];

  test('a worker that is killed before or after it has started what a time is for: it is started exactly once', {
    timeout: 240_000,
  }, async () => {
    const made: string[] = [];
    for (const moment of ['before', 'after']) {
      const worker = await startWorkerProcess(stackEnvironment(options));
      const { spec, at } = recent();
      const id = await create(moment, spec);
      made.push(id);
      const release = await blocking('LOCK TABLE tool_execution IN EXCLUSIVE MODE');
      const range = { from: at, to: at, overlap: 'allow_all' as const };
      expect((await stack.services.schedules.backfill(change(), id, range)).times).toEqual([at]);
      await eventually(async () => (await runOf(id))?.status === 'starting', long);
      let releaseRun = async () => {};
      if (moment === 'after') {
        const runId = (await runOf(id))!.id;
        releaseRun = await blocking(`SELECT FROM schedule_run WHERE id = '${runId}' FOR UPDATE`);
        await release();
        // What was started has ended, so that it is not cut off.
        await eventually(
          async () =>
            sent(moment) === 1 && (await executions()).every(({ status }) => status === 'succeeded'),
          long,
        );
      }
      worker.kill('SIGKILL');
      await worker.exited;
      // Its connections end with it.
      await admin.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()",
      );
      if (moment === 'before') await release();
      await releaseRun();
      const other = await startWorkerProcess(stackEnvironment(options));
      await eventually(async () => (await runOf(id))?.status === 'running', long);
      await eventually(() => sent(moment) === 1, long);
      other.kill('SIGTERM');
      await other.exited;
    }
    await stack.startWorker();
    for (const id of made) await eventually(async () => (await runOf(id))?.status === 'succeeded', long);
    expect(['before', 'after'].map(sent)).toEqual([1, 1]);
    expect(await executions()).toHaveLength(2);
  });
  const executions = async () => (await stack.executor.list(identity, { limit: 50 })).items;

  test('a schedule that is created while Temporal is unreachable is made there later, with the times in between', {
    timeout: 240_000,
  }, async () => {
    await gate.shut();
    const id = await create('missed', { everyMs: 10_000 });
    expect((await read(id)).synced).toBe(false);
    const manual = await stack.services.schedules.trigger(change(), id);
    const [next] = (await read(id)).nextTimes;
    await eventually(() => Date.now() > Date.parse(next!.at) + 6_000, long);
    expect(sent('missed')).toBe(0);
    await gate.open();
    const opened = Date.now();
    await eventually(async () => (await read(id)).synced, long);
    const ended = async () => (await read(id)).runs.filter(({ status }) => status === 'succeeded');
    await eventually(async () => (await ended()).some((run) => run.id === manual.id), long);
    await eventually(
      async () =>
        (await ended()).some((run) => run.trigger === 'time' && Date.parse(run.scheduledAt) < opened),
      long,
    );
    await stack.services.schedules.pause(change(), id);
    const times = (await read(id)).runs.map(({ scheduledAt }) => scheduledAt);
    expect(new Set(times).size).toBe(times.length);
    await eventually(async () => sent('missed') === (await read(id)).runs.length, long);
  });

  test('what someone deletes or changes in Temporal is as the row says again', {
    timeout: 180_000,
  }, async () => {
    const id = await create('kept', rarely);
    /** Asks for the comparison until it has had its effect: one that is under way may have read Temporal before. */
    const comparedUntil = (done: () => Promise<boolean>) =>
      eventually(async () => {
        await admin.query('UPDATE schedule SET sync_at = now() WHERE id = $1', [id]);
        return done();
      }, long);
    await temporalOf(id).delete();
    await comparedUntil(async () => (await temporalOf(id).describe()).scheduleId === temporalScheduleId(id));
    await temporalOf(id).pause('by hand');
    await comparedUntil(async () => !(await temporalOf(id).describe()).state.paused);
    await temporalOf(id).update(({ searchAttributes: _, ...before }) => ({
      ...before,
      spec: { intervals: [{ every: '1 day' }] },
    }));
    await comparedUntil(async () => (await temporalOf(id).describe()).spec.calendars?.length === 1);
    expect(sent('kept')).toBe(0);
  });
});
