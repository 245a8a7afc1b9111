import { createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { databaseCaller } from '../../../support/database-call.ts';
import { closeAll, closeLater, egress } from '../../../support/guarded-egress.ts';

afterEach(closeAll);

/** A server that says what it likes: at once, and again for each thing that it gets. */
async function serve(say: (socket: Socket, turn: number) => void): Promise<number> {
  const server = createServer((socket) => {
    let turn = 0;
    socket.on('error', () => {});
    socket.on('data', () => {
      turn += 1;
      say(socket, turn);
    });
    say(socket, turn);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closeLater(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');
  return address.port;
}

/** The same bytes for the same seed. */
function noise(seed: number, length: number): Buffer {
  let state = seed + 1;
  return Buffer.from(
    Array.from({ length }, () => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return state >> 16;
    }),
  );
}

const statements = {
  postgresql: 'SELECT 1',
  mysql: 'SELECT 1',
  mongodb: { collection: 'a', find: {} },
};

async function call(engine: keyof typeof statements, port: number) {
  const run = databaseCaller(egress(), {
    engine,
    url: `${engine}://127.0.0.1:${port}/shop`,
    user: 'shop',
    password: 'secret',
    privateHosts: [`127.0.0.1:${port}`],
  });
  return run(statements[engine], { timeoutMs: 250, config: { maxResponseBytes: 4096 } });
}

/** A message of PostgreSQL with a length that may be wrong. */
function pg(type: string, body: Buffer, length = body.length + 4): Buffer {
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(length, 1);
  return Buffer.concat([head, body]);
}

const signedIn = Buffer.concat([pg('R', Buffer.alloc(4)), pg('Z', Buffer.from('I'))]);

describe('a server that is none', () => {
  test.each(Object.keys(statements) as (keyof typeof statements)[])(
    'noise to a client of %s fails the call',
    async (engine) => {
      for (let seed = 0; seed < 5; seed++) {
        const port = await serve((socket, turn) => socket.write(noise(seed * 100 + turn, 1 + seed * 60)));
        expect(await call(engine, port)).toMatchObject({ ok: false });
      }
    },
  );

  test.each([
    ['a row that no one asked for', pg('D', Buffer.from([0, 1, 0, 0, 0, 1, 65]))],
    ['a row that is shorter than it says', pg('D', Buffer.from([117, 48, 0, 0]))],
    ['columns without an end', pg('T', Buffer.from([0, 9, 65, 65]))],
    ['a negative length', pg('D', Buffer.alloc(4), -5)],
    ['a request to copy', pg('G', Buffer.from([0, 0, 0]))],
    ['rows to copy', Buffer.concat([pg('H', Buffer.from([0, 0, 0])), pg('d', Buffer.from('x'))])],
    ['a sign-in after the sign-in', pg('R', Buffer.from([0, 0, 0, 10, 65, 0, 0]))],
    ['a type that does not exist', pg('?', Buffer.from('x'))],
    ['an error without an end', pg('E', Buffer.from('SERROR'))],
    ['more than the limit', pg('d', Buffer.alloc(600_000))],
  ])('PostgreSQL: %s', async (_name, message) => {
    const port = await serve((socket, turn) => turn > 0 && socket.write(turn === 1 ? signedIn : message));
    expect(await call('postgresql', port)).toMatchObject({ ok: false });
  });

  test.each([
    ['a negative length', [-1, 2013]],
    ['a length of two gigabytes', [2_147_483_647, 2013]],
    ['another operation', [40, 1]],
  ])('MongoDB: %s', async (_name, [length = 0, operation = 0]) => {
    const port = await serve((socket, turn) => {
      if (turn === 0) return;
      const reply = Buffer.alloc(600_000);
      reply.writeInt32LE(length, 0);
      reply.writeInt32LE(operation, 12);
      socket.write(reply);
    });
    expect(await call('mongodb', port)).toMatchObject({ ok: false });
  });

  test('a server that says nothing is left at the timeout', async () => {
    const port = await serve(() => {});
    for (const engine of ['postgresql', 'mysql', 'mongodb'] as const)
      expect(await call(engine, port)).toMatchObject({ ok: false, code: 'timeout', sent: 'before' });
  });
});
