import { setTimeout as sleep } from 'node:timers/promises';

/** Calls `check` until it returns something other than undefined or false. @throws its last error at the timeout */
export async function eventually<T>(
  check: () => Promise<T> | T,
  options: { timeoutMs?: number; everyMs?: number } = {},
): Promise<T> {
  const deadline = Date.now() + (options.timeoutMs ?? 60_000);
  let last: unknown;
  for (;;) {
    try {
      const result = await check();
      if (result !== undefined && result !== false) return result;
      last = new Error(`still ${String(result)}`);
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline) throw last;
    await sleep(options.everyMs ?? 25);
  }
}
