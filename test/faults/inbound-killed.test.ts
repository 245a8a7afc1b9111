import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { freePort } from '../../dev/free-port.ts';
import { projectRoot } from '../../dev/paths.ts';
import { createAuth } from '../../shared/identity/server/auth.ts';
import { seedIdentity } from '../../shared/identity/server/seed-identity.ts';
import { openDatabase } from '../../shared/platform/db/database.ts';
import { connectTo } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { publishPlaybook } from '../support/playbook-runs.ts';
import { createTcpGate, type TcpGate } from '../support/tcp-gate.ts';
import { type Call, callerOf, testAuthSecret } from '../support/test-api.ts';

const timeoutMs = 90_000;

describe('a process that is killed between the 202 and the result of a delivery', () => {
  const processes: ChildProcess[] = [];
  const connections: pg.Client[] = [];
  let temporal: TcpGate;
  let databaseUrl: string;
  let adminUrl: string;
  let call: Call;
  let start: () => Promise<ChildProcess>;

  beforeAll(async () => {
    // The sweep starts the deliveries of every tenant.
    ({ databaseUrl, adminUrl } = await createOwnDatabase());
    const [port, temporalPort] = [await freePort('api', 0), await freePort('temporal', 0)];
    const [host = '', at] = inject('servers').temporalAddress.split(':');
    temporal = createTcpGate(temporalPort, { host, port: Number(at) });
    await temporal.open();
    const url = `http://127.0.0.1:${port}`;
    const db = openDatabase(databaseUrl);
    const slug = `t-${uuidv7()}`;
    const { apiKeys } = await seedIdentity(
      createAuth({ pool: db.authPool, secret: testAuthSecret, publicUrl: url }),
      {
        tenants: [{ slug, name: slug }],
        users: [],
        apiKeys: [{ tenant: slug, name: 'admin', roles: ['tenant_admin'] }],
      },
    );
    await db.close();
    call = callerOf(url, apiKeys[0]!.key);
    const dir = mkdtempSync(join(tmpdir(), 'interlock-killed-'));
    start = async () => {
      const child = spawn(process.execPath, [join(projectRoot, 'api/main.ts')], {
        cwd: projectRoot,
        stdio: 'ignore',
        env: {
          PATH: process.env.PATH,
          DATABASE_URL: databaseUrl,
          TEMPORAL_ADDRESS: `127.0.0.1:${temporalPort}`,
          INTERLOCK_TASK_QUEUE: dir,
          INTERLOCK_AUTH_SECRET: testAuthSecret,
          INTERLOCK_VAULT_KEYS_FILE: join(dir, 'keys.json'),
          INTERLOCK_PUBLIC_URL: url,
          INTERLOCK_ROLES: 'api,worker',
          INTERLOCK_PORT: String(port),
        },
      });
      processes.push(child);
      await eventually(async () => (await fetch(`${url}/readyz`)).ok, { timeoutMs, everyMs: 100 });
      return child;
    };
  });
  afterAll(async () => {
    for (const child of processes) child.kill('SIGKILL');
    await Promise.all([temporal?.shut(), ...connections.map((connection) => connection.end())]);
  });

  /** Keeps everyone from writing to a table. `held` resolves once someone waits for that. */
  async function lockTable(table: string) {
    const admin = await connectTo(adminUrl);
    connections.push(admin);
    await admin.query('BEGIN');
    await admin.query(`LOCK TABLE ${table} IN SHARE MODE`);
    return {
      held: () =>
        eventually(
          async () => {
            const { rowCount } = await admin.query(
              'SELECT FROM pg_locks WHERE NOT granted AND relation = $1::regclass',
              [table],
            );
            return (rowCount ?? 0) > 0;
          },
          { timeoutMs },
        ),
      release: () => admin.query('COMMIT'),
    };
  }

  test('it is processed once afterwards: before its start, within an action, and between two actions', {
    timeout: 300_000,
  }, async () => {
    const first = await start();
    await publishPlaybook(call, {
      name: 'look_at_it',
      steps: [{ id: 'look', type: 'manual', title: 'Look', assignee: { role: 'operator' } }],
    });
    const { body: hook } = await call('POST', '/api/inbound-webhooks', {
      name: 'source',
      scheme: 'bearer',
      actions: [
        { do: 'open_exception', groupBy: 'body.id', title: 'Order ${{ body.id }}' },
        { do: 'start_playbook', playbook: 'look_at_it' },
      ],
    });
    const deliver = async () => {
      const id = uuidv7();
      const sent = await call(
        'POST',
        new URL(hook.receiveUrl).pathname,
        { id },
        {
          authorization: `Bearer ${hook.secret}`,
        },
      );
      expect(sent.status, JSON.stringify(sent.body)).toBe(202);
      return { id, deliveryId: sent.body.deliveryId as string };
    };
    const runs = await lockTable('playbook_run');
    const betweenActions = await deliver();
    await runs.held();
    const exceptions = await lockTable('exception');
    const withinAction = await deliver();
    await exceptions.held();
    await temporal.shut();
    const beforeStart = await deliver();
    first.kill('SIGKILL');
    await once(first, 'exit');

    await Promise.all([runs.release(), exceptions.release(), temporal.open()]);
    await start();
    for (const { id, deliveryId } of [betweenActions, withinAction, beforeStart]) {
      const delivery = await eventually(
        async () => {
          const { body } = await call('GET', `/api/inbound-webhooks/deliveries/${deliveryId}`);
          return body.status !== 'accepted' && body;
        },
        { timeoutMs, everyMs: 100 },
      );
      expect(delivery).toMatchObject({
        status: 'processed',
        results: [{ status: 'succeeded', opened: { isNew: true, count: 1 } }, { status: 'succeeded' }],
      });
      const [{ exceptionId }, { runId }] = delivery.results;
      const opened = (await call('GET', `/api/exceptions?q=${id}`)).body.items;
      expect(opened.map((each: { id: string }) => each.id)).toEqual([exceptionId]);
      const started = (await call('GET', `/api/playbook-runs?exceptionId=${exceptionId}`)).body.items;
      expect(started.map((each: { id: string }) => each.id)).toEqual([runId]);
    }
  });
});
