import type { TailEvent } from '../../shared/events/db/events.ts';
import { formatPosition, streamEvent, type TailBatch } from '../../shared/events/server/event-tail.ts';
import { type EventFilter, isWanted } from './event-filter.ts';

/** While a listener holds a batch. Every listener of a tenant gets the same one, and may read the same events. */
const framesOfBatch = new WeakMap<TailBatch, Map<string, Buffer | null>>();
const frameOfEvent = new WeakMap<TailEvent, string>();
const messageOfEvent = new WeakMap<TailEvent, string>();

/**
 * A batch as server-sent events, null when the listener asked for none of it. An event is serialized once for all
 * listeners, and a batch once for those with the same filter: they get the same bytes.
 */
export function sharedFrames(filter: EventFilter): (batch: TailBatch) => Buffer | null {
  const { exceptionId, runId, types } = filter;
  const key = JSON.stringify([exceptionId, runId, types]);
  return (batch) => {
    let frames = framesOfBatch.get(batch);
    if (!frames) {
      frames = new Map();
      framesOfBatch.set(batch, frames);
    }
    let own = frames.get(key);
    if (own === undefined) {
      const wanted = batch.events.filter((event) => isWanted(event, filter));
      own = wanted.length > 0 ? Buffer.from(wanted.map(frameOf).join('')) : null;
      frames.set(key, own);
    }
    return own;
  };
}

function frameOf(event: TailEvent): string {
  let frame = frameOfEvent.get(event);
  if (frame === undefined) {
    frame = `id: ${formatPosition(event)}\ndata: ${JSON.stringify(streamEvent(event))}\n\n`;
    frameOfEvent.set(event, frame);
  }
  return frame;
}

/** The events of a batch that the listener asked for, as messages of a WebSocket; each is serialized once for all listeners. */
export function sharedMessages(batch: TailBatch, filter: EventFilter): string[] {
  return batch.events
    .filter((event) => isWanted(event, filter))
    .map((event) => {
      let message = messageOfEvent.get(event);
      if (message === undefined) {
        message = JSON.stringify({ id: formatPosition(event), data: streamEvent(event) });
        messageOfEvent.set(event, message);
      }
      return message;
    });
}
