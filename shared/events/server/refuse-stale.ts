import type { Actor } from '../../identity/roles.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { StaleError } from '../../platform/if-match.ts';
import type { JsonObject } from '../../platform/json.ts';

/** What is there now, and since when. */
export interface CurrentState {
  /** "The tool". */
  what: string;
  changedBy: Actor;
  /** ISO 8601 in UTC. */
  changedAt: string;
  /** As a GET returns it. */
  current: object;
}

/**
 * For `.catch()` of a change that calls `checkState`: says who has made another change, and when. Every other error passes
 * through.
 * @param read called after the change has ended, when no row is locked
 * @throws InterlockError `precondition_failed`
 */
export function refuseStale(read: () => Promise<CurrentState>): (error: unknown) => Promise<never> {
  return async (error) => {
    if (!(error instanceof StaleError)) throw error;
    const { what, changedBy, changedAt, current } = await read();
    throw new InterlockError(
      'precondition_failed',
      `${what} is not as you loaded it: ${changedBy.name} changed it at ${changedAt}. Nothing was changed. Load it again.`,
      { details: { changedBy, changedAt, current } as unknown as JsonObject },
    );
  };
}
