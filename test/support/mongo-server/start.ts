import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { startChild } from '../../../dev/child-process.ts';
import { freePort } from '../../../dev/free-port.ts';
import { projectRoot } from '../../../dev/paths.ts';
import { waitUntil } from '../../../dev/wait-until.ts';

const here = import.meta.dirname;
const libraries = join(projectRoot, '.cache/mongo-server');

/** A server that speaks MongoDB's protocol. */
export interface MongoServer {
  url: string;
  hostPort: string;
  stop(): Promise<void>;
}

/**
 * Whether a server can be had: MONGODB_URL names one without auth, or Java and Maven are there, which get mongo-java-server
 * once.
 */
export function canStartMongo(): boolean {
  if (process.env.MONGODB_URL) return true;
  const works = (command: string) => spawnSync(command, ['-version'], { stdio: 'ignore' }).status === 0;
  if (!works('java') || !works('javac')) return false;
  return existsSync(libraries) || (works('mvn') && getLibraries());
}

function getLibraries(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'interlock-mongo-'));
  try {
    cpSync(join(here, 'pom.xml'), join(folder, 'pom.xml'));
    const copied = spawnSync('mvn', ['-q', '-B', 'dependency:copy-dependencies', '-DoutputDirectory=lib'], {
      cwd: folder,
      stdio: 'ignore',
      timeout: 75_000,
    });
    if (copied.status !== 0) return false;
    mkdirSync(dirname(libraries), { recursive: true });
    if (!existsSync(libraries)) renameSync(join(folder, 'lib'), libraries);
    return true;
  } catch {
    // Another file system, or another process was first.
    return existsSync(libraries);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function startMongo(): Promise<MongoServer> {
  const { MONGODB_URL } = process.env;
  if (MONGODB_URL) {
    const { host } = new URL(MONGODB_URL);
    return { url: MONGODB_URL, hostPort: host, stop: async () => {} };
  }
  const port = await freePort('MongoDB', 0);
  const folder = mkdtempSync(join(tmpdir(), 'interlock-mongo-log-'));
  const child = startChild({
    name: 'The MongoDB server',
    command: 'java',
    args: [
      '-Xmx256m',
      '-XX:TieredStopAtLevel=1',
      '-cp',
      join(libraries, '*'),
      join(here, 'MongoServerOfTests.java'),
      String(port),
    ],
    logFile: join(folder, 'log'),
  });
  await waitUntil('The MongoDB server', child, () => accepts(port));
  const hostPort = `127.0.0.1:${port}`;
  return {
    url: `mongodb://${hostPort}/shop`,
    hostPort,
    stop: async () => {
      await child.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
