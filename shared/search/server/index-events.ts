import type { TailPosition } from '../../events/db/events.ts';
import type { EventType } from '../../events/event-types.ts';
import type { Database, SystemConnection } from '../../platform/db/database.ts';
import { isUuid } from '../../platform/ids.ts';
import { writeDocuments } from '../db/search-documents.ts';
import {
  eventsToIndex,
  type IndexEvent,
  type IndexedUpTo,
  lockIndex,
  readIndexed,
  writeIndexed,
} from '../db/search-feed.ts';
import type { SearchSubject } from '../search-subjects.ts';
import { gramsOf, searchBody } from '../search-text.ts';

/** The text of a subject, in parts. */
export interface SubjectText {
  tenantId: string;
  id: string;
  parts: (string | null)[];
}

/** Where the texts of a type come from. Features provide the sources. */
export interface SearchSource {
  type: SearchSubject;
  /** After these events of a subject its text may be another. */
  events: readonly EventType[];
  read(connection: SystemConnection, ids: string[]): Promise<SubjectText[]>;
}

const batch = 500;

/** One walk to the end of the log, in batches. */
export interface Pass {
  /** Where the batch before ended. */
  from: TailPosition;
  /** The oldest transaction that was open when it began: what commits behind it may have been passed. */
  open: string;
}

/**
 * Writes the texts of what the next events are about. The position moves with them in one transaction, up to the oldest
 * open transaction: what commits late is read again, and so never missed.
 * @returns the position, and how the pass goes on; null at the end of the log
 */
export function indexEvents(
  db: Database,
  sources: readonly SearchSource[],
  pass: Pass | null,
): Promise<{ position: IndexedUpTo; pass: Pass | null }> {
  return db.systemTransaction(async (connection) => {
    await lockIndex(connection);
    const known = await readIndexed(connection);
    const types = sources.flatMap((source) => source.events);
    const found = await eventsToIndex(connection, pass?.from ?? known, types, batch);
    const { events } = found;
    const open = pass?.open ?? found.open;
    for (const source of sources) await indexSubjects(connection, source, events);
    const last = events.length === batch ? events.at(-1)! : null;
    const { xid, id } = last && BigInt(last.xid) < BigInt(open) ? last : { xid: open, id: '0' };
    const position = { xid, id, complete: known.complete || last === null };
    if (events.length > 0 || !known.complete) await writeIndexed(connection, position);
    return { position, pass: last && { from: last, open } };
  });
}

async function indexSubjects(
  connection: SystemConnection,
  source: SearchSource,
  events: readonly IndexEvent[],
): Promise<void> {
  const ids = new Set(
    events.filter(({ type }) => source.events.includes(type)).map((event) => event.subjectId),
  );
  await writeTexts(connection, source, [...ids].filter(isUuid));
}

/** Writes the texts of subjects that changed without an event of theirs. */
export function indexAgain(db: Database, source: SearchSource, ids: string[]): Promise<void> {
  return db.systemTransaction(async (connection) => {
    await lockIndex(connection);
    await writeTexts(connection, source, ids);
  });
}

async function writeTexts(connection: SystemConnection, source: SearchSource, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  const texts = await source.read(connection, ids);
  if (texts.length > 0)
    await writeDocuments(
      connection,
      texts.map((text) => documentOf(source.type, text)),
    );
}

function documentOf(type: SearchSubject, { tenantId, id, parts }: SubjectText) {
  const body = searchBody(parts);
  return { tenantId, type, id, body, grams: gramsOf(body) };
}
