import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../dev/embedded-postgres.ts';
import { freePort } from '../../dev/free-port.ts';
import { makeAuthority } from '../support/certificates.ts';
import { databaseCaller, outputOf, outputText } from '../support/database-call.ts';
import { eventually } from '../support/eventually.ts';
import { closeAll, egress } from '../support/guarded-egress.ts';
import { createTcpGate, type TcpGate } from '../support/tcp-gate.ts';

let server: EmbeddedPostgres;
let admin: pg.Client;
let dir: string;
let gate: TcpGate;
let port: number;
let gatePort: number;
let run: ReturnType<typeof databaseCaller>;
let behindGate: ReturnType<typeof databaseCaller>;
const password = 'a-password-of-the-shop';

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'interlock-shop-'));
  chmodSync(dir, 0o755);
  port = await freePort('a database', 0);
  server = await startEmbeddedPostgres({
    dataDir: join(dir, 'data'),
    port,
    database: 'shop',
    settings: { fsync: 'off' },
  });
  admin = new pg.Client({ connectionString: server.adminUrl });
  await admin.connect();
  await admin.query(`
    CREATE ROLE shop LOGIN PASSWORD '${password}';
    CREATE TABLE orders (id bigint PRIMARY KEY, customer text, total numeric(20,2), placed_at timestamptz, note jsonb);
    CREATE TABLE numbers AS SELECT n FROM generate_series(1, 20000) n;
    INSERT INTO orders VALUES
      (9007199254740993, 'Ana', 19.90, '2026-01-31 12:00:00.5+00', '{"price": 1.10}'),
      (2, 'Ben''s {shop}', 5, NULL, NULL);
    GRANT SELECT, INSERT, UPDATE, DELETE ON orders, numbers TO shop;
  `);
  gatePort = await freePort('a gate', 0);
  gate = createTcpGate(gatePort, { host: '127.0.0.1', port });
  await gate.open();
  const outside = egress();
  const shop = { engine: 'postgresql', user: 'shop', password };
  const of = (at: number) =>
    databaseCaller(outside, {
      ...shop,
      url: `postgresql://127.0.0.1:${at}/shop`,
      privateHosts: [`127.0.0.1:${at}`],
    });
  run = of(port);
  behindGate = of(gatePort);
});

afterAll(async () => {
  await closeAll();
  await gate?.shut();
  await admin?.end();
  await server?.stop();
  if (dir) rmSync(dir, { recursive: true, force: true });
});

const count = async (): Promise<number> =>
  Number((await admin.query<{ count: string }>('SELECT count(*) FROM orders')).rows[0]?.count);

/** The statements that run now, apart from this connection's. */
const running = async (text: string): Promise<number> =>
  (
    await admin.query(
      "SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE $1 AND pid <> pg_backend_pid()",
      [`%${text}%`],
    )
  ).rows.length;

describe('values', () => {
  test('numbers keep their digits, times are ISO 8601, bytes are base64, JSON is JSON', async () => {
    const result = await run(
      `SELECT o.*, 1.5::float8 AS share, '\\x00ff'::bytea AS bytes, true AS open, ARRAY[1.10, 2] AS prices,
        '2026-01-31'::date AS day, interval '1 day 2 hours' AS every, '2026-01-31 08:00'::timestamp AS local, 'NaN'::numeric AS none
       FROM orders o WHERE customer = {customer}`,
      { input: { customer: 'Ana' } },
    );
    expect(outputText(result)).toBe(
      '{"rows":[{"id":9007199254740993,"customer":"Ana","total":19.90,"placed_at":"2026-01-31T12:00:00.5+00:00",' +
        '"note":{"price":1.10},"share":1.5,"bytes":"AP8=","open":true,"prices":[1.10,2],"day":"2026-01-31",' +
        '"every":"P1DT2H","local":"2026-01-31T08:00:00","none":"NaN"}],"rowCount":1,"truncated":false}',
    );
  });

  test('an input is a value, whatever it contains', async () => {
    const hostile = "'; DROP TABLE orders; --";
    const result = await run(
      'SELECT {text}::text AS said, {list}::int[] AS list, {object}::jsonb AS object, {none}::text AS none',
      {
        input: { text: hostile, list: [1, 2], object: { a: [1, 'b"'] } },
      },
    );
    expect(outputOf(result).rows).toEqual([
      { said: hostile, list: [1, 2], object: { a: [1, 'b"'] }, none: null },
    ]);
    expect(await count()).toBe(2);
  });

  test('braces in strings, names and comments are no parameters', async () => {
    const result = await run(
      `SELECT '{a}' AS "x{b}", $tag$ {c} $tag$ AS quoted, E'\\'{d}' AS escaped -- {e}
       /* {f} /* {g} */ {h} */ FROM orders WHERE customer = 'Ben''s {shop}' AND id = {id}`,
      { input: { id: 2 } },
    );
    expect(outputOf(result).rows).toEqual([{ 'x{b}': '{a}', quoted: ' {c} ', escaped: "'{d}" }]);
  });

  test('columns with one name are numbered', async () => {
    expect(outputOf(await run('SELECT 1 AS a, 2 AS a, 3 AS "__proto__"')).rows).toEqual([
      JSON.parse('{"a":1,"a_2":2,"__proto__":3}'),
    ]);
  });
});

