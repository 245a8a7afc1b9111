import { Agent, createServer, request, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A load balancer as deployments have them: it takes turns, keeps connections, and retries nothing that was sent. */
export interface Balancer {
  url: string;
  /** Looks at one more upstream from now on. */
  add(upstream: string): void;
  /** Of a process that has ended for good. */
  remove(upstream: string): void;
  /** The upstreams whose `/readyz` says that they serve. */
  inService(): string[];
  /** Requests that an upstream has not responded to. */
  pending(upstream: string): number;
  close(): Promise<void>;
}

export interface BalancerOptions {
  /** How often it looks at `/readyz` of each upstream. */
  lookMs?: number;
  /** One slow response takes no upstream out of service. */
  failuresToLeave?: number;
  port?: number;
  /** Which of the upstreams a path may go to; default: all. */
  serves?(upstream: string, path: string): boolean;
}

/** @param upstreams base URLs */
export async function startBalancer(
  upstreams: readonly string[],
  { lookMs = 50, failuresToLeave = 3, port = 0, serves = () => true }: BalancerOptions = {},
): Promise<Balancer> {
  // Both sides are without delay (TCP_NODELAY), as Node does by default: else a small response waits up to 40 ms.
  const agent = new Agent({ keepAlive: true });
  const known = new Set<string>();
  const ready = new Set<string>();
  const pending = new Map<string, number>();
  const count = (upstream: string, more: number) =>
    pending.set(upstream, (pending.get(upstream) ?? 0) + more);
  const stopping = new AbortController();
  let turn = 0;

  const looks = async (upstream: string): Promise<boolean> => {
    const timeout = AbortSignal.timeout(5000);
    const response = await fetch(`${upstream}/readyz`, {
      signal: AbortSignal.any([timeout, stopping.signal]),
    });
    await response.body?.cancel();
    return response.ok;
  };
  const watch = async (upstream: string) => {
    for (let failures = 0; !stopping.signal.aborted && known.has(upstream); ) {
      const good = await looks(upstream).catch(() => false);
      failures = good ? 0 : failures + 1;
      if (good && known.has(upstream)) ready.add(upstream);
      else if (failures >= failuresToLeave) ready.delete(upstream);
      await sleep(lookMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  };
  const watching: Promise<void>[] = [];
  const add = (upstream: string) => {
    known.add(upstream);
    watching.push(watch(upstream));
  };
  upstreams.forEach(add);

  const upstreamFor = (url: string): string | undefined => {
    const serving = [...ready].filter((upstream) => serves(upstream, url));
    return serving[turn++ % serving.length];
  };
  const server = createServer((incoming, outgoing) => {
    const { method, headers, url = '/' } = incoming;
    const upstream = upstreamFor(url);
    if (!upstream) {
      refuse(outgoing);
      return;
    }
    count(upstream, 1);
    outgoing.once('close', () => count(upstream, -1));
    const forwarded = request(
      new URL(url, upstream),
      { agent, method: method!, headers: { ...headers, host: new URL(upstream).host } },
      (response) => {
        const { connection: _connection, ...kept } = response.headers;
        outgoing.writeHead(response.statusCode!, kept);
        response.pipe(outgoing);
      },
    );
    forwarded.on('error', () => {
      if (outgoing.headersSent) outgoing.destroy();
      else refuse(outgoing);
    });
    // A reader of a live stream that has left: the upstream learns of it.
    outgoing.once('close', () => forwarded.destroy());
    incoming.pipe(forwarded);
  });
  // A WebSocket: bytes are passed on both ways, whatever the upstream responds.
  server.on('upgrade', ({ method, headers, url = '/' }, socket, head) => {
    const upstream = upstreamFor(url);
    if (!upstream) {
      socket.destroy();
      return;
    }
    const { hostname, port, host } = new URL(upstream);
    const lines = Object.entries({ ...headers, host }).map(([name, value]) => `${name}: ${value}\r\n`);
    const forwarded = connect(Number(port), hostname, () => {
      forwarded.write(`${method} ${url} HTTP/1.1\r\n${lines.join('')}\r\n`);
      forwarded.write(head);
      socket.pipe(forwarded).pipe(socket);
    });
    for (const [one, other] of [
      [socket, forwarded],
      [forwarded, socket],
    ] as const) {
      one.on('error', () => other.destroy());
      one.once('close', () => other.destroy());
    }
  });
  // Longer than any client keeps a connection that it does not use.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    add,
    remove(upstream) {
      known.delete(upstream);
      ready.delete(upstream);
    },
    inService: () => [...ready],
    pending: (upstream) => pending.get(upstream) ?? 0,
    async close() {
      stopping.abort();
      await Promise.all(watching);
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** As an error of the API, so that callers need to know one form only. */
function refuse(response: ServerResponse): void {
  const message = 'The load balancer got no response.';
  response.writeHead(502, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error: { code: 'bad_gateway', message } }));
}
