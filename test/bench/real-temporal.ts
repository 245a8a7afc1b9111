import { join } from 'node:path';
import type { Child } from '../../dev/child-process.ts';
import { freePort } from '../../dev/free-port.ts';
import { waitUntil } from '../../dev/wait-until.ts';
import {
  createTemporalDatabases,
  findTemporalServer,
  hasNamespace,
  startTemporalProcess,
  temporalPorts,
} from '../support/real-temporal.ts';

export interface RealTemporalOptions {
  /** Of the PostgreSQL server: its two databases are made there. */
  adminUrl: string;
  /** For its configuration and log. */
  dir: string;
  /** History shards; 512 and more in production. */
  shards?: number;
  /** Connections to its main database. */
  connections?: number;
  /** By the names of Temporal's dynamic configuration. */
  dynamicConfig?: Record<string, number | boolean | string>;
  log(line: string): void;
}

export interface RealTemporal {
  address: string;
  metricsUrl: string;
  child: Child;
  stop(): Promise<void>;
}

/** Starts Temporal's own server (all four services in one process) on PostgreSQL, with the namespace `default`. */
export async function startRealTemporal({
  adminUrl,
  dir,
  shards = 64,
  connections = 40,
  dynamicConfig = {},
  log,
}: RealTemporalOptions): Promise<RealTemporal> {
  const binaries = await findTemporalServer(log);
  const logFile = join(dir, 'real-temporal.log');
  await createTemporalDatabases(binaries, { adminUrl, logFile });
  const services = {
    frontend: await temporalPorts('frontend'),
    history: await temporalPorts('history'),
    matching: await temporalPorts('matching'),
    worker: await temporalPorts('worker'),
  };
  const metricsPort = await freePort('Temporal metrics', 0);
  const address = `127.0.0.1:${services.frontend.grpc}`;
  const child = startTemporalProcess({
    binaries,
    adminUrl,
    dir,
    logFile,
    name: 'bench',
    services,
    frontendAddress: address,
    metricsPort,
    shards,
    connections,
    dynamicConfig: { 'matching.enableFairness': true, ...dynamicConfig },
  });
  await waitUntil('The Temporal server', child, () => hasNamespace(address), { deadlineMs: 120_000 });
  return {
    address,
    metricsUrl: `http://127.0.0.1:${metricsPort}/metrics`,
    child,
    stop: async () => {
      await child.stop();
    },
  };
}
