import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { buildWeb } from '../../dev/build-web.ts';
import { killAllChildren, stopAllChildren } from '../../dev/child-process.ts';
import { acquireLock, type Lock } from '../../dev/lock.ts';
import { cacheDir } from '../../dev/paths.ts';
import { closeWatchdog } from '../../dev/watchdog.ts';
import { errorMessage } from '../../shared/platform/error-message.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { findTemporalServer } from '../support/real-temporal.ts';
import { startCluster } from './cluster.ts';
import { checkContract } from './contract.ts';
import { runFaults } from './faults.ts';
import type { Finding } from './finding.ts';
import { createUsers } from './load.ts';
import type { PartName } from './part-names.ts';
import { restoreCluster } from './restore.ts';
import { rollCluster } from './roll.ts';
import { measureThroughput } from './throughput.ts';

export interface DrillOptions {
  parts: ReadonlySet<PartName>;
  /** Of each tenant, while everything is replaced. */
  clients: number;
  /** Of each row of the throughput. */
  seconds: number;
  /** How long faults happen. */
  faultSeconds: number;
  /** Of the faults. */
  seed: number;
  /** After which the drill gives up. */
  limitMinutes: number;
}

const dir = join(cacheDir, 'cluster');
const began = Date.now();
const log = (line: string) => console.log(`[${((Date.now() - began) / 1000).toFixed(0)} s] ${line}`);

/** Runs the parts one after the other and reports, then ends this process: 1 when a promise is broken. */
export async function runDrill(options: DrillOptions): Promise<never> {
  const findings: Finding[] = [];
  const lock = takeLock();
  const ended = Promise.withResolvers<{ code: number; message?: string }>();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => ended.resolve({ code: 130, message: `Stopped by ${signal}.` }));
  // Of what happens beside the parts, such as a fault.
  process.on('unhandledRejection', (error) => ended.resolve({ code: 1, message: errorMessage(error) }));
  process.on('exit', killAllChildren);
  const limit = setTimeout(
    () =>
      ended.resolve({ code: 1, message: `The drill was not over after ${options.limitMinutes} minutes.` }),
    options.limitMinutes * 60_000,
  );
  limit.unref();
  void runParts(options, findings).then(
    () => ended.resolve({ code: findings.some(({ wrong }) => wrong.length > 0) ? 1 : 0 }),
    (error: unknown) => ended.resolve({ code: 1, message: errorMessage(error) }),
  );
  const { code, message } = await ended.promise;
  report(findings);
  if (message) console.error(`\n${message}`);
  log(`stopping; logs are in ${dir}`);
  await stopAllChildren();
  await closeWatchdog();
  for (const part of ['drill', 'faults', 'drill/restored'])
    rmSync(join(dir, part, 'postgres'), { recursive: true, force: true });
  lock.release();
  process.exit(code);
}

function takeLock(): Lock {
  mkdirSync(cacheDir, { recursive: true });
  const result = acquireLock(join(cacheDir, 'cluster.lock'));
  if (result.held) return result.lock;
  console.error(`The drill is running already (pid ${result.holder.pid}). Nothing was started.`);
  process.exit(1);
}

async function runParts(options: DrillOptions, findings: Finding[]): Promise<void> {
  const { parts, clients, seconds, faultSeconds, seed } = options;
  await findTemporalServer(log);
  await oneAtATime(buildWeb);
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  log(`${availableParallelism()} CPUs, load average ${loadavg()[0]?.toFixed(1)}`);
  if ([...parts].some((part) => part !== 'faults')) {
    const cluster = await startCluster(join(dir, 'drill'), { log });
    log('the cluster runs');
    const users = await createUsers(cluster);
    if (parts.has('contract')) findings.push(await checkContract(cluster, users, log));
    if (parts.has('roll')) findings.push(await rollCluster(cluster, users, { clients, log }));
    if (parts.has('throughput')) findings.push(await measureThroughput(cluster, users, { seconds, log }));
    // The last one: it loses the cluster.
    if (parts.has('restore')) findings.push(await restoreCluster(cluster, users, { log }));
    await cluster.stop();
  }
  if (parts.has('faults'))
    findings.push(await runFaults(join(dir, 'faults'), { seconds: faultSeconds, seed, log }));
}

function report(findings: readonly Finding[]): void {
  const text = findings.map(({ title, lines }) => [`## ${title}`, '', ...lines, ''].join('\n')).join('\n');
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'result.md'), text);
  console.log(`\n${text}`);
  for (const { title, wrong } of findings) for (const what of wrong) console.error(`${title}: ${what}`);
}
