import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Issued } from './certificates.ts';

/** A real forward proxy on the loopback address, for HTTP CONNECT only. */
export interface ConnectProxy {
  /** With its user and password. */
  url: string;
  /** `host:port`, of the proxy itself. */
  host: string;
  /** What each tunnel was asked for, those that were refused too. */
  asked: string[];
  /** The local ports of the connections that it has made to servers. */
  ports: Set<number>;
  /** May be replaced: the status of a tunnel, 200 to open it; null: it does not respond. */
  decide: (authority: string) => number | null;
  close(): Promise<void>;
}

export const proxyPassword = 'p@ss/word-of-proxy';

/**
 * @param names what it resolves itself: `pay.internal` → `127.0.0.1`
 * @param tls its certificate, where it speaks TLS
 */
export async function startConnectProxy(
  names: Record<string, string> = {},
  tls?: Issued,
): Promise<ConnectProxy> {
  const expected = `Basic ${Buffer.from(`interlock:${proxyPassword}`).toString('base64')}`;
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  };
  const server = tls ? createTlsServer({ cert: tls.certificate, key: tls.privateKey }) : createServer();
  server.on('connection', keep);
  server.on('connect', (request, inner: Socket, head: Buffer) => {
    const authority = request.url ?? '';
    proxy.asked.push(authority);
    const known = request.headers['proxy-authorization'] === expected;
    const status = known ? proxy.decide(authority) : 407;
    if (status === null) return;
    if (status !== 200) {
      inner.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);
      return;
    }
    const { hostname, port } = new URL(`http://${authority}`);
    const outer = connect({ host: names[hostname] ?? hostname, port: Number(port || 80) }, () => {
      proxy.ports.add((outer.address() as AddressInfo).port);
      inner.write('HTTP/1.1 200 Connection established\r\n\r\n');
      outer.write(head);
      inner.pipe(outer).pipe(inner);
    });
    keep(outer);
    outer.once('error', () => {
      if (outer.connecting || outer.bytesRead === 0) inner.end('HTTP/1.1 502 Bad gateway\r\n\r\n');
    });
    outer.on('close', () => inner.destroy());
    inner.on('close', () => outer.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const proxy: ConnectProxy = {
    url: `${tls ? 'https' : 'http'}://interlock:${encodeURIComponent(proxyPassword)}@${host}`,
    host,
    asked: [],
    ports: new Set(),
    decide: () => 200,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return proxy;
}
