import type { Database } from '../../platform/db/database.ts';
import { listOpenIds } from '../db/executions-open.ts';
import { createFairPlaces } from './fair-places.ts';
import type { OutcomeWaiters } from './outcome-waiters.ts';
import { overloaded } from './overloaded.ts';

/** Bounds what this process has accepted and not seen the end of: executions, and callers who wait for one. */
export interface OpenPlaces {
  /** @throws InterlockError `rate_limited` when the tenant has used up its share, else `overloaded` */
  take(tenantId: string): Promise<OpenPlace>;
}

export interface OpenPlace {
  /** Keeps the place until this execution has ended. */
  keepFor(executionId: string): void;
  /** Nothing was written, or no one waits any more. Changes nothing after `keepFor`. */
  free(): void;
}

const recountMs = 1000;

/**
 * An execution that ends in this process frees its place at its commit. Those that end in others are looked up when
 * there is no place left, at most once a second.
 */
export function createOpenPlaces(db: Database, waiters: OutcomeWaiters, capacity: number): OpenPlaces {
  const places = createFairPlaces(capacity);
  const open = new Map<string, () => void>();
  let recount: Promise<void> | null = null;
  let recountedAt = Number.NEGATIVE_INFINITY;

  async function freeEnded(): Promise<void> {
    if (performance.now() - recountedAt < recountMs) return;
    const ids = [...open.keys()];
    const still = new Set(await db.system((connection) => listOpenIds(connection, ids)));
    recountedAt = performance.now();
    for (const id of ids) if (!still.has(id)) open.get(id)?.();
  }

  async function takeAfterRecount(tenantId: string): Promise<(() => void) | null> {
    recount ??= freeEnded().finally(() => {
      recount = null;
    });
    await recount;
    return places.take(tenantId);
  }

  return {
    async take(tenantId) {
      const free = places.take(tenantId) ?? (await takeAfterRecount(tenantId));
      if (!free) throw overloaded(places, tenantId);
      let kept = false;
      return {
        keepFor(executionId) {
          kept = true;
          const { settled, dispose } = waiters.wait(executionId);
          const ended = () => {
            open.delete(executionId);
            dispose();
            free();
          };
          open.set(executionId, ended);
          settled.then(ended);
        },
        free() {
          if (!kept) free();
        },
      };
    },
  };
}
