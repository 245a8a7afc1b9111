import { createFairPlaces } from './fair-places.ts';
import { overloaded } from './overloaded.ts';

/** Bounds how many executions this process starts at once, and how many requests wait for that. */
export interface StartPlaces {
  /**
   * Waits for a turn: tenants take turns, and a request without a caller who waits for its outcome (`patient`) comes
   * after those with one.
   * @returns call it when the execution is started, or will not be
   * @throws InterlockError `rate_limited` when the tenant has used up its share, else `overloaded`: at once when too many
   * wait or the first of them has waited long, and after some seconds when starts stand still
   */
  take(tenantId: string, options: { patient: boolean }): Promise<() => void>;
  /** Whether so many places are taken that none should be held for long. */
  isCrowded(): boolean;
}

/** Requests for each place: alone, a tenant has half of them. */
const requestsForPlace = { prompt: 4, patient: 16 };
const longestTurnMs = { prompt: 3000, patient: 15_000 };
/** Where one has waited this share of it, the next one would wait as long. */
const slowTurn = 0.5;
/** A tenant alone, which has half of the places, is left with some. */
const crowdedShare = 1 / 3;

interface Waiting {
  since: number;
  call(free: () => void): void;
}

/**
 * Without a bound the workflows that have started, and not done their first task, grow in number until starts are
 * slower than callers wait: at 128 clients 9 of 10 responses were 202.
 * @param atOnce starts at once; a tenant alone has half of them
 */
export function createStartPlaces(atOnce: number): StartPlaces {
  const starting = createFairPlaces(atOnce);
  let taken = 0;
  const lanes = {
    prompt: createLane(requestsForPlace.prompt * atOnce),
    patient: createLane(requestsForPlace.patient * atOnce),
  };

  function callNext(): void {
    for (const { queues } of Object.values(lanes)) {
      for (const [tenantId, queue] of queues) {
        const [next] = queue;
        const free = next && starting.take(tenantId);
        if (!free) continue;
        queue.delete(next);
        // The last in turn now; the loop comes to it again.
        queues.delete(tenantId);
        if (queue.size > 0) queues.set(tenantId, queue);
        next.call(free);
      }
    }
  }

  return {
    isCrowded: () => taken > atOnce * crowdedShare,
    async take(tenantId, { patient }) {
      const lane = patient ? 'patient' : 'prompt';
      const { requests, queues } = lanes[lane];
      const queue = queues.get(tenantId) ?? new Set();
      const [first] = queue;
      const since = performance.now();
      const slow = first !== undefined && since - first.since > slowTurn * longestTurnMs[lane];
      const leave = slow ? null : requests.take(tenantId);
      if (!leave) throw overloaded(requests, tenantId);
      queues.set(tenantId, queue);
      let timer: NodeJS.Timeout | undefined;
      const turn = new Promise<() => void>((resolve, reject) => {
        const waiting = { since, call: resolve };
        queue.add(waiting);
        timer = setTimeout(() => {
          queue.delete(waiting);
          if (queue.size === 0 && queues.get(tenantId) === queue) queues.delete(tenantId);
          reject(overloaded(starting, tenantId));
        }, longestTurnMs[lane]);
      });
      callNext();
      try {
        const free = await turn;
        taken += 1;
        let held = true;
        return () => {
          if (!held) return;
          held = false;
          taken -= 1;
          free();
          leave();
          callNext();
        };
      } catch (error) {
        leave();
        throw error;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

/** Requests by tenant, those of each in order. */
function createLane(capacity: number) {
  return {
    requests: createFairPlaces(capacity),
    queues: new Map<string, Set<Waiting>>(),
  };
}
