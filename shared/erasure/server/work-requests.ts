import { releaseArtifacts } from '../../artifacts/db/artifacts.ts';
import { readHeldEvents } from '../../events/db/audit-erase.ts';
import type { Announcement, EventParts } from '../../events/server/audit/announced-erasure.ts';
import { type ErasablePart, erasableParts } from '../../events/server/audit/audit-digest.ts';
import type { AuditSeal } from '../../events/server/audit/audit-seal.ts';
import { applyErasure } from '../../events/server/audit/erase-events.ts';
import type { ChangeServices } from '../../events/server/change-context.ts';
import { tell } from '../../events/server/tell.ts';
import { inSweep, type Sweep } from '../../executions/db/executions-sweep.ts';
import type { SystemConnection } from '../../platform/db/database.ts';
import { type Loop, startLoop } from '../../platform/server/loop.ts';
import type { Vault } from '../../platform/server/vault.ts';
import type { SearchIndex } from '../../search/server/search-index.ts';
import type { PersonalData } from '../../tools/server/personal-data.ts';
import {
  deleteAccount,
  deleteApps,
  deleteInvitations,
  deleteOwn,
  listKeyTexts,
  writeInviterName,
  writeKeyTexts,
} from '../db/account.ts';
import { endOfPage, forgetTexts, type PlaceRow, readPage, writeRow } from '../db/place-rows.ts';
import { type Place, places } from '../db/places.ts';
import { endOfLogPage, nextAnnouncement, readLogPage } from '../db/read-log.ts';
import {
  keepHolds,
  listDueRequests,
  lockRequest,
  type PersonRequestRow,
  updateRequest,
} from '../db/requests.ts';
import type { Counts, PlaceName } from '../person-schemas.ts';
import { erasedName } from '../traces.ts';
import { tracesIn } from './erase-row.ts';
import { partsIn } from './log-traces.ts';
import { openPerson, type Search, searchFor } from './subject.ts';

export interface ErasureServices extends ChangeServices {
  vault: Vault;
  personal: PersonalData;
  search: SearchIndex;
  auditSeal: AuditSeal;
}

const everyMs = 3_000;
/** Rows of a root that are read at once; most have no trace. Erasing holds their locks. */
const batch = { searching: 1_000, erasing: 200 };
const logBatch = 1_000;
/** What had to stay is looked at again after an hour. */
const againMs = 60 * 60_000;
/** Who a search is about is forgotten after 30 days. */
export const keptMs = 30 * 24 * 60 * 60_000;
const failedMs = 60_000;
const log = 'events';
const announcements = 'announcements';
const interlock = { type: 'system', id: 'worker', name: 'Interlock' } as const;

const sweep: Sweep = {
  name: 'erasure',
  due: 'EXISTS (SELECT FROM person_request WHERE next_at <= now())',
};

/** Any number of processes may run it: one small statement in three seconds, and one process at a time works. */
export function startErasure(services: ErasureServices): Loop {
  const failed = new Map<string, number>();
  return startLoop('searches for personal data', everyMs, services.log, (signal) =>
    workRequests(services, { signal, failed }),
  );
}

export interface WorkOptions {
  /** Default: now. */
  now?: Date;
  /** Even if nothing is due. */
  always?: boolean;
  signal?: AbortSignal;
  /** Ends after so many batches: a process may end anywhere. */
  batches?: number;
  /** Searches that failed in this process, with when they may be tried again: they stop no others. */
  failed?: Map<string, number>;
}

/** Goes on with every search and erasure, a batch of each in turn. Interrupted, it goes on where it was. */
export async function workRequests(
  services: ErasureServices,
  { now, always = false, signal, batches = Number.POSITIVE_INFINITY, failed = new Map() }: WorkOptions = {},
): Promise<void> {
  const { db } = services;
  let left = batches;
  await db.system((held) =>
    inSweep(held, sweep, always, async () => {
      const waiting = new Set<string>();
      const searches = new Map<string, Search>();
      for (;;) {
        const due = await db.system((connection) => listDueRequests(connection, now ?? new Date()));
        const ready = due.filter(({ id }) => !waiting.has(id) && !((failed.get(id) ?? 0) > Date.now()));
        if (ready.length === 0) return;
        for (const { id } of ready) {
          if (signal?.aborted || left-- <= 0) return;
          try {
            if ((await workOnce(services, id, searches)) === 'wait') waiting.add(id);
          } catch (error) {
            services.log.warn(
              { err: error, search: id },
              'a search for personal data failed; it is tried again',
            );
            failed.set(id, Date.now() + failedMs);
          }
        }
      }
    }),
  );
}

