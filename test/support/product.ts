import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { projectRoot } from '../../dev/paths.ts';
import { findTemporalCli } from '../../dev/temporal-server.ts';
import { eventually } from './eventually.ts';
import { oneAtATime } from './one-at-a-time.ts';

/** `.interlock/dev.json`, as API.md defines it. */
export interface DevJson {
  apiUrl: string;
  webUrl: string;
  temporalUiUrl: string;
  temporalAddress: string;
  temporalHttpUrl: string;
  databaseUrl: string;
  demoServicesUrl: string;
  users: { email: string; password: string; tenant: string; roles: string[] }[];
  apiKeys: Record<string, string>;
}

export interface Product {
  dir: string;
  dev: DevJson;
  /** What `npm start` printed. */
  output(): string;
  /** Stops it as Ctrl-C does. @returns the exit code */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/**
 * Copies the files that git tracks into a new folder: the project after a clone. Packages and the Temporal CLI
 * are shared with this checkout, because installing them takes minutes.
 * @param pages `built`: with the pages of this checkout, which are built at most once
 */
export async function freshFolder({ pages }: { pages?: 'built' } = {}): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'interlock-fresh-'));
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    cwd: projectRoot,
    encoding: 'utf8',
  });
  for (const file of files.split('\0')) {
    if (file === '' || !existsSync(join(projectRoot, file))) continue;
    mkdirSync(dirname(join(dir, file)), { recursive: true });
    copyFileSync(join(projectRoot, file), join(dir, file));
    // The build of the pages knows its sources by size and millisecond, and a copied time may be rounded to the next one.
    const modified = (Math.floor(statSync(join(projectRoot, file)).mtimeMs) + 0.5) / 1000;
    utimesSync(join(dir, file), modified, modified);
  }
  if (pages === 'built') {
    await oneAtATime(buildWeb);
    cpSync(webDist, join(dir, relative(projectRoot, webDist)), { recursive: true });
  }
  symlinkSync(join(projectRoot, 'node_modules'), join(dir, 'node_modules'));
  return dir;
}

/** Runs `npm start` in a folder and waits until it prints that everything is ready. */
export function startProduct(dir: string, args: string[] = []): Promise<Product> {
  // Two that start at once would find the same ports free.
  return oneAtATime(() => startAlone(dir, args));
}

async function startAlone(dir: string, args: string[]): Promise<Product> {
  const temporalCli = await findTemporalCli({ log: () => {} });
  const env: NodeJS.ProcessEnv = { ...process.env, TEMPORAL_CLI_PATH: temporalCli };
  // Settings of the test run must not reach the product.
  for (const name of Object.keys(env))
    if (
      /^(VITEST|INTERLOCK_|DATABASE_URL|TEMPORAL_ADDRESS|NODE_ENV|NODE_OPTIONS|NODE_V8_COVERAGE)/.test(name)
    )
      delete env[name];
  const child = spawn('npm', ['start', '--silent', '--', ...args], {
    cwd: dir,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const file = join(dir, '.interlock', 'dev.json');
  try {
    await eventually(
      () => {
        if (child.exitCode !== null) throw new Error(`npm start ended:\n${printed}`);
        return existsSync(file) && printed.includes('Ctrl-C');
      },
      { timeoutMs: 240_000, everyMs: 100 },
    );
  } catch (error) {
    process.kill(-child.pid!, 'SIGKILL');
    throw new Error(`npm start was not ready in time:\n${printed}`, { cause: error });
  }
  return {
    dir,
    dev: JSON.parse(readFileSync(file, 'utf8')) as DevJson,
    output: () => printed,
    stop: (signal = 'SIGINT') => stopTree(child, exited, signal),
  };
}

async function stopTree(
  child: ChildProcess,
  exited: Promise<number | null>,
  signal: NodeJS.Signals,
): Promise<number | null> {
  if (child.exitCode === null) process.kill(-child.pid!, signal);
  return exited;
}

/** Ids and command lines of the processes whose command line names the folder. */
export function processesOf(dir: string): string[] {
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      return command.includes(dir) ? [`${pid} ${command}`] : [];
    } catch {
      return [];
    }
  });
}

export function removeFolder(dir: string): void {
  rmSync(dir, { recursive: true, force: true });
}
