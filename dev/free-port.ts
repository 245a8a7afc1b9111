import getPort, { portNumbers } from 'get-port';

/**
 * The preferred port when no one listens on it on any address of this machine, else the next free one, which is logged.
 * A port is given out once: two that are chosen before either is opened differ.
 * @param preferred 0 for any port
 */
export async function freePort(
  what: string,
  preferred: number,
  options: { log?: (line: string) => void } = {},
): Promise<number> {
  if (preferred === 0) return getPort();
  // The next ones first: easy to remember, and below those that outgoing connections use.
  const next = portNumbers(Math.max(1024, preferred), Math.min(65_535, preferred + 40));
  const port = await getPort({ port: new Set([preferred, ...next]) });
  if (port !== preferred) options.log?.(`Port ${preferred} is in use, so ${what} uses ${port}.`);
  return port;
}