/** What is known of a search from one batch to the next. */
interface Work {
  services: ErasureServices;
  row: PersonRequestRow;
  search: Search;
}

/** @param searches that were opened before, by their ids */
async function workOnce(
  services: ErasureServices,
  id: string,
  searches: Map<string, Search>,
): Promise<'go on' | 'wait'> {
  const row = await services.db.systemTransaction((connection) => lockRequest(connection, id));
  if (!row || row.next_at === null) return 'wait';
  const search = row.status === 'found' ? null : (searches.get(id) ?? (await openSearch(services, row)));
  if (!search) {
    await save(services, row, { status: 'expired', subject_sealed: null, next_at: null });
    return 'wait';
  }
  searches.set(id, search);
  const begins = row.place === null;
  const work = { services, row: begins ? { ...row, remaining: {}, hold_ids: [] } : row, search };
  if (row.place === announcements) return applyNext(work);
  if (row.place === log) return row.status === 'searching' ? countLog(work) : announceLog(work);
  return row.status === 'searching' ? countPage(work) : erasePage(work);
}

async function openSearch(
  { vault, personal }: ErasureServices,
  row: PersonRequestRow,
): Promise<Search | null> {
  const person = await openPerson(vault, row);
  return person && searchFor(personal, row, person);
}

const save = (
  { db }: ErasureServices,
  { tenant_id, id }: PersonRequestRow,
  changes: Parameters<typeof updateRequest>[3],
) => db.system((connection) => updateRequest(connection, tenant_id, id, changes));

const placeAfter = (place: Place): string => places[places.indexOf(place) + 1]?.table ?? log;

const plus = (counts: Counts, place: PlaceName, more: number): Counts =>
  more === 0 ? counts : { ...counts, [place]: (counts[place] ?? 0) + more };

const union = (known: readonly string[], more: Iterable<string>): string[] => [
  ...new Set([...known, ...more]),
];

/** The rows of the next page that may have a trace, and where the pass goes on afterwards. */
interface NextPage {
  place: Place;
  rows: PlaceRow[];
  then: { place: string; position: string | null };
}

/** Places without rows are passed at once. @returns null when only the log is left */
async function readNext(
  connection: SystemConnection,
  row: PersonRequestRow,
  { pattern }: Search,
): Promise<NextPage | null> {
  const { tenant_id: tenantId } = row;
  const limit = row.status === 'searching' ? batch.searching : batch.erasing;
  let after = row.position;
  const begin = places.findIndex(({ table }) => table === row.place);
  for (const place of places.slice(Math.max(begin, 0))) {
    const end = await endOfPage(connection, tenantId, place, { after, limit });
    if (end) {
      const { until, last } = end;
      const rows = await readPage(connection, tenantId, place, { after, until, pattern });
      const then = last
        ? { place: placeAfter(place), position: null }
        : { place: place.table, position: until };
      return { place, rows, then };
    }
    after = null;
  }
  return null;
}

const toLog = { place: log, position: null };

async function countPage({ services, row, search }: Work): Promise<'go on'> {
  const { tenant_id: tenantId, id } = row;
  await services.db.system(async (connection) => {
    const page = await readNext(connection, row, search);
    if (!page) return updateRequest(connection, tenantId, id, toLog);
    const { place, rows, then } = page;
    const traces = rows.map((each) => ({ ...each, ...tracesIn(place, each, search) }));
    const hits = traces.filter(({ changes }) => Object.keys(changes).length > 0);
    const written = traces.filter(({ columns, changes }) => columns.length > Object.keys(changes).length);
    await updateRequest(connection, tenantId, id, {
      ...then,
      found: plus(plus(row.found, place.name, hits.length), 'written', written.length),
      hold_ids: union(
        row.hold_ids,
        hits.flatMap(({ held }) => held ?? []),
      ),
    });
  });
  return 'go on';
}

