import { errorOf } from './api-error.ts';
import type { operations } from './api-types.ts';
import { type Connection, open } from './call-api.ts';
import { readMessages } from './read-messages.ts';
import { reconnecting } from './reconnecting.ts';

type StreamEvent = operations['events_stream']['responses'][200]['content']['text/event-stream'];

export interface EventFilter {
  exceptionId?: string;
  runId?: string;
  types?: string[];
  /** The `position` of the last event that was processed; the subscription continues after it. */
  after?: string;
  signal?: AbortSignal;
}

/** `position` is the value for `after`. */
export type SubscribedEvent = StreamEvent & { position: string };

/**
 * Events in the order of the log, each once. It reconnects after a lost connection and misses nothing. Leaving the loop
 * closes it.
 */
export interface EventSubscription extends AsyncIterable<SubscribedEvent> {
  /** Resolves when it listens: every later event is delivered. Rejects when the server refuses. */
  ready: Promise<void>;
  close(): void;
}

export function subscribeEvents(connection: Connection, filter: EventFilter = {}): EventSubscription {
  const closed = new AbortController();
  const signal = filter.signal ? AbortSignal.any([filter.signal, closed.signal]) : closed.signal;
  const events = listen(connection, filter, signal);
  const first = events.next();
  const ready = first.then(() => {});
  // A caller that does not await `ready` gets the error from the loop.
  ready.catch(() => {});
  return {
    ready,
    close: () => closed.abort(),
    async *[Symbol.asyncIterator]() {
      try {
        await first;
        for await (const event of events) if (event) yield event;
      } finally {
        closed.abort();
      }
    },
  };
}

/** Yields null when it begins to listen, then events until `signal` aborts. */
async function* listen(
  connection: Connection,
  { exceptionId, runId, types, after }: EventFilter,
  signal: AbortSignal,
): AsyncGenerator<SubscribedEvent | null> {
  const query = new URLSearchParams(
    Object.entries({ exceptionId, runId, types: types?.join(',') }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
  let position = after;
  let listening = false;
  yield* reconnecting(signal, async function* (heard) {
    const response = await open(connection, `/api/events/stream?${query}`, {
      headers: { accept: 'text/event-stream', ...(position ? { 'last-event-id': position } : {}) },
      signal,
    });
    if (!response.ok || !response.body) throw errorOf(response, await response.json().catch(() => undefined));
    for await (const { id, data } of readMessages(response.body)) {
      heard();
      if (id) position = id;
      if (!listening) yield null;
      listening = true;
      if (data && id) yield { ...(JSON.parse(data) as StreamEvent), position: id };
    }
  });
}
