import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectTo } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { complete, publishPlaybook, runWhen, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { type ApiResponse, type Call, startTestApi, type TestApi } from '../support/test-api.ts';

/** PostgreSQL that works, and refuses: what is in progress waits for it, and doors say so. */
describe('a database that refuses', () => {
  let api: TestApi;
  let as: Call;
  let admin: pg.Client;
  let adminUrl: string;
  let database: string;
  let provider: ProviderServer;
  let tool: string;
  /** Lets the provider respond to the calls that it has. */
  let respond: () => void;

  beforeAll(async () => {
    const own = await createOwnDatabase();
    adminUrl = own.adminUrl;
    admin = await connectTo(adminUrl);
    database = new URL(adminUrl).pathname.slice(1);
    provider = await startProvider();
    api = await startTestApi({ databaseUrl: own.databaseUrl });
    as = (await api.tenant({ privateHosts: [provider.host] })).as.tenant_admin;
    const config = { method: 'POST', url: provider.url };
    const { status, body } = await as('POST', '/api/tools', {
      name: 'act',
      title: 'Act',
      type: 'http',
      config,
      rateLimit: { requestsPerMinute: 6000, burst: 500 },
    });
    expect(status).toBe(201);
    tool = body.id;
    // A sequence counts what is rolled back, too.
    await admin.query(`
      CREATE SEQUENCE refusals;
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
      BEGIN
        IF nextval('refusals') <= TG_ARGV[1]::int THEN
          RAISE EXCEPTION 'refused' USING ERRCODE = TG_ARGV[0];
        END IF;
        RETURN NEW;
      END $$`);
  });
  afterAll(async () => {
    await api?.close();
    await admin?.end();
    await provider?.close();
  });

  /** The next `times` writes of a table fail with this SQLSTATE, while `work` runs. */
  async function refusing<T>(
    table: string,
    code: string,
    times: number,
    work: () => Promise<T>,
  ): Promise<{ result: T; refused: number }> {
    await admin.query('ALTER SEQUENCE refusals RESTART');
    await admin.query(
      `CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse('${code}', '${times}')`,
    );
    try {
      const result = await work();
      const { rows } = await admin.query<{ last_value: string }>('SELECT last_value FROM refusals');
      return { result, refused: Math.min(times, Number(rows[0]!.last_value)) };
    } finally {
      await admin.query(`DROP TRIGGER refuse ON ${table}`);
    }
  }

  /** Starts a call of the unsafe tool and waits until the provider has it. @returns its execution */
  async function callInProgress(): Promise<string> {
    provider.requests.length = 0;
    const waiting = Promise.withResolvers<void>();
    provider.respond = async (_request, response) => {
      await waiting.promise;
      sendJson(response, 200, { ok: true });
    };
    respond = waiting.resolve;
    const { status, body } = await as(
      'POST',
      `/api/tools/${tool}/execute`,
      { payload: { n: 1 } },
      { prefer: 'respond-async' },
    );
    expect(status).toBe(202);
    await eventually(() => provider.requests.length === 1);
    return body.id;
  }

  /** The response was not lost, and the call not repeated. */
  async function expectRecorded(id: string): Promise<void> {
    const execution = await eventually(async () => {
      const { body } = await as('GET', `/api/tools/executions/${id}`);
      return body.status === 'succeeded' || body.status === 'failed' ? body : undefined;
    });
    expect([execution.status, execution.failure, execution.output]).toEqual([
      'succeeded',
      undefined,
      { ok: true },
    ]);
    expect(execution.attempts).toHaveLength(1);
    expect(provider.requests).toHaveLength(1);
  }

  const expectUnavailable = ({ status, headers, body }: ApiResponse) => {
    expect([status, headers.get('retry-after'), body.error]).toEqual([
      503,
      '2',
      expect.objectContaining({
        code: 'unavailable',
        message: 'The database is unavailable. Nothing was changed. Try again.',
      }),
    ]);
  };

  const refusals = {
    'disk full': '53100',
    'out of memory': '53200',
    'a lock that is not granted': '55P03',
    'a statement timeout': '57014',
    'a serialization failure': '40001',
    deadlock: '40P01',
    'a standby': '25006',
  };
  test.each(Object.entries(refusals))(
    '%s (%s): the response of an unsafe call is recorded when it has passed',
    async (_, code) => {
      const id = await callInProgress();
      const { refused } = await refusing('execution_attempt', code, 3, async () => {
        respond();
        await expectRecorded(id);
      });
      expect(refused).toBe(3);
    },
  );

  test.each(Object.entries(refusals))(
    '%s (%s) is a 503 at the doors, and nothing was changed',
    async (_, code) => {
      const before = (await as('GET', '/api/tools/executions?limit=200')).body.items.length;
      const { result } = await refusing('tool_execution', code, 1, () =>
        as('POST', `/api/tools/${tool}/execute`, { payload: { n: 1 } }),
      );
      expectUnavailable(result);
      const created = await refusing('exception', code, 1, () =>
        as('POST', '/api/exceptions', { title: 'Refused', severity: 'low', domain: 'x' }),
      );
      expectUnavailable(created.result);
      expect((await as('GET', '/api/tools/executions?limit=200')).body.items).toHaveLength(before);
      expect((await as('GET', '/api/exceptions?q=Refused')).body.items).toEqual([]);
    },
  );

  test('the completion of a step waits for the database, and is decided once', async () => {
    const playbook = await publishPlaybook(as, {
      name: 'asks',
      steps: [{ id: 'ask', type: 'manual', title: 'Ask', assignee: { role: 'tenant_admin' } }],
    });
    const run = await startRun(as, playbook);
    await stepWhen(as, run, 'ask', 'waiting');
    const { result, refused } = await refusing('playbook_step_run', '53100', 3, () =>
      complete(as, run, 'ask'),
    );
    expect([result.status, refused]).toEqual([200, 3]);
    await runWhen(as, run, ({ status }) => status === 'completed');
  });

  test('a row that someone else has locked, and a deadlock with them, delay the record of a response', async () => {
    const id = await callInProgress();
    const other = await connectTo(adminUrl);
    await other.query("SET deadlock_timeout = '60s'");
    await other.query('BEGIN');
    await other.query('SELECT FROM tool_execution WHERE id = $1 FOR UPDATE', [id]);
    respond();
    const waits = `FROM pg_stat_activity WHERE datname = '${database}' AND wait_event_type = 'Lock'`;
    for (let cancelled = 0; cancelled < 3; cancelled++)
      await eventually(
        async () => (await admin.query(`SELECT pg_cancel_backend(pid) ${waits}`)).rowCount === 1,
      );
    // It holds the attempt and waits for the execution; this one holds the execution and waits for the attempt.
    await eventually(async () => (await admin.query(`SELECT ${waits}`)).rowCount === 1);
    await other.query('UPDATE execution_attempt SET cleared = false WHERE execution_id = $1', [id]);
    await other.query('COMMIT');
    await other.end();
    await expectRecorded(id);
  });

  /** As in a failover, and as by a server that has no connection left. */
  test.each([
    [
      'that has become read-only',
      'SET default_transaction_read_only = on',
      'RESET default_transaction_read_only',
    ],
    ['without a free connection', 'CONNECTION LIMIT 0', 'CONNECTION LIMIT -1'],
  ])(
    'a database %s: doors are 503, the response of an unsafe call is recorded afterwards',
    async (_, begin, end) => {
      const id = await callInProgress();
      await admin.query(`ALTER DATABASE ${database} ${begin}`);
      try {
        await admin.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${database}' AND pid <> pg_backend_pid()`,
        );
        respond();
        for (let request = 0; request < 3; request++)
          expectUnavailable(
            await as('POST', '/api/exceptions', { title: 'x', severity: 'low', domain: 'x' }),
          );
      } finally {
        await admin.query(`ALTER DATABASE ${database} ${end}`);
      }
      await expectRecorded(id);
      await eventually(async () => {
        const { status } = await as('POST', '/api/exceptions', { title: 'x', severity: 'low', domain: 'x' });
        return status === 201;
      });
    },
  );
});
