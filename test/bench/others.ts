import { existsSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { type Child, runToEnd, startChild } from '../../dev/child-process.ts';
import { freePort } from '../../dev/free-port.ts';
import { responds, waitUntil } from '../../dev/wait-until.ts';
import type { Other } from './contender-names.ts';

const folder = join(import.meta.dirname, 'others');

/**
 * Installs their packages at the first use, from the lock file beside them; scripts of packages do not run.
 * @returns false when the registry cannot be reached
 */
export async function installOthers(log: (line: string) => void): Promise<boolean> {
  if (existsSync(join(folder, 'node_modules/.package-lock.json'))) return true;
  log('Installing DBOS, graphile-worker and pg-boss for the bench …');
  try {
    await runToEnd({
      name: 'npm ci',
      command: 'npm',
      args: ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'],
      cwd: folder,
      logFile: join(folder, '../../../.cache/bench-others.log'),
    });
    return true;
  } catch (error) {
    log(`${error}\nRow 4 is left out.`);
    return false;
  }
}

/** Each has a process and a database of its own. @returns the process, and the address at which it serves `POST /<name>` */
export async function startOther(
  name: Other,
  { adminUrl, echoUrl }: { adminUrl: string; echoUrl: string },
): Promise<{ child: Child; url: string }> {
  const database = `bench_${name}`;
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${database}`);
  await admin.end();
  const databaseUrl = new URL(adminUrl);
  databaseUrl.pathname = `/${database}`;
  return startContender(name, (port) => [join(folder, `${name.replace('_', '-')}.mjs`), String(port)], {
    ...process.env,
    BENCH_DATABASE_URL: databaseUrl.href,
    BENCH_ECHO_URL: echoUrl,
  });
}

export async function startContender(
  name: string,
  args: (port: number) => string[],
  env: NodeJS.ProcessEnv,
): Promise<{ child: Child; url: string }> {
  const port = await freePort(name, 0);
  const logFile = join(folder, `../../../.cache/bench/${name}.log`);
  const child = startChild({ name, command: process.execPath, args: args(port), env, logFile });
  const url = `http://127.0.0.1:${port}`;
  await waitUntil(name, child, () => responds(url));
  return { child, url };
}
