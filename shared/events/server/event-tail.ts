import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../platform/db/database.ts';
import { type TailEvent, type TailPosition, tailEvents, tailNow } from '../db/events.ts';
import type { StreamEvent } from '../event-schemas.ts';
import type { ChangeServices } from './change-context.ts';

const pollMs = 250;
const batch = 500;
/** The longest queue of a slow listener. Beyond it, the listener reads the log itself. */
const queueLimit = 5_000;

type Listener = (event: TailEvent) => void;

/**
 * One poller per process reads the event log for all listeners. It polls only while someone listens. Writers pay nothing:
 * there is no notification per row.
 */
export interface EventTail {
  /**
   * The tenant's events from now on, or after `position`, without gaps and in commit-safe order. Ends when `signal` aborts.
   */
  follow(tenantId: string, position: TailPosition | null, signal: AbortSignal): AsyncGenerator<TailEvent>;
}

export function createEventTail(
  db: Database,
  log: { warn: (details: object, message: string) => void },
): EventTail {
  const listeners = new Map<string, Set<Listener>>();
  let head: TailPosition | null = null;
  let polling = false;

  async function poll(): Promise<void> {
    if (polling) return;
    polling = true;
    try {
      while (listeners.size > 0) {
        try {
          const from: TailPosition = head ?? (await db.system(tailNow));
          const events = await db.system((connection) => tailEvents(connection, from, { limit: batch }));
          for (const event of events)
            for (const listener of listeners.get(event.tenantId) ?? []) listener(event);
          const last = events.at(-1);
          head = last ? { xid: last.xid, id: last.id } : from;
          if (events.length === batch) continue;
        } catch (error) {
          // The tail continues from its position when the database is back.
          log.warn({ err: error }, 'The live tail could not read the event log and will retry');
        }
        await sleep(pollMs);
      }
    } finally {
      polling = false;
      head = null;
    }
  }

  async function* follow(
    tenantId: string,
    position: TailPosition | null,
    signal: AbortSignal,
  ): AsyncGenerator<TailEvent> {
    const queue: TailEvent[] = [];
    let behind = position !== null;
    let wake: () => void = () => {};
    const listener: Listener = (event) => {
      if (queue.length < queueLimit) queue.push(event);
      else behind = true;
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
        // Catch up from the log first. Events that the poller delivers meanwhile are skipped by their position.
        while (behind && !signal.aborted) {
          const from = seen;
          queue.length = 0;
          const missed = await db.system((connection) =>
            tailEvents(connection, from, { tenantId, limit: batch }),
          );
          behind = missed.length === batch;
          for (const event of missed) {
            seen = event;
            yield event;
          }
        }
        // A poller that starts now continues from here, so that it skips nothing.
        head ??= seen;
        void poll();
        const event = queue.shift();
        if (event) {
          if (isAfter(event, seen)) {
            seen = event;
            yield event;
          }
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
