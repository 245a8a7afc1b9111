import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
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
import { restoreCluster } from './restore.ts';
import { rollCluster } from './roll.ts';
import { measureThroughput } from './throughput.ts';

// `npm run cluster -- --parts contract,roll,throughput,restore,faults`: docs/performance-cluster.md, "The drill".

const partNames = ['contract', 'roll', 'throughput', 'restore', 'faults'] as const;

const { values } = parseArgs({
  options: {
    parts: { type: 'string', default: partNames.join(',') },
    /** Of each tenant. */
    clients: { type: 'string', default: '4' },
    /** Of each step of the throughput. */
    seconds: { type: 'string', default: '10' },
    /** How long faults happen. */
    'fault-seconds': { type: 'string', default: '60' },
    seed: { type: 'string', default: '7' },
    /** After which the drill gives up. */
    'limit-minutes': { type: 'string', default: '15' },
  },
});
const number = (name: Exclude<keyof typeof values, 'parts'>): number => {
  const given = Number(values[name]);
  if (!(given > 0)) throw new Error(`--${name}: ${values[name]} is not a number above 0.`);
  return given;
};
const parts = new Set(
  values.parts.split(',').map((name) => {
    const part = partNames.find((known) => known === name);
    if (!part) throw new Error(`--parts: ${name} is not one of ${partNames.join(', ')}.`);
    return part;
  }),
);
const dir = join(cacheDir, 'cluster');
const began = Date.now();
const log = (line: string) => console.log(`[${((Date.now() - began) / 1000).toFixed(0)} s] ${line}`);
const findings: Finding[] = [];
const lock = takeLock();

let ending = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => void end(130, `Stopped by ${signal}.`));
process.on('exit', killAllChildren);
const limit = setTimeout(
  () => void end(1, `The drill was not over after ${values['limit-minutes']} minutes.`),
  number('limit-minutes') * 60_000,
);
limit.unref();

try {
  await findTemporalServer(log);
  await oneAtATime(buildWeb);
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  log(`${availableParallelism()} CPUs, load average ${loadavg()[0]?.toFixed(1)}`);
  const drilled = join(dir, 'drill');
  if (parts.size > Number(parts.has('faults'))) {
    const cluster = await startCluster(drilled, { log });
    log('the cluster runs');
    const users = await createUsers(cluster);
    if (parts.has('contract')) findings.push(...(await checkContract(cluster, users, log)));
    if (parts.has('roll'))
      findings.push(...(await rollCluster(cluster, users, { clients: number('clients'), log })));
    if (parts.has('throughput'))
      findings.push(...(await measureThroughput(cluster, users, { seconds: number('seconds'), log })));
    if (parts.has('restore')) findings.push(...(await restoreCluster(cluster, users, { log })));
    await cluster.stop();
  }
  if (parts.has('faults'))
    findings.push(
      ...(await runFaults(join(dir, 'faults'), {
        seconds: number('fault-seconds'),
        seed: number('seed'),
        log,
      })),
    );
  report();
  await end(findings.some(({ wrong }) => wrong.length > 0) ? 1 : 0);
} catch (error) {
  report();
  await end(1, errorMessage(error));
}

function takeLock(): Lock {
  mkdirSync(cacheDir, { recursive: true });
  const result = acquireLock(join(cacheDir, 'cluster.lock'));
  if (result.held) return result.lock;
  console.error(`The drill is running already (pid ${result.holder.pid}). Nothing was started.`);
  process.exit(1);
}

function report(): void {
  const text = findings.map(({ title, lines }) => [`## ${title}`, '', ...lines, ''].join('\n')).join('\n');
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'result.md'), text);
  console.log(`\n${text}`);
  for (const { title, wrong } of findings) for (const what of wrong) console.error(`${title}: ${what}`);
}

/** Ends every process that the drill has started, and removes its databases. Logs and the result stay. */
async function end(code: number, message?: string): Promise<void> {
  if (ending) return;
  ending = true;
  if (message) console.error(`\n${message}`);
  log(`stopping; logs are in ${dir}`);
  await stopAllChildren();
  await closeWatchdog();
  for (const part of ['drill', 'faults', 'drill/restored'])
    for (const name of ['postgres', 'backup'])
      rmSync(join(dir, part, name), { recursive: true, force: true });
  lock.release();
  process.exit(code);
}
