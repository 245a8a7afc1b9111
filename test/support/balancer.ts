import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A load balancer as deployments have them: it takes turns, keeps connections, and retries nothing. */
export interface Balancer {
  url: string;
  /** The upstreams whose `/readyz` says that they serve. */
  inService(): string[];
  /** Requests that an upstream has not responded to. */
  pending(upstream: string): number;
  close(): Promise<void>;
}

const lookMs = 50;
/** One slow response takes no upstream out of service. */
const failuresToLeave = 3;

/** @param upstreams base URLs */
export async function startBalancer(upstreams: readonly string[]): Promise<Balancer> {
  const agent = new Agent({ keepAlive: true });
  const ready = new Set<string>();
  const pending = new Map<string, number>();
  const count = (upstream: string, more: number) =>
    pending.set(upstream, (pending.get(upstream) ?? 0) + more);
  const stopping = new AbortController();
  let turn = 0;

  const watch = async (upstream: string) => {
    for (let failures = 0; !stopping.signal.aborted; ) {
      const serves = await fetch(`${upstream}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      );
      failures = serves ? 0 : failures + 1;
      if (serves) ready.add(upstream);
      else if (failures >= failuresToLeave) ready.delete(upstream);
      await sleep(lookMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  };
  const watching = upstreams.map(watch);

  const server = createServer((incoming, outgoing) => {
    const serving = [...ready];
    const upstream = serving[turn++ % serving.length];
    if (!upstream) {
      outgoing.writeHead(502).end();
      return;
    }
    count(upstream, 1);
    outgoing.once('close', () => count(upstream, -1));
    const { method, headers, url = '/' } = incoming;
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
      else outgoing.writeHead(502).end();
    });
    incoming.pipe(forwarded);
  });
  // Longer than any client keeps a connection that it does not use.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
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
