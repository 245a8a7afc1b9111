import { type AddressInfo, connect, type Socket } from 'node:net';
import { createServer } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../../dev/free-port.ts';
import type { JsonValue } from '../../shared/platform/json.ts';
import { makeAuthority } from '../support/certificates.ts';
import { databaseCaller, outputOf, outputText } from '../support/database-call.ts';
import { closeAll, egress } from '../support/guarded-egress.ts';
import { canStartMongo, type MongoServer, startMongo } from '../support/mongo-server/start.ts';
import { createTcpGate, type TcpGate } from '../support/tcp-gate.ts';

const available = canStartMongo();

describe.skipIf(!available)(
  "MongoDB's protocol (needs MONGODB_URL, or Java and Maven for mongo-java-server)",
  () => {
    let server: MongoServer;
    let gate: TcpGate;
    let run: ReturnType<typeof databaseCaller>;
    let behindGate: ReturnType<typeof databaseCaller>;
    const writes = { config: { readOnly: false } };
    const orders = `orders_${Date.now()}`;

    beforeAll(async () => {
      server = await startMongo();
      const gatePort = await freePort('a gate', 0);
      const [host = '', port = ''] = server.hostPort.split(':');
      gate = createTcpGate(gatePort, { host, port: Number(port) });
      await gate.open();
      const outside = egress();
      const of = (url: string) =>
        databaseCaller(outside, { engine: 'mongodb', url, privateHosts: [new URL(url).host] });
      run = of(server.url);
      behindGate = of(`mongodb://127.0.0.1:${gatePort}/shop`);
      const added = await run(
        { collection: orders, insertMany: '{orders}' },
        {
          ...writes,
          input: {
            orders: [
              { _id: 1, customer: 'Ana', total: 19.9, note: { price: 1 } },
              { _id: 2, customer: 'Ben', total: 5 },
              { _id: 3, customer: '$ne', total: 7 },
            ],
          },
        },
      );
      expect(outputOf(added)).toEqual({ rows: [], rowCount: 3, truncated: false });
    });

    afterAll(async () => {
      await closeAll();
      await gate?.shut();
      await server?.stop();
    });

    test('finds, aggregates, counts and lists values', async () => {
      const found = await run(
        { collection: orders, find: { customer: '{customer}' }, projection: { note: 0 } },
        { input: { customer: 'Ana' } },
      );
      expect(outputOf(found)).toEqual({
        rows: [{ _id: 1, customer: 'Ana', total: 19.9 }],
        rowCount: 1,
        truncated: false,
      });
      const summed = await run(
        {
          collection: orders,
          aggregate: [
            { $match: { total: { $gt: '{above}' } } },
            { $group: { _id: null, sum: { $sum: '$total' } } },
          ],
        },
        { input: { above: 6 } },
      );
      expect(outputOf(summed).rows).toEqual([{ _id: null, sum: 26.9 }]);
      expect(outputOf(await run({ collection: orders, countDocuments: {} })).rows).toEqual([{ count: 3 }]);
      const names = await run({ collection: orders, distinct: 'customer', filter: { total: { $lt: 10 } } });
      expect(
        outputOf(names)
          .rows.map(({ customer }) => customer)
          .sort(),
      ).toEqual(['$ne', 'Ben']);
    });

    test('values keep their type and their digits', async () => {
      const id = '65a1b2c3d4e5f60718293a4b';
      const kinds = `kinds_${Date.now()}`;
      await run(
        {
          collection: kinds,
          insertOne: {
            _id: { $oid: '{id}' },
            at: { $date: '{at}' },
            big: { $numberLong: '9007199254740993' },
            price: { $numberDecimal: '19.90' },
            uuid: { $uuid: '{uuid}' },
            list: '{list}',
          },
        },
        {
          ...writes,
          input: {
            id,
            at: '2026-01-31T12:00:00Z',
            uuid: '0190a6a0-0000-7000-8000-000000000001',
            list: [1, 'a', null, { b: true }],
          },
        },
      );
      expect(
        outputText(await run({ collection: kinds, find: { _id: { $oid: '{id}' } } }, { input: { id } })),
      ).toBe(
        `{"rows":[{"_id":"${id}","at":"2026-01-31T12:00:00.000Z","big":9007199254740993,"price":19.90,` +
          '"uuid":"0190a6a0-0000-7000-8000-000000000001","list":[1,"a",null,{"b":true}]}],"rowCount":1,"truncated":false}',
      );
    });

    test('an input never becomes an operator', async () => {
      const find = { collection: orders, find: { customer: '{customer}' } };
      const hostile: JsonValue[] = [{ $ne: null }, { $where: 'sleep(1000)' }, [{ deep: { $gt: '' } }]];
      for (const customer of hostile)
        await expect(run(find, { input: { customer } })).rejects.toMatchObject({
          code: 'invalid_input',
          issues: [{ path: '/customer', message: expect.stringContaining('must not contain the operator') }],
        });
      expect(outputOf(await run(find, { input: { customer: '$ne' } })).rows).toMatchObject([{ _id: 3 }]);
      await expect(
        run(
          { collection: orders, aggregate: [{ $project: { x: '{name}' } }] },
          { input: { name: '$total' } },
        ),
      ).rejects.toMatchObject({ issues: [{ message: 'name must not begin with "$" in this place' }] });
    });

    test('rows come in batches, up to one more than the limit', async () => {
      const many = `many_${Date.now()}`;
      const documents = Array.from({ length: 2500 }, (_, n) => ({ _id: n }));
      await run({ collection: many, insertMany: '{documents}' }, { ...writes, input: { documents } });
      expect(
        outputOf(await run({ collection: many, find: {} }, { config: { maxRows: 2400 } })),
      ).toMatchObject({
        rowCount: 2400,
        truncated: true,
      });
      expect(
        outputOf(await run({ collection: many, find: {}, limit: 1200 }, { config: { maxRows: 2400 } })),
      ).toMatchObject({ rowCount: 1200, truncated: false });
      const large = { maxRows: 10_000, maxResponseBytes: 1024 };
      const text = 'x'.repeat(400_000);
      await run({ collection: many, insertOne: { text: '{text}' } }, { ...writes, input: { text } });
      expect(
        await run({ collection: many, find: { text: { $exists: true } } }, { config: large }),
      ).toMatchObject({
        ok: false,
        code: 'invalid_output',
      });
    });

    test('updates and deletes say how many documents', async () => {
      const updated = await run(
        { collection: orders, updateMany: { total: { $lt: 10 } }, update: { $set: { seen: '{seen}' } } },
        { ...writes, input: { seen: true } },
      );
      expect(outputOf(updated).rowCount).toBe(2);
      const kept = await run({ collection: orders, find: { seen: true }, sort: { _id: 1 } });
      expect(outputOf(kept).rows.map(({ _id }) => _id)).toEqual([2, 3]);
      const removed = await run({ collection: orders, deleteOne: { _id: 3 } }, writes);
      expect(outputOf(removed).rowCount).toBe(1);
    });

    test('what a unique index refuses is not done; a response that is lost is unknown', async () => {
      const refused = await run({ collection: orders, insertOne: { _id: 1 } }, writes);
      expect(refused).toMatchObject({
        ok: false,
        sent: 'before',
        transient: false,
        message: expect.stringContaining('A unique index does not allow the values (11000)'),
      });
      const some = await run(
        { collection: orders, insertMany: [{ _id: 80 }, { _id: 1 }, { _id: 81 }] },
        writes,
      );
      expect(some).toMatchObject({
        ok: false,
        sent: 'responded',
        message: expect.stringContaining('before that: 1'),
      });
      const cut = gate.breakAt('insert', 'response');
      const lost = await behindGate({ collection: orders, insertOne: { _id: 90 } }, writes);
      await cut;
      expect(lost).toMatchObject({ ok: false, sent: 'unknown', begun: 1 });
    });

    test('with TLS, the certificate of the server must come from the authority', async () => {
      const authority = makeAuthority('the authority of the shop');
      const { certificate: cert, privateKey: key } = authority.issue('localhost');
      const sockets = new Set<Socket>();
      const kept = <S extends Socket>(socket: S): S => {
        sockets.add(socket.on('error', () => {}));
        return socket;
      };
      const [host, port] = server.hostPort.split(':');
      const secure = createServer({ cert, key }, (client) => {
        const inner = kept(connect(Number(port), host));
        kept(client).pipe(inner).pipe(client);
      });
      await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
      const hostPort = `localhost:${(secure.address() as AddressInfo).port}`;
      const over = (config: Record<string, unknown>, privateHosts = [hostPort]) =>
        databaseCaller(egress(), { engine: 'mongodb', url: `mongodb://${hostPort}/shop`, privateHosts })(
          { collection: orders, countDocuments: { _id: 2 } },
          { config },
        );
      try {
        expect(outputOf(await over({ ca: authority.certificate }))).toMatchObject({ rows: [{ count: 1 }] });
        for (const tls of [{ ca: makeAuthority('another').certificate }, { tls: 'required' }])
          expect(await over(tls)).toMatchObject({
            ok: false,
            sent: 'before',
            message: expect.stringContaining('The TLS connection'),
          });
      } finally {
        for (const socket of sockets) socket.destroy();
        secure.close();
      }
    });

    test('a call that is cancelled ends at once; a private host that is not listed is refused', async () => {
      gate.hold();
      const stop = new AbortController();
      const called = behindGate({ collection: orders, find: {} }, { signal: stop.signal });
      stop.abort(new Error('cancelled'));
      expect(await called).toMatchObject({ ok: false, code: 'timeout' });
      gate.release();
      expect(await run({ collection: orders, find: {} }, { privateHosts: [] })).toMatchObject({
        ok: false,
        code: 'denied',
        sent: 'before',
      });
    });
  },
);