async function countLog({ services, row, search }: Work): Promise<'go on'> {
  const { tenant_id: tenantId, position: after } = row;
  await services.db.system(async (connection) => {
    const until = await endOfLogPage(connection, tenantId, { after, limit: logBatch });
    if (until === null) {
      const next_at = new Date(Date.now() + keptMs);
      await updateRequest(connection, tenantId, row.id, {
        status: 'found',
        place: null,
        position: null,
        next_at,
      });
      return;
    }
    const { parts, heldBy } = await readLogParts(connection, row, search, until);
    await updateRequest(connection, tenantId, row.id, {
      position: until,
      found: plus(row.found, 'events', parts.size),
      hold_ids: union(row.hold_ids, heldBy.values()),
    });
  });
  return 'go on';
}

async function readLogParts(
  connection: SystemConnection,
  { tenant_id: tenantId, position: after }: PersonRequestRow,
  { pattern, inLog }: Search,
  until: string,
): Promise<{ parts: EventParts; heldBy: Map<string, string> }> {
  const parts = partsIn(await readLogPage(connection, tenantId, { after, until, pattern }), inLog);
  const heldBy = parts.size === 0 ? new Map() : await readHeldEvents(connection, tenantId, [...parts.keys()]);
  return { parts, heldBy };
}

/** Erases what a page has of the person; what is open or held is counted, and stays. */
async function erasePage({ services, row, search }: Work): Promise<'go on'> {
  const { tenant_id: tenantId, id } = row;
  const changed = await services.db.systemTransaction(async (connection) => {
    await keepHolds(connection, tenantId);
    const page = await readNext(connection, row, search);
    if (!page) {
      await updateRequest(connection, tenantId, id, toLog);
      return null;
    }
    const { place, rows, then } = page;
    const subjects: string[] = [];
    const holds: string[] = [];
    let [erased, remaining, again] = [0, 0, false];
    for (const hit of rows) {
      const { changes } = tracesIn(place, hit, search);
      if (Object.keys(changes).length === 0) continue;
      if (hit.held) holds.push(hit.held);
      if (hit.held || hit.open) remaining += 1;
      else if (await writeRow(connection, tenantId, place, hit, changes)) {
        erased += 1;
        if (hit.found) subjects.push(hit.found);
      } else again = true;
    }
    await updateRequest(connection, tenantId, id, {
      // A row that someone has changed meanwhile is read again.
      ...(again ? {} : { ...then, remaining: plus(row.remaining, place.name, remaining) }),
      erased: plus(row.erased, place.name, erased),
      hold_ids: union(row.hold_ids, holds),
    });
    if (!place.search || subjects.length === 0) return null;
    const changed = { type: place.search.type, ids: [...new Set(subjects)] };
    // A process that dies here leaves nothing that search finds.
    await forgetTexts(connection, tenantId, changed);
    // What is in a file is not searched: it may be about the person as well.
    if (changed.type === 'execution') await releaseArtifacts(connection, tenantId, changed.ids);
    return changed;
  });
  if (changed) await services.search.again(changed.type, changed.ids);
  return 'go on';
}

/**
 * Says in the log which parts of which events are erased, before they are. The events are read before the transaction that
 * says so has a number: so the chain has them first.
 */
async function announceLog({ services, row, search }: Work): Promise<'go on'> {
  const { tenant_id: tenantId, position: after } = row;
  const until = await services.db.system((connection) =>
    endOfLogPage(connection, tenantId, { after, limit: logBatch }),
  );
  if (until === null) {
    await save(services, row, { place: announcements, position: row.announced?.toString() ?? null });
    return 'go on';
  }
  const { parts, heldBy } = await services.db.system((connection) =>
    readLogParts(connection, row, search, until),
  );
  const free = new Map([...parts].filter(([id]) => !heldBy.has(id)));
  await services.db.systemTransaction(async (connection) => {
    for (const some of inParts([...free], 200)) {
      await tell(
        connection,
        { identity: { tenantId, actor: interlock } },
        {
          type: 'EventPartsErased',
          subjectType: 'person',
          subjectId: row.id,
          data: { ...announcementOf(some) },
        },
      );
    }
    await updateRequest(connection, tenantId, row.id, {
      position: until,
      remaining: plus(row.remaining, 'events', parts.size - free.size),
      hold_ids: union(row.hold_ids, heldBy.values()),
    });
  });
  return 'go on';
}

