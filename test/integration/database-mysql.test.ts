import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../../dev/free-port.ts';
import { makeAuthority } from '../support/certificates.ts';
import { databaseCaller, outputOf, outputText } from '../support/database-call.ts';
import { eventually } from '../support/eventually.ts';
import { closeAll, egress } from '../support/guarded-egress.ts';
import { findMariaDb, type MariaDbServer, startMariaDb } from '../support/mariadb-server.ts';
import { createTcpGate, type TcpGate } from '../support/tcp-gate.ts';

const files = findMariaDb();

describe.skipIf(files === null)(
  "MariaDB's server (installed, MARIADBD_PATH, or unpacked from Debian's packages mariadb-server-core, liburing2 and libaio1)",
  () => {
    let server: MariaDbServer;
    const authority = makeAuthority('the authority of the shop');
    let gate: TcpGate;
    let run: ReturnType<typeof databaseCaller>;
    let behindGate: ReturnType<typeof databaseCaller>;
    const password = 'a-password-of-the-shop';

    beforeAll(async () => {
      server = await startMariaDb(files!, authority.issue('localhost'));
      await server.admin(
        'USE shop',
        `CREATE USER 'shop'@'%' IDENTIFIED BY '${password}'`,
        "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, DROP ON shop.* TO 'shop'@'%'",
        'CREATE TABLE orders (id bigint PRIMARY KEY, customer varchar(200), total decimal(20,2), placed_at datetime(3), note json, share float, bytes blob) ENGINE=InnoDB',
        'CREATE TABLE notes (id int AUTO_INCREMENT PRIMARY KEY, text varchar(20)) ENGINE=InnoDB',
        `INSERT INTO orders VALUES (9007199254740993, 'Ana', 19.90, '2026-01-31 12:00:00.500', '{"price": 1.10}', 1.1, x'00ff'), (2, 'Ben''s {shop}', 5, NULL, NULL, NULL, NULL)`,
      );
      const gatePort = await freePort('a gate', 0);
      gate = createTcpGate(gatePort, { host: '127.0.0.1', port: server.port });
      await gate.open();
      const outside = egress();
      const of = (port: number) =>
        databaseCaller(outside, {
          engine: 'mysql',
          user: 'shop',
          password,
          url: `mysql://127.0.0.1:${port}/shop`,
          privateHosts: [`127.0.0.1:${port}`],
        });
      run = of(server.port);
      behindGate = of(gatePort);
    });

    afterAll(async () => {
      await closeAll();
      await gate?.shut();
      await server?.stop();
    });

    const count = async () => Number((await server.admin('SELECT count(*) AS n FROM shop.orders'))[0]?.n);
    const running = async (text: string) =>
      (await server.admin('SHOW FULL PROCESSLIST')).filter(
        ({ Info }) => String(Info ?? '').includes(text) && !String(Info).startsWith('SHOW'),
      ).length;

    test('numbers keep their digits, times are ISO 8601, bytes are base64, JSON is JSON', async () => {
      const result = await run('SELECT * FROM orders WHERE customer = {customer} AND id = {id}', {
        input: { customer: 'Ana', id: JSON.parse('1') },
      });
      expect(outputOf(result)).toEqual({ rows: [], rowCount: 0, truncated: false });
      const found = await run('SELECT * FROM orders WHERE customer = {customer} LIMIT {limit}', {
        input: { customer: 'Ana', limit: 5 },
      });
      expect(outputText(found)).toBe(
        '{"rows":[{"id":9007199254740993,"customer":"Ana","total":19.90,"placed_at":"2026-01-31T12:00:00.500",' +
          '"note":{"price":1.10},"share":1.1,"bytes":"AP8="}],"rowCount":1,"truncated":false}',
      );
    });

    test('an input is a value, whatever it contains', async () => {
      const hostile = "'; DROP TABLE orders; -- \\";
      const result = await run("SELECT {text} AS said, {text} AS again, '{a}' AS `x{b}` -- {c}\n # {d}", {
        input: { text: hostile },
      });
      expect(outputOf(result).rows).toEqual([{ said: hostile, again: hostile, 'x{b}': '{a}' }]);
      expect(await count()).toBe(2);
    });

    test('the server holds a read-only tool to reading', async () => {
      const hostile = [
        'INSERT INTO orders (id) VALUES (3)',
        'DELETE FROM orders',
        'CREATE TABLE mine (id int)',
        'DROP TABLE orders',
        'TRUNCATE orders',
        'SELECT 1; DELETE FROM orders',
        "SELECT 'x' INTO OUTFILE '/tmp/interlock-of-a-test'",
        "LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE orders",
        'BEGIN NOT ATOMIC DELETE FROM orders; END',
      ];
      for (const statement of hostile) {
        const result = await run(statement);
        expect(result, statement).toMatchObject({ ok: false, transient: false });
      }
      for (const statement of [
        'COMMIT',
        'START TRANSACTION READ WRITE',
        'SET SESSION TRANSACTION READ WRITE',
      ])
        await run(statement);
      expect(await count()).toBe(2);
    });

    test('rows beyond the limit are not fetched; a result that is too large fails', async () => {
      const endless =
        'WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 900) SELECT i FROM n';
      expect(outputOf(await run(endless, { config: { maxRows: 3 } }))).toMatchObject({
        rowCount: 3,
        truncated: true,
      });
      expect(outputOf(await run(`${endless} LIMIT 800`, { config: { maxRows: 3 } }))).toMatchObject({
        rowCount: 3,
        truncated: true,
      });
      const large = await run("SELECT repeat('x', 2000000)", { config: { maxResponseBytes: 1024 } });
      expect(large).toMatchObject({ ok: false, code: 'invalid_output' });
    });

    test('a timeout and a cancel end the statement on the server too', async () => {
      const late = await run('SELECT SLEEP(600) AS nap_one', { timeoutMs: 1500 });
      expect(late).toMatchObject({ ok: false, code: 'timeout', transient: true });
      const stop = new AbortController();
      const called = run('SELECT SLEEP(600) AS nap_two', { signal: stop.signal, timeoutMs: 600_000 });
      await eventually(async () => (await running('nap_two')) === 1);
      stop.abort(new Error('cancelled'));
      expect(await called).toMatchObject({ ok: false, sent: 'unknown' });
      await eventually(async () => (await running('nap_')) === 0);
    });

    test('a tool that writes does it in one transaction, and says the id that the database chose', async () => {
      const config = { readOnly: false };
      const added = await run('INSERT INTO notes (text) VALUES ({text})', { config, input: { text: 'one' } });
      expect(added).toMatchObject({ begun: 1 });
      expect(outputOf(added)).toEqual({ rows: [{ insertId: 1 }], rowCount: 1, truncated: false });
      const refused = await run('INSERT INTO orders (id) VALUES ({id})', { config, input: { id: 2 } });
      expect(refused).toMatchObject({
        ok: false,
        sent: 'before',
        transient: false,
        message: expect.stringContaining('A rule of the table does not allow the values (23000)'),
      });
    });

    test('a connection that is lost before COMMIT was sent is not done; the response to COMMIT lost is unknown', async () => {
      const insert = (id: number) =>
        behindGate('INSERT INTO orders (id) VALUES ({id})', { config: { readOnly: false }, input: { id } });
      const beforeCut = gate.breakAt('INSERT', 'response');
      expect(await insert(60)).toMatchObject({ ok: false, sent: 'before', transient: true, begun: 0 });
      await beforeCut;
      const commitCut = gate.breakAt('COMMIT', 'response');
      expect(await insert(61)).toMatchObject({ ok: false, sent: 'unknown', begun: 1 });
      await commitCut;
      await eventually(async () => (await count()) === 3);
      await server.admin('DELETE FROM shop.orders WHERE id IN (60, 61)');
    });

    test('what the database commits by itself is unknown as soon as it was sent', async () => {
      const cut = gate.breakAt('CREATE TABLE', 'response');
      const result = await behindGate('CREATE TABLE mine (id int)', { config: { readOnly: false } });
      await cut;
      expect(result).toMatchObject({ ok: false, sent: 'unknown' });
    });

    test('a wrong password is said to be one, and the replaced one is tried while a rotation overlaps', async () => {
      expect(await run('SELECT 1', { secret: 'wrong' })).toMatchObject({
        ok: false,
        httpStatus: 401,
        sent: 'before',
      });
      const rotated = await run('SELECT 1 AS one', { secret: 'wrong', previousSecret: password });
      expect(outputOf(rotated).rows).toEqual([{ one: 1 }]);
    });

    test('with TLS, the certificate of the server must come from the authority', async () => {
      const url = `mysql://localhost:${server.port}/shop`;
      const over = (tls: object) =>
        run("SHOW STATUS LIKE 'Ssl_cipher'", {
          config: { url, ...tls },
          privateHosts: [`localhost:${server.port}`],
        });
      const [secured] = outputOf(await over({ ca: authority.certificate })).rows;
      expect(secured?.Value).toMatch(/^TLS_/);
      expect(outputOf(await over({ tls: 'off' })).rows).toMatchObject([{ Value: '' }]);
      expect(await over({ tls: 'required' })).toMatchObject({ ok: false, sent: 'before' });
      const late = await run('SELECT SLEEP(600) AS nap_three', {
        config: { url, ca: authority.certificate },
        privateHosts: [`localhost:${server.port}`],
        timeoutMs: 1500,
      });
      expect(late).toMatchObject({ ok: false, code: 'timeout' });
      await eventually(async () => (await running('nap_three')) === 0);
      const large = await run("SELECT repeat('x', 2000000)", {
        config: { url, ca: authority.certificate, maxResponseBytes: 1024 },
        privateHosts: [`localhost:${server.port}`],
      });
      expect(large).toMatchObject({ ok: false, code: 'invalid_output' });
    });
  },
);
