import { setTimeout as sleep } from 'node:timers/promises';
import type { Child } from './child-process.ts';

/**
 * Polls until `check` returns true; an error counts as "not yet".
 * @throws when the child ends first or the deadline passes, with the last lines it wrote
 */
export async function waitUntil(
  what: string,
  child: Child,
  check: () => Promise<boolean>,
  options: { deadlineMs?: number; everyMs?: number } = {},
): Promise<void> {
  const deadline = performance.now() + (options.deadlineMs ?? 60_000);
  let last: unknown;
  while (performance.now() < deadline) {
    if (child.ended)
      throw new Error(`${what} ended while starting (${child.ended.reason}).\n${child.lastLines()}`);
    try {
      if (await check()) return;
    } catch (error) {
      last = error;
    }
    await sleep(options.everyMs ?? 100);
  }
  const why = last instanceof Error ? ` (${last.message})` : '';
  throw new Error(`${what} did not respond in time${why}.\n${child.lastLines()}`);
}

/** True when a GET responds with a 2xx. */
export async function responds(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(3000) });
  await response.body?.cancel();
  return response.ok;
}
