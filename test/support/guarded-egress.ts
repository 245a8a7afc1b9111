import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect } from 'vitest';
import {
  createEgress,
  type Egress,
  type EgressOptions,
  type EgressRequest,
  type Reach,
} from '../../shared/platform/server/egress/egress.ts';
import { EgressError } from '../../shared/platform/server/egress/egress-error.ts';
import { createReservedHosts, type Endpoint } from '../../shared/platform/server/egress/reserved-hosts.ts';
import type { Issued } from './certificates.ts';

const closers: (() => Promise<unknown>)[] = [];

/** Ends what a test has opened. */
export async function closeAll(): Promise<void> {
  for (const close of closers.splice(0).toReversed()) await close();
}

export function closeLater(close: () => Promise<unknown>): void {
  closers.push(close);
}

export interface Loopback {
  port: number;
  hostPort: string;
  url: string;
  /** The ports that connected, open ones and all. */
  open: Set<number>;
  all: Set<number>;
  requests: IncomingMessage[];
}

/** A real server. @param tls its certificate; left out: HTTP */
export async function serve(respond: RequestListener, tls?: Issued): Promise<Loopback> {
  const requests: IncomingMessage[] = [];
  const [open, all] = [new Set<number>(), new Set<number>()];
  const listener: RequestListener = (request, response) => {
    requests.push(request);
    respond(request, response);
  };
  const server = tls
    ? createTlsServer({ cert: tls.certificate, key: tls.privateKey }, listener)
    : createServer(listener);
  server.on('connection', (socket) => {
    const port = socket.remotePort!;
    open.add(port);
    all.add(port);
    socket.on('close', () => open.delete(port));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closeLater(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  const hostPort = `127.0.0.1:${port}`;
  return { port, hostPort, url: `${tls ? 'https' : 'http'}://${hostPort}`, open, all, requests };
}

/** An egress that keeps what it has counted. */
export function egress(
  options: EgressOptions = {},
  reserved: Endpoint[] = [],
): Egress & { reached: Reach[] } {
  const reached: Reach[] = [];
  const made = createEgress(createReservedHosts(reserved), {
    onReach: (reach) => reached.push(reach),
    ...options,
  });
  closeLater(() => made.close());
  return { ...made, reached };
}

export const request = (url: string, more: Partial<EgressRequest> = {}): EgressRequest => ({
  tenantId: 't1',
  caller: { type: 'tool', id: 'tool-1' },
  privateHosts: [new URL(url).host],
  allowedHosts: null,
  method: 'GET',
  url,
  headers: {},
  signal: AbortSignal.timeout(30_000),
  maxResponseBytes: 1_000_000,
  ...more,
});

export async function failure(work: Promise<unknown>): Promise<EgressError> {
  const error = await work.then(
    () => null,
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(EgressError);
  return error as EgressError;
}
