import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../platform/db/database.ts';
import { outOfScope } from '../../platform/server/work-scope.ts';
import { readTail, type TailEvent, type TailPosition, tailNow } from '../db/events.ts';
import type { StreamEvent } from '../event-schemas.ts';
import type { ChangeServices } from './change-context.ts';
import { caughtUp, readsNoMore } from './log-readers.ts';

const pollMs = 250;
const limit = 500;
/** How often listeners learn how far the log has been read, although it has nothing for them. */
const defaultProgressMs = 10_000;
/** The longest queue of a slow listener. Beyond it, the listener reads the log itself. */
const queueLimit = 5_000;

/** What a listener gets at a time. Listeners of a tenant share it, so that it is serialized once for all of them. */
export interface TailBatch {
  /** In the order of the log; empty when only the position has moved. */
  events: readonly TailEvent[];
  /** The listener has everything up to here. */
  until: TailPosition;
}

type Listener = (batch: TailBatch) => void;

/**
 * One poller per process reads the event log for all listeners. It polls only while someone listens. Writers pay nothing:
 * there is no notification per row.
 */
export interface EventTail {
  /**
   * The tenant's events from now on, or after `position`, without gaps and in commit-safe order. Ends when `signal` aborts.
   */
  follow(tenantId: string, position: TailPosition | null, signal: AbortSignal): AsyncGenerator<TailBatch>;
}

export function createEventTail(
  db: Database,
  log: { warn: (details: object, message: string) => void },
  { progressMs = defaultProgressMs } = {},
): EventTail {
  const listeners = new Map<string, Set<Listener>>();
  let head: TailPosition | null = null;
  let polling = false;

  function deliver(events: TailEvent[]): void {
    for (const [tenantId, ofTenant] of Map.groupBy(events, (event) => event.tenantId)) {
      const { xid, id } = ofTenant.at(-1)!;
      const batch = { events: ofTenant, until: { xid, id } };
      for (const listener of listeners.get(tenantId) ?? []) listener(batch);
    }
  }

  function deliverProgress(until: TailPosition): void {
    for (const ofTenant of listeners.values())
      for (const listener of ofTenant) listener({ events: [], until });
  }

  async function poll(): Promise<void> {
    if (polling) return;
    polling = true;
    caughtUp('live');
    let progressAt = Date.now() + progressMs;
    try {
      while (listeners.size > 0) {
        try {
          const from: TailPosition = head ?? (await db.system(tailNow));
          const tenantIds = [...listeners.keys()];
          const page = await db.system((connection) => readTail(connection, from, { tenantIds, limit }));
          deliver(page.events);
          // The first listener of a tenant may have come meanwhile. Its events were not asked for: they are read again.
          const complete = [...listeners.keys()].every((tenantId) => tenantIds.includes(tenantId));
          head = complete ? page.until : from;
          if (complete && Date.now() >= progressAt) {
            deliverProgress(head);
            progressAt = Date.now() + progressMs;
          }
          if (page.full) continue;
          caughtUp('live');
        } catch (error) {
          // The tail continues from its position when the database is back.
          log.warn({ err: error }, 'The live tail could not read the event log and will retry');
        }
        await sleep(pollMs);
      }
    } finally {
      polling = false;
      head = null;
      readsNoMore('live');
    }
  }

  async function* follow(
    tenantId: string,
    position: TailPosition | null,
    signal: AbortSignal,
  ): AsyncGenerator<TailBatch> {
    const queue: TailBatch[] = [];
    let held = 0;
    let behind = position !== null;
    let wake: () => void = () => {};
    const listener: Listener = (batch) => {
      if (held < queueLimit) {
        queue.push(batch);
        held += batch.events.length;
      } else behind = true;
      wake();
    };
    const ofTenant = listeners.get(tenantId) ?? new Set();
    ofTenant.add(listener);
    listeners.set(tenantId, ofTenant);
    signal.addEventListener('abort', () => wake(), { once: true });
    try {
      const now = await db.system(tailNow);
      // A position ahead of the log belongs to another log: the database was restored or replaced.
      let seen = position && !isAfter(position, now) ? position : now;
      while (!signal.aborted) {
        // Catch up from the log first. What the poller delivers meanwhile is skipped by its position.
        while (behind && !signal.aborted) {
          const from = seen;
          queue.length = 0;
          held = 0;
          const page = await db.system((connection) =>
            readTail(connection, from, { tenantIds: [tenantId], limit }),
          );
          behind = page.full;
          seen = page.until;
          yield { events: page.events, until: seen };
        }
        // A poller that starts now continues from here, so that it skips nothing.
        head ??= seen;
        void outOfScope(poll);
        const batch = queue.shift();
        if (batch) {
          held -= batch.events.length;
          const after = seen;
          if (!isAfter(batch.until, after)) continue;
          seen = batch.until;
          const [first] = batch.events;
          yield !first || isAfter(first, after)
            ? batch
            : { events: batch.events.filter((event) => isAfter(event, after)), until: seen };
          continue;
        }
        await new Promise<void>((resolve) => {
          wake = resolve;
          if (signal.aborted || behind || queue.length > 0) resolve();
        });
      }
    } finally {
      ofTenant.delete(listener);
      if (ofTenant.size === 0) listeners.delete(tenantId);
    }
  }

  return { follow };
}

const tails = new WeakMap<Database, EventTail>();

/** One tail per process, made for the first listener. */
export function tailOf({ db, log }: ChangeServices): EventTail {
  let tail = tails.get(db);
  if (!tail) {
    tail = createEventTail(db, log);
    tails.set(db, tail);
  }
  return tail;
}

/** The part of an event that listeners get. */
export function streamEvent({ xid: _xid, tenantId: _tenantId, ...event }: TailEvent): StreamEvent {
  return event;
}

/** In the order of the log. */
export function isAfter(event: TailPosition, position: TailPosition): boolean {
  const [xid, seenXid] = [BigInt(event.xid), BigInt(position.xid)];
  return xid > seenXid || (xid === seenXid && BigInt(event.id) > BigInt(position.id));
}

/** `xid-id`: what a client sends back as `lastEventId`. */
export function formatPosition(position: TailPosition): string {
  return `${position.xid}-${position.id}`;
}

export function parsePosition(text: string | null | undefined): TailPosition | null {
  const match = /^(\d{1,20})-(\d{1,19})$/.exec(text ?? '');
  return match ? { xid: match[1]!, id: match[2]! } : null;
}
