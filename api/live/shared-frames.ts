import type { TailEvent } from '../../shared/events/db/events.ts';
import { formatPosition, streamEvent, type TailBatch } from '../../shared/events/server/event-tail.ts';

/** Which events a listener asked for; all of them without any of these. */
export interface EventFilter {
  exceptionId?: string | undefined;
  runId?: string | undefined;
  types?: readonly string[] | undefined;
}

/** While a listener holds a batch. Every listener of a tenant gets the same one, and may read the same events. */
const framesOfBatch = new WeakMap<TailBatch, Map<string, Buffer | null>>();
const frameOfEvent = new WeakMap<TailEvent, string>();

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

function isWanted(event: TailEvent, { exceptionId, runId, types }: EventFilter): boolean {
  const { type, subjectType, subjectId, data } = event;
  const isOf = (subject: string, id: string) => subjectType === subject && subjectId === id;
  return (
    (types === undefined || types.includes(type)) &&
    (exceptionId === undefined || event.exceptionId === exceptionId || isOf('exception', exceptionId)) &&
    (runId === undefined || data.runId === runId || isOf('run', runId))
  );
}
