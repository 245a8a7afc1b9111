import { z } from 'zod';
import { type ErasablePart, erasableParts, erasedParts, type Opening } from './audit-digest.ts';

const ids = z.array(z.string()).default([]);

/** `data` of an `EventPartsErased`: of which events each part is erased, by their ids. */
export const announcementSchema = z.object({ actorName: ids, address: ids, data: ids });
export type Announcement = z.input<typeof announcementSchema>;

/** The parts of events, by the ids of these. */
export type EventParts = Map<string, Set<ErasablePart>>;

export function addParts(to: EventParts, eventId: string, parts: readonly ErasablePart[]): void {
  const known = to.get(eventId) ?? new Set();
  for (const part of parts) known.add(part);
  to.set(eventId, known);
}

/** What these events announce; other events announce nothing. */
export function announcedIn(events: Iterable<{ type: string; data: unknown }>): EventParts {
  const announced: EventParts = new Map();
  for (const { type, data } of events) {
    if (type !== 'EventPartsErased') continue;
    const said = announcementSchema.safeParse(data).data;
    for (const part of erasableParts) for (const id of said?.[part] ?? []) addParts(announced, id, [part]);
  }
  return announced;
}

/** Whether every part that is erased of an event was announced. */
export const isAnnounced = (announced: EventParts, eventId: string, opening: Opening): boolean =>
  erasedParts(opening).every((part) => announced.get(eventId)?.has(part));
