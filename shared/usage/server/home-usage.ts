import { idsBetween } from '../../events/db/event-range.ts';
import type { EventType } from '../../events/event-types.ts';
import type { ReadContext } from '../../events/server/change-context.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { typesForPeople } from '../../playbooks/server/step-runners.ts';
import { countSeries, type KeyedCount, type Scope, sumCounts, sumTimes } from '../db/usage-read.ts';
import { countEvents, countPausedHosts, readAges, readWaiting } from '../db/waiting-read.ts';
import type { Period } from '../periods.ts';
import type { HomeUsage } from '../usage-schemas.ts';
import { byKey, type Outcomes, outcomesOf, runCounts, timesOf, together } from './count-views.ts';
import { meansOf, readGlances } from './tool-usage.ts';
import { bucketsOf, readHead, type UsageInput } from './usage-head.ts';

/** What a person who comes back wants to know of. */
const shownChanges: EventType[] = [
  'ExceptionCreated',
  'ExceptionResolved',
  'ExceptionReopened',
  'ToolExecutionFailed',
  'ToolExecutionApprovalRequested',
  'ToolExecutionQuarantined',
  'PlaybookRunCompleted',
  'PlaybookRunFailed',
  'BatchEnded',
  'BreakerOpened',
  'CredentialExpired',
  'CredentialRefused',
  'ToolCreated',
  'ToolUpdated',
  'ToolDisabled',
  'ConnectorUpdated',
  'PlaybookPublished',
  'PolicyUpdated',
  'PolicyRestored',
];
const mostChanges = 100;
/** Where one age ends and the next begins, in hours. */
const ages = [0, 1, 8, 24, 72, 168, 720];

/** What a person sees first: what waits, what goes wrong, and how it was before. */
export async function readHomeUsage(
  { services: { db }, identity: { tenantId } }: ReadContext,
  { since, ...input }: UsageInput & { since?: string | undefined },
): Promise<HomeUsage> {
  const { period, head } = await readHead(db, input);
  return db.tenant(tenantId, async (connection) => ({
    ...head,
    calls: await callTotals(connection, period),
    ...(await readGlances(connection, period)),
    runs: await runTotals(connection, period),
    exceptions: await caseTotals(connection, period),
    waiting: await waitingNow(connection),
    pausedHosts: await countPausedHosts(connection),
    changes: since === undefined ? [] : await changesSince(connection, new Date(since)),
  }));
}

async function callTotals(connection: TenantConnection, period: Period): Promise<HomeUsage['calls']> {
  const scope: Scope = { measure: 'execution', together: 'all' };
  const rows = await countSeries(connection, scope, period);
  const before = await sumCounts(connection, scope, period.previous);
  const counts = byKey(rows);
  const totals = (all: KeyedCount[]) => ({
    ...outcomesOf(together(byKey(all).values())),
    meanMs: meansOf(all.map((row) => ({ ...row, key: '' }))).get('') ?? null,
  });
  return {
    total: totals(rows),
    previous: totals(before),
    buckets: bucketsOf(period, (key) => outcomesOf(counts.get(key))),
  };
}

async function sumBefore(connection: TenantConnection, scope: Scope, { previous }: Period) {
  return {
    outcomes: together(byKey(await sumCounts(connection, scope, previous)).values()),
    times: together((await sumTimes(connection, scope, previous)).values()),
  };
}

async function runTotals(connection: TenantConnection, period: Period): Promise<HomeUsage['runs']> {
  const scope: Scope = { measure: 'run' };
  const now = together(byKey(await sumCounts(connection, scope, period)).values());
  const times = together((await sumTimes(connection, scope, period)).values());
  const before = await sumBefore(connection, scope, period);
  return { total: runCounts(now, times), previous: runCounts(before.outcomes, before.times) };
}

async function caseTotals(connection: TenantConnection, period: Period): Promise<HomeUsage['exceptions']> {
  const opened = byKey(await countSeries(connection, { measure: 'exception_opened' }, period));
  const resolved = byKey(await countSeries(connection, { measure: 'exception_resolved' }, period));
  const times = await sumTimes(connection, { measure: 'exception_resolved' }, period);
  const [openedBefore, resolvedBefore] = [
    await sumBefore(connection, { measure: 'exception_opened' }, period),
    await sumBefore(connection, { measure: 'exception_resolved' }, period),
  ];
  return {
    total: caseCounts(together(opened.values()), together(resolved.values()), together(times.values())),
    previous: caseCounts(openedBefore.outcomes, resolvedBefore.outcomes, resolvedBefore.times),
    buckets: bucketsOf(period, (key) => ({
      opened: outcomesOf(opened.get(key)).count,
      resolved: resolved.get(key)?.get('resolved') ?? 0,
    })),
  };
}

function caseCounts(opened?: Outcomes, resolved?: Outcomes, times?: ReadonlyMap<number, number>) {
  const { p50Ms, p95Ms } = timesOf(times);
  return { opened: outcomesOf(opened).count, resolved: resolved?.get('resolved') ?? 0, p50Ms, p95Ms };
}

async function waitingNow(connection: TenantConnection): Promise<HomeUsage['waiting']> {
  const types = ['', ...typesForPeople(), 'execution'];
  const addressees = types.map((type) => `all:${type}`);
  const numbers = await readWaiting(connection, addressees);
  const byAge = await readAges(connection, addressees, ages);
  return {
    ...numbers,
    ages: byAge.map((age, index) => ({
      fromHours: ages[index]!,
      toHours: ages[index + 1] ?? null,
      ...age,
    })),
  };
}

async function changesSince(connection: TenantConnection, since: Date): Promise<HomeUsage['changes']> {
  const ids = await idsBetween(connection, { from: since });
  if (!ids) return [];
  const found = await countEvents(connection, shownChanges, { since, above: ids.above, limit: mostChanges });
  const place = (type: string) => shownChanges.indexOf(type as EventType);
  return found.sort((a, b) => place(a.type) - place(b.type));
}
