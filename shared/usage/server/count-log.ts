import { lookAtLog, readClock } from '../../events/db/audit-seal.ts';
import type { TailPosition } from '../../events/db/events.ts';
import type { EventType } from '../../events/event-types.ts';
import type { Database, SystemConnection } from '../../platform/db/database.ts';
import { isUuid } from '../../platform/ids.ts';
import { eventsToIndex } from '../../search/db/search-feed.ts';
import { countRows, nextRows, stepsOf } from '../db/count-rows.ts';
import { type CountedUpTo, lockUsage, readCountedUpTo, writeCountedUpTo } from '../db/usage-position.ts';
import { type Measure, measures, noId } from '../measures.ts';

/** After these events of it, something may count differently. */
const countedAfter = {
  execution: [
    'ToolExecutionRequested',
    'ToolExecutionCompleted',
    'ToolExecutionFailed',
    'ToolExecutionSettled',
  ],
  run: ['PlaybookRunStarted', 'PlaybookRunCompleted', 'PlaybookRunFailed', 'PlaybookRunCancelled'],
  step: [
    'StepOpened',
    'StepStarted',
    'StepApproved',
    'StepRejected',
    'StepCompleted',
    'StepSkipped',
    'StepFailed',
    'StepReopened',
    'StepOutcomeUnknown',
  ],
  exception: ['ExceptionCreated', 'ExceptionResolved', 'ExceptionReopened'],
} satisfies Record<string, EventType[]>;
const eventTypes = Object.values(countedAfter).flat();
const batch = 1_000;

/** One walk to the end of the log, in batches. */
interface Pass {
  from: TailPosition;
  /** The oldest transaction that was open when it began: what commits behind it is read again. */
  open: string;
  began: { asOf: Date; eventCount: string };
}

/**
 * Counts everything that has happened, in batches. Any number of processes may: one at a time counts, and its position moves
 * with the counts in one transaction. What commits late is read again, and counts once whatever is read twice.
 * @returns false when another process counts now, or `stopped` said so
 */
export async function countLog(db: Database, stopped: () => boolean = () => false): Promise<boolean> {
  for (let pass: Pass | null = null; ; ) {
    if (stopped()) return false;
    const began: Pass['began'] = pass?.began ?? (await beginning(db));
    const step: Step = await db.systemTransaction((connection) => countNext(connection, began, pass));
    if (step === 'busy') return false;
    if (step === 'done') return true;
    pass = step === 'more' ? null : step;
  }
}

type Step = 'busy' | 'done' | 'more' | Pass;

/** By the clock of the database, before the log is read. */
function beginning(db: Database): Promise<Pass['began']> {
  return db.system(async (connection) => {
    const { count } = await lookAtLog(connection);
    return { asOf: new Date(await readClock(connection)), eventCount: count };
  });
}

async function countNext(
  connection: SystemConnection,
  began: Pass['began'],
  pass: Pass | null,
): Promise<Step> {
  if (!(await lockUsage(connection))) return 'busy';
  const known = await readCountedUpTo(connection);
  const { events, open: openNow } = await eventsToIndex(connection, pass?.from ?? known, eventTypes, batch);
  const open = pass?.open ?? openNow;
  const idsAfter = (types: readonly string[]) =>
    [...new Set(events.filter(({ type }) => types.includes(type)).map(({ subjectId }) => subjectId))].filter(
      isUuid,
    );
  const runs = idsAfter(countedAfter.run);
  const cases = idsAfter(countedAfter.exception);
  const ids: Record<Measure, string[]> = {
    execution: idsAfter(countedAfter.execution),
    run: runs,
    // The end of a run ends its open steps, without events of theirs.
    step: [...new Set([...idsAfter(countedAfter.step), ...(await stepsOf(connection, runs))])],
    exception_opened: cases,
    exception_resolved: cases,
  };
  for (const measure of measures) await countRows(connection, measure, ids[measure]);
  const last = events.length === batch ? events.at(-1)! : null;
  const { xid, id } = last && BigInt(last.xid) < BigInt(open) ? last : { xid: open, id: '0' };
  const filled = last ? known : await fill(connection, known);
  await writeCountedUpTo(connection, { ...filled, xid, id }, last ? undefined : began);
  if (last) return { from: last, open, began };
  return filled.complete ? 'done' : 'more';
}

/** Counts the next rows that were there before the log was read. */
async function fill(connection: SystemConnection, known: CountedUpTo): Promise<CountedUpTo> {
  const measure = measures[known.fillMeasure];
  if (known.complete || !measure) return { ...known, complete: true };
  const ids = await nextRows(connection, measure, known.fillAfter, batch);
  await countRows(connection, measure, ids);
  if (ids.length === batch) return { ...known, fillAfter: ids.at(-1)! };
  return { ...known, fillMeasure: known.fillMeasure + 1, fillAfter: noId };
}
