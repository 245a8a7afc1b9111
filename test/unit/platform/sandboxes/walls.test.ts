import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { sandboxFlags } from '../../../../shared/platform/server/sandboxes/start-sandbox.ts';

const run = promisify(execFile);
const support = (file: string) => fileURLToPath(new URL(`../../../support/${file}`, import.meta.url));

async function inSandbox(program: string, ...args: string[]): Promise<Record<string, unknown>> {
  const flags = [...sandboxFlags('quickjs'), `--allow-fs-read=${program}`];
  const { stdout } = await run(process.execPath, [...flags, program, ...args], { env: {}, timeout: 60_000 });
  return JSON.parse(stdout);
}

test('behind the engine, the process of a sandbox may start, read and write nothing', async () => {
  expect(await inSandbox(support('hostile-host.mjs'), support(''))).toEqual({
    variables: [],
    child: 'ERR_ACCESS_DENIED',
    files: 'ERR_ACCESS_DENIED',
    environment: 'ERR_ACCESS_DENIED',
    ownFolder: 'ERR_ACCESS_DENIED',
    write: 'ERR_ACCESS_DENIED',
    worker: 'ERR_ACCESS_DENIED',
    wasi: 'ERR_ACCESS_DENIED',
    inspector: 'ERR_ACCESS_DENIED',
    evaluate: 'EvalError',
    binding: 'ERR_ACCESS_DENIED',
  });
}, 90_000);

test('a sandbox gives up its modules, its globals and the network before it runs anything', async () => {
  let connected = 0;
  const server = createServer((socket) => {
    connected += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  try {
    expect(await inSandbox(support('hostile-locked.ts'), String(port))).toEqual({
      globals: '',
      connect: 'refused',
      createConnection: 'refused',
      fetch: 'refused',
      read: 'refused',
      child: 'refused',
      vm: 'refused',
      builtin: 'refused',
      import: 'refused',
      data: 'refused',
      kill: 'refused',
    });
    expect(connected).toBe(0);
  } finally {
    server.close();
  }
}, 90_000);
