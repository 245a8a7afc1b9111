import { spawnSync } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startChild } from './child-process.ts';
import { projectRoot } from './paths.ts';

const executable = process.platform === 'win32' ? 'temporal.exe' : 'temporal';
/** Newer tags cannot be installed this way: their go.mod replaces a module by a local folder. */
const goPackage = 'github.com/temporalio/cli/cmd/temporal@v1.5.1';

export interface FindOptions {
  log: (line: string) => void;
  /** Where a downloaded or built CLI is stored; default `<project>/.cache/temporal`. */
  cacheDir?: string;
  env?: NodeJS.ProcessEnv;
}

/**
 * The Temporal CLI: the one named by TEMPORAL_CLI_PATH, one on PATH, one downloaded or built before, the SDK's own
 * download, or one built with Go.
 * @returns path of an executable that can run the development server
 */
export async function findTemporalCli(options: FindOptions): Promise<string> {
  const { log } = options;
  const env = options.env ?? process.env;
  const cacheDir = options.cacheDir ?? join(projectRoot, '.cache/temporal');
  const cached = join(cacheDir, executable);
  const named = env.TEMPORAL_CLI_PATH;
  if (named) {
    if (!isUsable(named))
      throw new Error(`TEMPORAL_CLI_PATH names ${named}, which does not run "temporal server start-dev".`);
    return named;
  }
  const onPath = (env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, executable))
    .find(isExecutable);
  if (onPath) {
    if (isUsable(onPath)) return onPath;
    log(`${onPath} is too old; looking for another one.`);
  }
  if (existsSync(cached)) {
    if (isUsable(cached)) return cached;
    rmSync(cached);
  }
  mkdirSync(cacheDir, { recursive: true });
  const got = (await download(cacheDir, log)) ?? (await build(cacheDir, log, env));
  if (!got) {
    rmSync(join(cacheDir, 'draft'), { recursive: true, force: true });
    throw new Error(
      [
        'The Temporal CLI was not found, and could not be downloaded or built. Do one of these:',
        '  - install the Temporal CLI (https://docs.temporal.io/cli) so that `temporal` is on PATH,',
        '  - name it with TEMPORAL_CLI_PATH,',
        `  - install Go, with which it is built on the first start (go install ${goPackage}),`,
        '  - or use a running server: TEMPORAL_ADDRESS=host:7233 npm start.',
      ].join('\n'),
    );
  }
  // Renamed, so that no other process finds half a file.
  renameSync(got, cached);
  rmSync(join(cacheDir, 'draft'), { recursive: true, force: true });
  return cached;
}

async function download(cacheDir: string, log: (line: string) => void): Promise<string | null> {
  const folder = join(cacheDir, 'draft', `download-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  const done = await withProgress(log, 'downloading the Temporal CLI', 180_000, {
    name: 'the download of the Temporal CLI',
    command: process.execPath,
    args: [fileURLToPath(new URL('download-temporal-cli.ts', import.meta.url)), folder],
    logFile: join(cacheDir, 'download.log'),
  });
  const file = readdirSync(folder)
    .map((name) => join(folder, name))
    .find(isUsable);
  if (done && file) return file;
  log('The Temporal CLI could not be downloaded.');
  return null;
}

async function build(
  cacheDir: string,
  log: (line: string) => void,
  env: NodeJS.ProcessEnv,
): Promise<string | null> {
  if (spawnSync('go', ['version'], { env }).status !== 0) return null;
  const folder = join(cacheDir, 'draft', `build-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  log('Building the Temporal CLI with Go: about 3 minutes, this one time.');
  const done = await withProgress(log, 'building the Temporal CLI', 30 * 60_000, {
    name: 'the build of the Temporal CLI',
    command: 'go',
    args: ['install', '-ldflags=-s -w', goPackage],
    env: { ...env, GOBIN: folder },
    logFile: join(cacheDir, 'build.log'),
  });
  const file = join(folder, executable);
  if (done && isUsable(file)) return file;
  log(`The Temporal CLI could not be built; ${join(cacheDir, 'build.log')} says why.`);
  return null;
}

type Job = Parameters<typeof startChild>[0];

async function withProgress(
  log: (line: string) => void,
  what: string,
  limitMs: number,
  job: Job,
): Promise<boolean> {
  const started = performance.now();
  const child = startChild(job);
  const progress = setInterval(
    () => log(`Still ${what}: ${Math.round((performance.now() - started) / 1000)} s …`),
    15_000,
  );
  const limit = setTimeout(() => void child.stop(), limitMs);
  const exit = await child.exited;
  clearInterval(progress);
  clearTimeout(limit);
  return exit.code === 0;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function isUsable(file: string): boolean {
  if (!existsSync(file)) return false;
  try {
    if (!isExecutable(file)) chmodSync(file, 0o755);
  } catch {
    return false;
  }
  const help = spawnSync(file, ['server', 'start-dev', '--help'], { encoding: 'utf8', timeout: 20_000 });
  return (
    help.status === 0 && ['--http-port', '--dynamic-config-value'].every((flag) => help.stdout.includes(flag))
  );
}
