import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import { projectRoot } from '../../dev/paths.ts';
import { eventually } from './eventually.ts';

/** Of this checkout: whoever listens on it works. The system frees it, however a process ends. */
const port = 20_000 + (createHash('sha256').update(projectRoot).digest().readUInt16BE(0) % 10_000);

/** Runs `work` while no other test process of this checkout runs its own. */
export async function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
  const held = await eventually(
    () =>
      new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
        const server = createServer();
        server.once('error', reject);
        server.listen(port, '127.0.0.1', () => resolve(server));
      }),
    { timeoutMs: 300_000, everyMs: 200 },
  );
  try {
    return await work();
  } finally {
    held.close();
  }
}
