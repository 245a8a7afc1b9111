import { createServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { Reach } from '../../../shared/platform/server/egress/egress.ts';
import { closeAll, closeLater, egress } from '../../support/guarded-egress.ts';

afterEach(closeAll);

/** Says hello, then sends back what it gets. */
async function serveEcho(): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.write('hello ');
    socket.pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closeLater(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');
  return address.port;
}

const connection = (port: number, more: object = {}) => ({
  tenantId: 't1',
  caller: { type: 'tool', id: 'a' } as const,
  allowedHosts: null,
  privateHosts: [`127.0.0.1:${port}`],
  protocol: 'SMTP',
  host: '127.0.0.1',
  port,
  signal: AbortSignal.timeout(60_000),
  ...more,
});

test('a connection for another protocol reaches what the tenant may reach, and is counted', async () => {
  const port = await serveEcho();
  const reached: Reach[] = [];
  const guard = egress({ onReach: (reach) => reached.push(reach) });
  const socket = await guard.connect(connection(port));
  socket.end('there');
  let said = '';
  for await (const chunk of socket) said += String(chunk);
  expect(said).toBe('hello there');
  expect(reached).toMatchObject([{ method: 'SMTP', host: '127.0.0.1', port, outcome: 'reached' }]);
});

test('it is refused as a request would be: a private address, a list without the host, a list of methods', async () => {
  const port = await serveEcho();
  const outcomes: string[] = [];
  const guard = egress({ onReach: ({ outcome }) => outcomes.push(outcome) });
  const refused = (more: object) => expect(guard.connect(connection(port, more))).rejects;
  await refused({ privateHosts: [] }).toThrow(/not a public address/);
  await refused({ allowedHosts: [{ host: 'mail.example' }] }).toThrow(/not on the list/);
  await refused({ allowedHosts: [{ host: '127.0.0.1', methods: ['POST'] }] }).toThrow(/not on the list/);
  await refused({ host: '169.254.169.254' }).toThrow(/link-local or metadata/);
  await refused({ host: '127.0.0.1@evil.example' }).toThrow(/name or an address/);
  await refused({ host: '2130706433', privateHosts: [] }).toThrow(/not a public address/);
  expect(outcomes).toEqual(['address', 'not_allowed', 'not_allowed', 'address', 'address']);
});

test('an abort ends it, and the socket that comes too late is closed', async () => {
  const port = await serveEcho();
  const guard = egress();
  const aborted = AbortSignal.abort('cancelled');
  await expect(guard.connect(connection(port, { signal: aborted }))).rejects.toMatchObject({
    kind: 'aborted',
    sent: 'before',
  });
});
