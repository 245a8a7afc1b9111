import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../dev/free-port.ts';
import { eventually } from './eventually.ts';

const version = '5.1.18';
// Outside of the checkout: installing it takes some seconds.
const venv = join(
  process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'),
  'interlock-tests',
  `moto-${version}`,
);

/** Installs moto, a server with the interface of AWS, from PyPI. @returns why there is none; null: it is installed */
export function installMoto(): string | null {
  if (existsSync(join(venv, 'ready'))) return null;
  mkdirSync(join(venv, '..'), { recursive: true });
  const steps: [string, string[]][] = [
    ['python3', ['-m', 'venv', venv]],
    [
      join(venv, 'bin/pip'),
      ['install', '-q', '--retries', '1', '--timeout', '10', `moto==${version}`, 'flask', 'flask-cors'],
    ],
    // Also the first start: it compiles.
    [join(venv, 'bin/python'), ['-c', 'import moto.server, moto.kms']],
    ['touch', [join(venv, 'ready')]],
  ];
  for (const [command, args] of steps) {
    const { status, error, stderr } = spawnSync(command, args, { encoding: 'utf8', timeout: 120_000 });
    if (status !== 0) return `${command} ${args.join(' ')}: ${error?.message ?? stderr.split('\n').at(-2)}`;
  }
  return null;
}

export interface KmsServer {
  endpoint: string;
  /** What was asked, such as `Decrypt`. */
  asked: string[];
  /** False: requests get no response from KMS. */
  reachable: boolean;
  /** True: every key is disabled. moto keeps that, and does not look at it. */
  disabled: boolean;
  close(): Promise<void>;
}

/** moto itself, for every service. */
export async function startMoto(): Promise<{ target: string; child: ChildProcess }> {
  const port = await freePort('moto', 0);
  const child = spawn(join(venv, 'bin/moto_server'), ['-H', '127.0.0.1', '-p', String(port)], {
    stdio: 'ignore',
  });
  const target = `http://127.0.0.1:${port}`;
  await eventually(async () => (await fetch(`${target}/moto-api/`)).ok, { timeoutMs: 60_000 });
  return { target, child };
}

/** moto behind a door that counts what is asked and can be closed. */
export async function startKms(): Promise<KmsServer> {
  const { target, child } = await startMoto();
  const door = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      kms.asked.push(String(request.headers['x-amz-target']).split('.').at(-1)!);
      if (!kms.reachable) return response.destroy();
      if (kms.disabled) {
        response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' });
        return response.end(JSON.stringify({ __type: 'DisabledException', message: 'The key is disabled.' }));
      }
      const { host: _host, connection: _connection, ...headers } = request.headers;
      const answer = await fetch(target, {
        method: 'POST',
        headers: headers as Record<string, string>,
        body: Buffer.concat(chunks),
      });
      response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(Buffer.from(await answer.arrayBuffer()));
    });
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  const kms: KmsServer = {
    endpoint: `http://127.0.0.1:${(door.address() as AddressInfo).port}`,
    asked: [],
    reachable: true,
    disabled: false,
    async close() {
      child.kill();
      door.closeAllConnections();
      await new Promise((resolve) => door.close(resolve));
    },
  };
  return kms;
}