function announcementOf(parts: readonly (readonly [string, ReadonlySet<ErasablePart>])[]): Announcement {
  return Object.fromEntries(
    erasableParts.map((part) => [part, parts.flatMap(([id, of]) => (of.has(part) ? [id] : []))]),
  );
}

function* inParts<T>(all: readonly T[], size: number): Generator<T[]> {
  for (let at = 0; at < all.length; at += size) yield all.slice(at, at + size);
}

/** Erases what the next announcement says, once it is sealed. After the last one, the pass has ended. */
async function applyNext(work: Work): Promise<'go on' | 'wait'> {
  const { services, row } = work;
  const { tenant_id: tenantId, id: requestId, position: after } = row;
  const announcement = await services.db.system((connection) =>
    nextAnnouncement(connection, tenantId, { requestId, after }),
  );
  if (announcement === null) return endPass(work);
  const apply = () =>
    services.db.systemTransaction(async (connection) => {
      await keepHolds(connection, tenantId);
      const applied = await applyErasure(connection, tenantId, announcement);
      if (applied.sealed)
        await updateRequest(connection, tenantId, requestId, {
          position: announcement,
          announced: BigInt(announcement),
          erased: plus(row.erased, 'events', applied.erased),
          remaining: plus(row.remaining, 'events', applied.held),
          hold_ids: union(row.hold_ids, applied.holds),
        });
      return applied.sealed;
    });
  if (await apply()) return 'go on';
  await services.auditSeal.seal();
  // Someone's open transaction may hold the seal back.
  return (await apply()) ? 'go on' : 'wait';
}

/** What had to stay is looked at again later; otherwise the person is erased. */
async function endPass({ services, row, search }: Work): Promise<'wait'> {
  const { tenant_id: tenantId, id } = row;
  if (Object.keys(row.remaining).length > 0) {
    await save(services, row, { place: null, position: null, next_at: new Date(Date.now() + againMs) });
    return 'wait';
  }
  const gone = await services.db.accounts((connection) => eraseAccount(connection, tenantId, search));
  const { account } = search.person;
  await services.db.systemTransaction(async (connection) => {
    if (account) await deleteOwn(connection, tenantId, account.id);
    await updateRequest(connection, tenantId, id, {
      status: 'erased',
      subject_sealed: null,
      place: null,
      position: null,
      next_at: null,
      erased_at: new Date(),
      account: gone === null ? null : gone ? 'deleted' : 'kept',
    });
    await tell(
      connection,
      { identity: { tenantId, actor: interlock } },
      {
        type: 'PersonErased',
        subjectType: 'person',
        subjectId: id,
        data: { pseudonym: row.pseudonym, records: row.erased, account: gone === null ? null : gone },
      },
    );
  });
  return 'wait';
}

/** What the account library keeps. @returns whether the account is gone; null: none was named */
async function eraseAccount(
  connection: SystemConnection,
  tenantId: string,
  { person: { account, values }, eraser }: Search,
): Promise<boolean | null> {
  const emails = [...values, ...(account?.email ? [account.email] : [])].map((value) => value.toLowerCase());
  await deleteInvitations(connection, tenantId, emails);
  for (const { id, name, metadata } of await listKeyTexts(connection, tenantId)) {
    const after = { id, name: eraser.actorName(name), metadata: eraser.actorName(metadata) };
    const theirs = account !== null && metadata.includes(account.id);
    if (theirs || after.name !== name || after.metadata !== metadata)
      await writeKeyTexts(connection, tenantId, after);
  }
  if (!account) return null;
  await writeInviterName(connection, tenantId, { userId: account.id, name: erasedName });
  await deleteApps(connection, tenantId, account.id);
  return deleteAccount(connection, account.id);
}
