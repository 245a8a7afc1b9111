import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { freePort } from '../../dev/free-port.ts';
import { createPart, type Part } from '../campaign/part.ts';
import type { StartedTemporal, TemporalStart } from '../campaign/stack.ts';
import { eventually } from '../support/eventually.ts';
import {
  createTemporalDatabases,
  findTemporalServer,
  hasNamespace,
  startTemporalProcess,
  type TemporalPorts,
  type TemporalService,
  temporalPorts,
} from '../support/real-temporal.ts';

/** Processes of each service. Its own worker does chores, and may be away for a while. */
export const temporalProcesses: Record<TemporalService, number> = {
  frontend: 2,
  history: 2,
  matching: 2,
  worker: 1,
};
export const historyShards = 32;
const connections = 8;

const dynamicConfig = {
  'matching.enableFairness': true,
  // A process that stops leaves the ring first, and serves until the others know.
  'frontend.shutdownDrainDuration': '2s',
  'history.shutdownDrainDuration': '2s',
  'matching.shutdownDrainDuration': '2s',
};

/** Starts Temporal's services, each in processes of their own, on PostgreSQL. @param fresh creates its databases first */
export async function startTemporalCluster(
  { dir, adminUrl, log }: TemporalStart,
  { fresh = true }: { fresh?: boolean } = {},
): Promise<StartedTemporal & { close(): Promise<void> }> {
  const binaries = await findTemporalServer(log);
  if (fresh) await createTemporalDatabases(binaries, { adminUrl, logFile: join(dir, 'temporal-schema.log') });
  const planned: { name: string; service: TemporalService; ports: TemporalPorts }[] = [];
  for (const [service, count] of Object.entries(temporalProcesses) as [TemporalService, number][])
    for (let number = 1; number <= count; number++)
      planned.push({ name: `${service}${number}`, service, ports: await temporalPorts(service) });
  const frontends = planned.filter(({ service }) => service === 'frontend').map(({ ports }) => ports.grpc);
  const entry = await openEntry(frontends);
  const address = `127.0.0.1:${entry.port}`;
  const parts = planned.map(({ name, service, ports }): Part => {
    const begin = async () => {
      const child = startTemporalProcess({
        binaries,
        adminUrl,
        dir: join(dir, 'temporal'),
        logFile: join(dir, `temporal-${name}.log`),
        name,
        runs: service,
        services: { ...someOf(planned), [service]: ports },
        frontendAddress: address,
        shards: historyShards,
        connections,
        dynamicConfig,
      });
      // The worker service serves no one: it has joined the ring when this port is open.
      const port = service === 'worker' ? ports.membership : ports.grpc;
      await eventually(() => child.ended !== undefined || isOpen(port), { timeoutMs: 60_000, everyMs: 100 });
      if (child.ended)
        throw new Error(`Temporal ${name} ended (${child.ended.reason}).\n${child.lastLines()}`);
      return child;
    };
    // It ends when PostgreSQL is away, and whoever supervises it starts it again.
    const launch = () => eventually(begin, { timeoutMs: 180_000, everyMs: 1000 });
    return createPart(`temporal ${name}`, launch, { log });
  });
  await Promise.all(parts.map((part) => part.start()));
  await eventually(() => hasNamespace(address), { timeoutMs: 120_000, everyMs: 500 });
  return { parts, port: entry.port, close: entry.close };
}

/** A process of each service. */
function someOf(
  planned: readonly { service: TemporalService; ports: TemporalPorts }[],
): Record<TemporalService, TemporalPorts> {
  const of = (service: TemporalService) => planned.find((each) => each.service === service)!.ports;
  return {
    frontend: of('frontend'),
    history: of('history'),
    matching: of('matching'),
    worker: of('worker'),
  };
}

/** One address for all frontends: a connection goes to the next one that takes it. */
async function openEntry(targets: readonly number[]): Promise<{ port: number; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  let turn = 0;
  const server = createServer({ noDelay: true, pauseOnConnect: true }, (inner) => {
    sockets.add(inner);
    inner.once('close', () => sockets.delete(inner));
    inner.on('error', () => {});
    const first = turn++;
    const reach = (attempt: number) => {
      const target = targets[(first + attempt) % targets.length];
      if (target === undefined || attempt === targets.length) return void inner.destroy();
      const outer = connect({ port: target, host: '127.0.0.1', noDelay: true });
      let reached = false;
      outer.on('error', () => reached || reach(attempt + 1));
      outer.once('connect', () => {
        reached = true;
        inner.once('close', () => outer.destroy());
        outer.once('close', () => inner.destroy());
        inner.pipe(outer).pipe(inner);
      });
    };
    reach(0);
  });
  const port = await freePort('Temporal', 0);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    port,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
