import { type AttemptIds, leaseMs } from '../../shared/executions/db/executions-lease.ts';

/** A moment by two clocks: the first stops while the machine sleeps, the second may be set. */
export interface Moment {
  /** Of `performance.now()`: it counts on while the process is stopped. */
  monotonic: number;
  wall: number;
}

export const momentNow = (): Moment => ({ monotonic: performance.now(), wall: Date.now() });

/** The right of this process to send requests of an attempt. It ends by itself, so that another worker can take over. */
export interface Lease extends AttemptIds {
  /** Whether a request may leave now. */
  holds(): boolean;
  /** Milliseconds since the claim or the latest renewal. */
  age(): number;
  /** @param asked before the statement that renewed it was sent */
  renewed(asked: Moment): void;
}

/** @param asked before the statement that claimed the attempt was sent */
export function createLease(ids: AttemptIds, asked: Moment, now: () => Moment = momentNow): Lease {
  let since = asked;
  const age = () => {
    const { monotonic, wall } = now();
    return Math.max(monotonic - since.monotonic, wall - since.wall);
  };
  return {
    ...ids,
    age,
    holds: () => age() < leaseMs,
    renewed(next) {
      since = next;
    },
  };
}
