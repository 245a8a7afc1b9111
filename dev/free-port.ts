import { createServer } from 'node:net';

/**
 * The preferred port when it is free on every loopback address, else another free one, said aloud.
 * @param taken ports this process has already chosen but not yet opened
 */
export async function freePort(
  what: string,
  preferred: number,
  options: { log?: (line: string) => void; taken?: Set<number> } = {},
): Promise<number> {
  const taken = options.taken ?? new Set<number>();
  let port = preferred;
  const usable = async (candidate: number) => !taken.has(candidate) && (await isFree(candidate));
  if (preferred === 0 || !(await usable(preferred))) {
    // The next ones first: easy to remember, and below those that outgoing connections are given.
    const next = preferred === 0 ? [] : Array.from({ length: 40 }, (_, index) => preferred + 1 + index);
    let found = 0;
    for (const candidate of next) {
      if (candidate > 65_535 || !(await usable(candidate))) continue;
      found = candidate;
      break;
    }
    while (!found) {
      const candidate = await anyPort();
      if (await usable(candidate)) found = candidate;
    }
    port = found;
    if (preferred !== 0) options.log?.(`Port ${preferred} is taken: ${what} uses ${port} instead.`);
  }
  taken.add(port);
  return port;
}

/** Both families: a server on ::1 alone would answer those who say "localhost". */
async function isFree(port: number): Promise<boolean> {
  return (await canListen('127.0.0.1', port)) && (await canListen('::1', port));
}

function canListen(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    // Only a taken or forbidden port counts; a machine without IPv6 has nobody on ::1.
    server.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code !== 'EADDRINUSE' && error.code !== 'EACCES'),
    );
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

function anyPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: 0 }, () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
