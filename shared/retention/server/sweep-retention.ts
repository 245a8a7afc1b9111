import { releaseArtifacts } from '../../artifacts/db/artifacts.ts';
import type { FileContents } from '../../artifacts/server/file-contents.ts';
import { removeUnusedArtifacts } from '../../artifacts/server/remove-unused.ts';
import { forgetOldBatches } from '../../batches/db/batches-sweep.ts';
import type { ChangeServices } from '../../events/server/change-context.ts';
import { tell } from '../../events/server/tell.ts';
import { removeOldChunks } from '../../executions/db/execution-chunks.ts';
import { inSweep, type Sweep } from '../../executions/db/executions-sweep.ts';
import { removeOldNotifications } from '../../notifications/db/notification-sending.ts';
import { removeUnusedKeys } from '../../notifications/db/push-keys.ts';
import type { SystemConnection } from '../../platform/db/database.ts';
import { type Loop, startLoop } from '../../platform/server/loop.ts';
import { removeOldPresence } from '../../presence/db/presence.ts';
import { forgetArchived, removeOldRuns } from '../../schedules/db/schedules-sweep.ts';
import { countOlder } from '../db/due-records.ts';
import { readRemoval, removeDeliveries, writeRemoval } from '../db/removals.ts';
import {
  dropMonth,
  eventsBefore,
  isMonthKept,
  listEventMonths,
  lockHolds,
  pageOfEvents,
  removeEvents,
} from '../db/remove-events.ts';
import {
  emptyExecutions,
  emptyRuns,
  type PageOf,
  type PagePart,
  pageOfExecutions,
  pageOfRuns,
} from '../db/remove-payloads.ts';
import { type DueTenant, keepRetention, listDueTenants, markSwept } from '../db/retention-settings.ts';
import { cutoff, daysOf, type RecordKind, startOfDay } from '../retention-schemas.ts';

const everyMs = 5 * 60_000;
/** Rows of one transaction. */
const batch = 500;
/** A month of the log stays at least so long after its end: webhooks and search have read it then. */
const dropAfterDays = 8;
const noId = '00000000-0000-0000-0000-000000000000';
const interlock = { type: 'system', id: 'worker', name: 'Interlock' } as const;

const sweep: Sweep = {
  name: 'retention',
  due: `EXISTS (SELECT FROM tenant_setting WHERE retention IS NOT NULL
    AND coalesce(retention_swept_at < date_trunc('day', now(), 'UTC'), true))`,
};

/** Any number of processes may run it: two small statements in five minutes, and one process at a time removes. */
export function startRetention(services: ChangeServices & { files: FileContents }): Loop {
  return startLoop('retention', everyMs, services.log, async (signal) => {
    await services.db.system(removeOldChunks);
    await removeUnusedArtifacts(services.db);
    await services.db.system(forgetOldBatches);
    await services.db.system(removeOldRuns);
    await services.db.system(forgetArchived);
    await services.db.system(removeOldNotifications);
    await services.db.system(removeOldPresence);
    await services.db.system(removeUnusedKeys);
    await sweepRetention(services, { signal });
    // Last: another server may not respond.
    await services.files.sweep(new Date(), signal);
  });
}

export interface SweepOptions {
  /** Default: now. */
  now?: Date;
  /** Even if the day's removal is done. */
  always?: boolean;
  signal?: AbortSignal;
}

/**
 * Removes what the times of each tenant say, once a day. Each removal is announced in the log first, so that the seal
 * explains what is missing. Interrupted, it goes on with the next round.
 */
export async function sweepRetention(
  services: ChangeServices,
  { now = new Date(), always = false, signal }: SweepOptions = {},
): Promise<void> {
  const { db } = services;
  const day = startOfDay(now);
  await db.system((held) =>
    inSweep(held, sweep, always, async () => {
      const due = await db.system((connection) => listDueTenants(connection, day));
      const rounds = due.map((tenant): Round => ({ services, tenant, now, signal }));
      const whole: Round[] = [];
      for (const round of rounds) {
        const done = (await removePayloads(round)) && (await removeOldDeliveries(round));
        if (!done) continue;
        await announceEvents(round);
        whole.push(round);
      }
      // What no one keeps goes as a whole; of the rest, each organization loses its own.
      await dropMonths(services, now, signal);
      for (const round of whole) {
        if (!(await removeOldEvents(round))) continue;
        await db.system((connection) => markSwept(connection, round.tenant, day));
      }
    }),
  );
}

async function dropMonths(
  { db, log }: ChangeServices,
  now: Date,
  signal: AbortSignal | undefined,
): Promise<void> {
  const ended = new Date(startOfDay(now).getTime() - dropAfterDays * 86_400_000);
  for (const month of await db.system((connection) => listEventMonths(connection, ended))) {
    if (signal?.aborted) return;
    const dropped = await db.systemTransaction(async (connection) => {
      await lockHolds(connection);
      return !(await isMonthKept(connection, month)) && (await dropMonth(connection, month));
    });
    if (dropped) log.info({ month }, 'a month of the event log was dropped: no organization keeps it');
  }
}

interface Round {
  services: ChangeServices;
  tenant: DueTenant;
  now: Date;
  signal: AbortSignal | undefined;
}