describe('a read-only tool', () => {
  test('the server refuses every way to write, and nothing is left of it', async () => {
    const hostile = [
      "INSERT INTO orders VALUES (3, 'Eve')",
      'WITH gone AS (DELETE FROM orders RETURNING *) SELECT * FROM gone',
      'SELECT * FROM orders FOR UPDATE',
      'CREATE TABLE mine (id int)',
      'TRUNCATE orders',
      'EXPLAIN ANALYZE DELETE FROM orders',
      'SET TRANSACTION READ WRITE',
      'DO $$ BEGIN SET TRANSACTION READ WRITE; DELETE FROM orders; END $$',
      "SELECT set_config('transaction_read_only', 'off', false)",
      'DO $$ BEGIN DELETE FROM orders; END $$',
      'DO $$ BEGIN COMMIT; DELETE FROM orders; END $$',
      "COPY orders FROM PROGRAM 'echo'",
      "COPY (SELECT 1) TO PROGRAM 'cat'",
    ];
    for (const statement of hostile) {
      const result = await run(statement);
      expect(result, statement).toMatchObject({
        ok: false,
        code: 'provider_error',
        sent: 'responded',
        transient: false,
      });
    }
    expect(await count()).toBe(2);
  });

  test('a second statement is refused, and one that ends the transaction changes nothing', async () => {
    expect(await run("COMMIT; INSERT INTO orders VALUES (3, 'Eve')")).toMatchObject({
      ok: false,
      code: 'provider_error',
    });
    for (const statement of [
      'COMMIT',
      'ROLLBACK',
      'BEGIN READ WRITE',
      'SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE',
    ])
      await run(statement);
    expect(await run("INSERT INTO orders VALUES (3, 'Eve')")).toMatchObject({ ok: false });
    expect(await count()).toBe(2);
  });

  test('COPY to the client ends the call and not the process', async () => {
    expect(await run('COPY (SELECT 1) TO STDOUT')).toMatchObject({ ok: false, code: 'provider_error' });
    expect(await run('COPY orders FROM STDIN', { config: { readOnly: false } })).toMatchObject({ ok: false });
    expect(await count()).toBe(2);
  });
});

