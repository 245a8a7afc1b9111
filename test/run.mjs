// `npm test`: installs what is missing, then runs everything on the pinned Node. Plain JavaScript, any Node >= 20.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled, pinnedNode } from '../dev/ensure-installed.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
await ensureInstalled();
const bin = join(root, 'node_modules', '.bin');
const child = spawn(
  pinnedNode(),
  [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--coverage', ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit', env: { ...process.env, PATH: `${bin}:${process.env.PATH}` } },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