/** What is older than this goes; null: it stays. */
function cutoffOf({ tenant, now }: Round, kind: RecordKind): Date | null {
  const days = daysOf(tenant.retention)[kind];
  return days === null ? null : cutoff(now, kind, days);
}

/**
 * Repeats `work`, each time in a transaction during which the tenant changes neither its times nor its holds, until it
 * returns false. @returns false when the times have changed, or the process stops
 */
async function inBatches(
  { services, tenant, signal }: Round,
  work: (connection: SystemConnection) => Promise<boolean>,
): Promise<boolean> {
  for (;;) {
    if (signal?.aborted) return false;
    const more = await services.db.systemTransaction(async (connection) =>
      (await keepRetention(connection, tenant)) ? work(connection) : null,
    );
    if (more === null) return false;
    if (!more) return true;
  }
}

function announce(
  connection: SystemConnection,
  { tenant }: Round,
  kind: RecordKind,
  data: Record<string, unknown>,
): Promise<void> {
  return tell(
    connection,
    { identity: { tenantId: tenant.tenant_id, actor: interlock } },
    {
      type: 'RecordsRemoved',
      subjectType: 'settings',
      subjectId: `records/${kind}`,
      data: { what: kind, ...data },
    },
  );
}

async function removePayloads(round: Round): Promise<boolean> {
  const before = cutoffOf(round, 'payloads');
  if (!before) return true;
  const { tenant_id: tenantId } = round.tenant;
  const { db } = round.services;
  const due = await db.system((connection) => countOlder(connection, tenantId, 'payloads', before));
  if (due.count > 0) {
    await db.systemTransaction((connection) =>
      announce(connection, round, 'payloads', { before: before.toISOString(), ...due }),
    );
  }
  return (
    (await emptyPages(round, before, 'payloads', pageOfExecutions, emptyAndRelease)) &&
    emptyPages(round, before, 'runs', pageOfRuns, emptyRuns)
  );
}

/** Files go with the payloads that name them. */
async function emptyAndRelease(connection: SystemConnection, tenantId: string, ids: string[]): Promise<void> {
  await emptyExecutions(connection, tenantId, ids);
  await releaseArtifacts(connection, tenantId, ids);
}

/** It begins where everything before is done for good, so a night reads what is new and what was kept. */
async function emptyPages(
  round: Round,
  before: Date,
  what: 'payloads' | 'runs',
  read: (connection: SystemConnection, page: PageOf) => Promise<(PagePart & { removed: boolean })[]>,
  empty: (connection: SystemConnection, tenantId: string, ids: string[]) => Promise<void>,
): Promise<boolean> {
  const { tenant_id: tenantId } = round.tenant;
  const known = await round.services.db.system((connection) => readRemoval(connection, tenantId, what));
  let done = known?.doneUpTo ?? noId;
  let after = done;
  let keptBefore = false;
  return inBatches(round, async (connection) => {
    const page = await read(connection, { tenantId, after, before, limit: batch });
    const ids = page.filter(({ kept, removed }) => !kept && !removed).map(({ id }) => id);
    if (ids.length > 0) await empty(connection, tenantId, ids);
    for (const { id, kept } of page) {
      keptBefore ||= kept;
      if (!keptBefore) done = id;
    }
    after = page.at(-1)?.id ?? after;
    await writeRemoval(connection, { tenant_id: tenantId, what, before, done_up_to: done });
    return page.length === batch;
  });
}

async function removeOldDeliveries(round: Round): Promise<boolean> {
  const before = cutoffOf(round, 'deliveries');
  if (!before) return true;
  const { tenant_id: tenantId } = round.tenant;
  const { db } = round.services;
  const due = await db.system((connection) => countOlder(connection, tenantId, 'deliveries', before));
  if (due.count === 0) return true;
  await db.systemTransaction((connection) =>
    announce(connection, round, 'deliveries', { before: before.toISOString(), ...due }),
  );
  return inBatches(
    round,
    async (connection) => (await removeDeliveries(connection, tenantId, before, batch)) === batch,
  );
}

async function announceEvents(round: Round): Promise<void> {
  const before = cutoffOf(round, 'events');
  if (!before) return;
  const { tenant_id: tenantId } = round.tenant;
  await round.services.db.systemTransaction(async (connection) => {
    const range = await eventsBefore(connection, tenantId, before);
    const known = await readRemoval(connection, tenantId, 'events');
    const covered = known?.throughSequence ?? 0;
    if (!range || range.throughSequence <= covered) return;
    const { upToId, throughSequence } = range;
    await writeRemoval(connection, {
      tenant_id: tenantId,
      what: 'events',
      before,
      up_to_id: BigInt(upToId),
      through_sequence: BigInt(throughSequence),
    });
    const count = throughSequence - covered;
    await announce(connection, round, 'events', { before: before.toISOString(), count, throughSequence });
  });
}

/** Those of months that others keep. */
async function removeOldEvents(round: Round): Promise<boolean> {
  if (!cutoffOf(round, 'events')) return true;
  const { tenant_id: tenantId } = round.tenant;
  let after = '0';
  return inBatches(round, async (connection) => {
    const page = await pageOfEvents(connection, { tenantId, after, limit: batch });
    const ids = page.filter(({ kept }) => !kept).map(({ id }) => id);
    if (ids.length > 0) await removeEvents(connection, tenantId, ids);
    after = page.at(-1)?.id ?? after;
    return page.length === batch;
  });
}