describe('limits', () => {
  test('rows beyond the limit are not fetched, and the output says that there are more', async () => {
    const begun = performance.now();
    const result = await run(
      'SELECT n, pg_sleep(CASE WHEN n > 100 THEN 60 ELSE 0 END)::text FROM generate_series(1, 1000000) n',
      {
        config: { maxRows: 3 },
      },
    );
    expect(outputOf(result)).toMatchObject({ rowCount: 3, truncated: true });
    expect(performance.now() - begun).toBeLessThan(30_000);
    expect(outputOf(await run('SELECT n FROM numbers LIMIT 3', { config: { maxRows: 3 } }))).toMatchObject({
      rowCount: 3,
      truncated: false,
    });
  });

  test('a result that is too large fails, and a write with one is undone', async () => {
    const large = { maxResponseBytes: 1024, maxRows: 10_000 };
    expect(
      await run("SELECT repeat('x', 1000000) FROM generate_series(1, 100)", { config: large }),
    ).toMatchObject({
      ok: false,
      code: 'invalid_output',
      transient: false,
    });
    const written = await run(
      "INSERT INTO orders (id, customer) SELECT n, repeat('x', 1000) FROM generate_series(100, 1000) n RETURNING *",
      { config: { ...large, readOnly: false } },
    );
    expect(written).toMatchObject({ ok: false, code: 'invalid_output', sent: 'before' });
    expect(await count()).toBe(2);
  });

  test('after the timeout the statement ends on the server too', async () => {
    const result = await run('SELECT pg_sleep(600) AS nap_one', { timeoutMs: 1500 });
    expect(result).toMatchObject({ ok: false, code: 'timeout', transient: true });
    await eventually(async () => (await running('nap_one')) === 0);
  });

  test('a cancel ends it at once', async () => {
    const stop = new AbortController();
    const called = run('SELECT pg_sleep(600) AS nap_two', { signal: stop.signal, timeoutMs: 600_000 });
    await eventually(async () => (await running('nap_two')) === 1);
    stop.abort(new Error('cancelled'));
    expect(await called).toMatchObject({ ok: false, sent: 'unknown' });
    await eventually(async () => (await running('nap_two')) === 0);
  });

  test('the server has the timeout too, should this process be gone', async () => {
    const { rows } = outputOf(
      await run("SELECT current_setting('statement_timeout') AS t", { timeoutMs: 4321 }),
    );
    expect(rows).toEqual([{ t: '4321ms' }]);
  });
});

describe('a tool that writes', () => {
  const config = { readOnly: false };

  test('writes in one transaction and says how many rows', async () => {
    const added = await run('INSERT INTO orders (id, customer) VALUES ({id}, {customer}) RETURNING id', {
      config,
      input: { id: 50, customer: 'Cleo' },
    });
    expect(added).toMatchObject({ begun: 1 });
    expect(outputOf(added)).toEqual({ rows: [{ id: 50 }], rowCount: 1, truncated: false });
    const gone = await run('DELETE FROM orders WHERE id = {id}', { config, input: { id: 50 } });
    expect(outputOf(gone)).toEqual({ rows: [], rowCount: 1, truncated: false });
  });

  test('what a rule of the table refuses is not done, with the words of the server', async () => {
    const result = await run('INSERT INTO orders (id) VALUES ({id})', { config, input: { id: 2 } });
    expect(result).toMatchObject({
      ok: false,
      code: 'provider_error',
      sent: 'before',
      transient: false,
      message: '127.0.0.1 did not run the statement. A rule of the table does not allow the values (23505)',
      raw: { message: 'duplicate key value violates unique constraint "orders_pkey"', code: '23505' },
    });
  });

  test('a connection that is lost before COMMIT was sent is not done; the response to COMMIT lost is unknown', async () => {
    const insert = (id: number) =>
      behindGate('INSERT INTO orders (id) VALUES ({id})', { config, input: { id } });
    const beforeCut = gate.breakAt('INSERT', 'response');
    expect(await insert(60)).toMatchObject({ ok: false, sent: 'before', transient: true, begun: 0 });
    await beforeCut;
    const commitCut = gate.breakAt('COMMIT', 'response');
    expect(await insert(61)).toMatchObject({ ok: false, sent: 'unknown', begun: 1 });
    await commitCut;
    await eventually(async () => {
      const { rows } = await admin.query<{ id: string }>('SELECT id FROM orders WHERE id IN (60, 61)');
      return rows.length === 1 && rows[0]?.id === '61';
    });
    await admin.query('DELETE FROM orders WHERE id = 61');
  });

  test('an attempt that belongs to another worker by then is not committed', async () => {
    let asked = 0;
    const result = await run('INSERT INTO orders (id) VALUES (70)', {
      config,
      maySend: () => {
        asked += 1;
        return asked < 3;
      },
    });
    expect(result).toMatchObject({ ok: false, sent: 'before', begun: 0 });
    expect(await count()).toBe(2);
  });

  test('a cancel before COMMIT leaves nothing', async () => {
    const stop = new AbortController();
    const called = run('WITH nap AS (SELECT pg_sleep(600)) INSERT INTO orders (id) SELECT 80 FROM nap', {
      config,
      signal: stop.signal,
      timeoutMs: 600_000,
    });
    await eventually(async () => (await running('nap AS')) === 1);
    stop.abort(new Error('cancelled'));
    expect(await called).toMatchObject({ ok: false, sent: 'before' });
    await eventually(async () => (await running('nap AS')) === 0);
    expect(await count()).toBe(2);
  });
});

