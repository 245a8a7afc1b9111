import type { ChangeServices } from '../../events/server/change-context.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { errorMessage } from '../../platform/error-message.ts';
import { hasEventsAfter, type IndexedUpTo, readIndexed } from '../db/search-feed.ts';
import { findSubjects, type SearchMatch } from '../db/search-read.ts';
import type { SearchSubject } from '../search-subjects.ts';
import { searchQuery } from '../search-text.ts';
import { indexAgain, indexEvents, type Pass, type SearchSource } from './index-events.ts';

/** How long a search waits for the texts of what has just happened. */
const waitMs = 5_000;
/** A list names at most so many subjects; it compares the texts of its rows with more frequent words. */
const namedAtMost = 2_000;

export interface SearchIndex {
  /**
   * What a list shows of a search; nothing for a search without words.
   * @param newest of a list without other conditions, newest first: its page, so that no more is searched than it shows
   * @throws InterlockError `unavailable` after 2 s, and while the index is built for the first time
   */
  match(tenantId: string, type: SearchSubject, q: string, newest: NewestPage | null): Promise<SearchMatch>;
  /** Writes the texts of everything that has happened. @returns whether it got there before `deadline` */
  catchUp(deadline: number): Promise<boolean>;
  /** Writes the texts of subjects that have changed without an event. */
  again(type: SearchSubject, ids: string[]): Promise<void>;
}

export interface NewestPage {
  /** Only older ids. */
  before?: string | undefined;
  limit: number;
}

function refuseSlow(error: unknown): never {
  if ((error as { code?: unknown }).code !== '57014') throw error;
  throw new InterlockError(
    'unavailable',
    'The search took longer than 2 s and was ended. Search for longer words, or for more of them.',
    { cause: error },
  );
}

export function createSearchIndex(
  { db, log }: ChangeServices,
  sources: readonly SearchSource[],
): SearchIndex {
  const types = sources.flatMap((source) => source.events);
  let known: IndexedUpTo | null = null;
  let running: Promise<boolean> | null = null;
  let waiting: Promise<boolean> | null = null;

  async function run(deadline: number): Promise<boolean> {
    known ??= await db.system(readIndexed);
    const from = known;
    if (from.complete && !(await db.system((connection) => hasEventsAfter(connection, from, types))))
      return true;
    for (let pass: Pass | null = null; ; ) {
      const result = await indexEvents(db, sources, pass);
      known = result.position;
      pass = result.pass;
      if (pass === null) return true;
      if (Date.now() > deadline) return false;
    }
  }

  function start(deadline: number): Promise<boolean> {
    const pass = run(deadline).finally(() => {
      if (running === pass) running = null;
    });
    running = pass;
    return pass;
  }

  /** A pass that has begun may have read the log before the caller's change, so the caller waits for the next one. */
  function catchUp(deadline: number): Promise<boolean> {
    if (!running) return start(deadline);
    waiting ??= running
      .catch(() => {})
      .then(() => {
        waiting = null;
        return start(deadline);
      });
    return waiting;
  }

  async function assertReady(): Promise<void> {
    try {
      await catchUp(Date.now() + waitMs);
    } catch (error) {
      // Such as a read-only database: what is indexed can still be found.
      log.warn({ reason: errorMessage(error) }, 'search could not index the latest changes');
    }
    known ??= await db.system(readIndexed);
    if (!known.complete)
      throw new InterlockError(
        'unavailable',
        'The search index is still being built after an upgrade. Nothing was searched. Try again in some minutes.',
        { retryAfterSeconds: 30 },
      );
  }

  return {
    catchUp,
    async again(type, ids) {
      const source = sources.find((each) => each.type === type);
      if (source && ids.length > 0) await indexAgain(db, source, ids);
    },
    async match(tenantId, type, q, newest) {
      const query = searchQuery(q);
      if (query.parts.length === 0) return { ids: [] };
      await assertReady();
      const ids = await db
        .tenant(tenantId, (connection) =>
          findSubjects(connection, type, query, newest ?? { limit: namedAtMost }),
        )
        .catch(refuseSlow);
      return newest || ids.length < namedAtMost ? { ids } : { type, parts: query.parts };
    },
  };
}
