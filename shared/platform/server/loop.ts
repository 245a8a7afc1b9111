import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { errorMessage } from '../error-message.ts';

export interface Loop {
  /** Ends after the current round. */
  stop(): Promise<void>;
}

/**
 * Runs `round` repeatedly until `stop`. @param everyMs the pause after a round. When a round fails (a server is unavailable), the failure is logged once and the
 * next round follows after a longer pause.
 */
export function startLoop(
  name: string,
  everyMs: number | (() => number),
  log: Logger,
  round: (signal: AbortSignal) => Promise<void>,
): Loop {
  const controller = new AbortController();
  const { signal } = controller;
  const ended = (async () => {
    for (let failures = 0; !signal.aborted; ) {
      try {
        await round(signal);
        if (failures > 0) log.info({ loop: name }, 'loop recovered');
        failures = 0;
      } catch (error) {
        if (failures++ === 0 && !signal.aborted)
          log.warn({ loop: name, reason: errorMessage(error) }, 'loop failed; retrying');
      }
      // A random tenth spreads the rounds of several processes.
      const pause =
        (typeof everyMs === 'number' ? everyMs : everyMs()) *
        Math.min(2 ** failures, 8) *
        (1 + Math.random() / 10);
      await sleep(pause, undefined, { signal, ref: false }).catch(() => {});
    }
  })();
  return {
    stop: async () => {
      controller.abort();
      await ended;
    },
  };
}