describe('the connection', () => {
  test('a wrong password is said to be one, and the replaced one is tried while a rotation overlaps', async () => {
    expect(await run('SELECT 1', { secret: 'wrong' })).toMatchObject({
      ok: false,
      httpStatus: 401,
      sent: 'before',
      transient: false,
      message: '127.0.0.1 refused the user name or the password. Nothing was run',
    });
    const rotated = await run('SELECT 1 AS one', { secret: 'wrong', previousSecret: password });
    expect(rotated.previousUsed).toBe(true);
    expect(outputOf(rotated).rows).toEqual([{ one: 1 }]);
  });

  test('a private host that is not listed is refused; a host that is not there is unreachable', async () => {
    expect(await run('SELECT 1', { privateHosts: [] })).toMatchObject({
      ok: false,
      code: 'denied',
      sent: 'before',
    });
    const nowhere = await freePort('nothing', 0);
    const result = await run('SELECT 1', {
      config: { url: `postgresql://127.0.0.1:${nowhere}/shop` },
      privateHosts: [`127.0.0.1:${nowhere}`],
    });
    expect(result).toMatchObject({ ok: false, code: 'provider_error', sent: 'before', transient: true });
  });

  test('TLS that is required is not given up where the server has none', async () => {
    expect(await run('SELECT 1', { config: { tls: 'required' } })).toMatchObject({
      ok: false,
      sent: 'before',
      message: expect.stringContaining('does not offer TLS. Nothing was sent'),
    });
  });

  test('the database may not exist', async () => {
    const result = await run('SELECT 1', { config: { url: `postgresql://127.0.0.1:${port}/nothing` } });
    expect(result).toMatchObject({
      ok: false,
      message: expect.stringContaining('The database does not exist'),
    });
  });
});

describe('a connection with TLS', () => {
  const authority = makeAuthority('the authority of the shop');

  beforeAll(async () => {
    const issued = authority.issue('localhost');
    const write = (file: string, text: string) =>
      admin.query(
        `COPY (SELECT unnest(string_to_array(${pg.escapeLiteral(text.trim())}, E'\\n'))) TO '${join(dir, 'data', file)}'`,
      );
    await write('server.crt', issued.certificate);
    await write('server.key', issued.privateKey);
    await admin.query("COPY (SELECT 1) TO PROGRAM 'chmod 600 server.key'");
    await admin.query('ALTER SYSTEM SET ssl = on');
    await admin.query('SELECT pg_reload_conf()');
    await eventually(async () => (await admin.query<{ ssl: string }>('SHOW ssl')).rows[0]?.ssl === 'on');
  });

  test('the certificate of the server must come from the authority', async () => {
    const secured = 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()';
    expect(outputOf(await run(secured)).rows).toEqual([{ ssl: false }]);
    expect(outputOf(await run(secured, { config: { ca: authority.certificate } })).rows).toEqual([
      { ssl: true },
    ]);
    const other = makeAuthority('another authority');
    for (const tls of [{ ca: other.certificate }, { tls: 'required' }])
      expect(await run(secured, { config: tls })).toMatchObject({
        ok: false,
        code: 'provider_error',
        sent: 'before',
        message: expect.stringContaining('The TLS connection'),
      });
  });

  test('a statement is cancelled over it too', async () => {
    const result = await run('SELECT pg_sleep(600) AS nap_three', {
      config: { ca: authority.certificate },
      timeoutMs: 1500,
    });
    expect(result).toMatchObject({ ok: false, code: 'timeout' });
    await eventually(async () => (await running('nap_three')) === 0);
  });
});
