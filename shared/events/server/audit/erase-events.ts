import type { SystemConnection } from '../../../platform/db/database.ts';
import { type ErasedEvent, readHeldEvents, readSalts, writeErased } from '../../db/audit-erase.ts';
import { readEventsById } from '../../db/audit-seal.ts';
import { announcedIn } from './announced-erasure.ts';
import { erasedParts, openingWithout } from './audit-digest.ts';

export interface AppliedErasure {
  /** False: some of the events, or the announcement, are not sealed yet. Nothing was erased. */
  sealed: boolean;
  /** Events of which something is erased now and was not before. */
  erased: number;
  /** Events that a legal hold covers, which stay, and these holds. */
  held: number;
  holds: string[];
}

/**
 * Erases what an event of the log announces. Call it again after a failure: what is erased stays as it is. In the
 * transaction, no one may place a legal hold.
 * @param announcement the id of an `EventPartsErased`
 */
export async function applyErasure(
  connection: SystemConnection,
  tenantId: string,
  announcement: string,
): Promise<AppliedErasure> {
  const announced = announcedIn(await readEventsById(connection, tenantId, [announcement]));
  const ids = [...announced.keys()];
  const [events, salts, heldBy] = [
    await readEventsById(connection, tenantId, ids),
    await readSalts(connection, tenantId, [...ids, announcement]),
    await readHeldEvents(connection, tenantId, ids),
  ];
  const holds = [...new Set(heldBy.values())];
  if (!salts.has(announcement) || events.some(({ id }) => !salts.has(id)))
    return { sealed: false, erased: 0, held: 0, holds };
  const erased = events.flatMap((event): ErasedEvent[] => {
    if (heldBy.has(event.id)) return [];
    const opening = event.opening ?? salts.get(event.id)!;
    const before = erasedParts(opening);
    const parts = [...announced.get(event.id)!].filter((part) => !before.includes(part));
    return parts.length === 0
      ? []
      : [{ id: event.id, parts, opening: openingWithout(event, opening, parts) }];
  });
  if (erased.length > 0) await writeErased(connection, tenantId, announcement, erased);
  return { sealed: true, erased: erased.length, held: heldBy.size, holds };
}
