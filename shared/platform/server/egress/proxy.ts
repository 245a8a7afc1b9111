import { type ClientRequest, request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { EgressError, EgressRefused } from './egress-error.ts';

/** The forward proxy of a deployment: every connection of tenants is a tunnel through it (HTTP CONNECT). */
export interface EgressProxy {
  /** `http://user:password@proxy.example:3128`, or `https://…` for a proxy that speaks TLS. */
  url: string;
  /** What a tunnel is asked for: the address that was checked, or the name, which the proxy resolves again. */
  target: 'address' | 'name';
}

const timeoutMs = 10_000;

/**
 * Opens a tunnel.
 * @param host a name or an address, IPv6 without brackets
 * @param shown `host:port` as the definition has it, for messages
 * @returns a socket of which nothing has been read
 * @throws EgressRefused when the proxy does not allow it, else EgressError; nothing was sent to the host then
 */
export function openTunnel(
  { url }: EgressProxy,
  { host, port }: { host: string; port: number },
  shown: string,
): Promise<Socket> {
  const proxy = new URL(url);
  const authority = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const fail = (message: string) =>
    reject(new EgressError('unreachable', 'before', `${message} (${shown}). Nothing was sent`));
  const options = {
    method: 'CONNECT',
    host: proxy.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: proxy.port,
    path: authority,
    headers: { host: authority, ...authorization(proxy) },
    // A connection for each tunnel, which outlives this request.
    agent: false,
  };
  const request: ClientRequest = (proxy.protocol === 'https:' ? tlsRequest : plainRequest)(options);
  const timer = setTimeout(() => {
    fail('The egress proxy did not respond in time');
    request.destroy();
  }, timeoutMs);
  request.once('error', () => fail('The egress proxy cannot be reached'));
  request.once('close', () => clearTimeout(timer));
  // To anything else than CONNECT a response has a body; to a refused CONNECT some proxies send one too.
  request.once('response', (response) => {
    response.destroy();
    fail(`The egress proxy returned ${response.statusCode}`);
  });
  request.once('connect', ({ statusCode = 0 }, socket: Socket, head: Buffer) => {
    clearTimeout(timer);
    if (statusCode >= 200 && statusCode < 300) {
      // The code that uses it hears of errors; until then they must not end the process.
      socket.on('error', () => {});
      if (head.length > 0) socket.unshift(head);
      resolve(socket);
      return;
    }
    socket.on('error', () => {}).destroy();
    if (statusCode === 403) {
      reject(
        new EgressRefused(
          'proxy',
          `The egress proxy of this deployment does not allow connections to ${shown} (403). Nothing was sent. Whoever runs Interlock can allow the host there`,
        ),
      );
      return;
    }
    const why = statusCode === 407 ? 'does not accept the credentials of Interlock' : 'did not connect';
    fail(`The egress proxy ${why}: it returned ${statusCode}`);
  });
  request.end();
  return promise;
}

function authorization({ username, password }: URL): Record<string, string> {
  if (username === '') return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
}
