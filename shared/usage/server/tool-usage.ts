import type { ReadContext } from '../../events/server/change-context.ts';
import type { CallDoor } from '../../executions/call-doors.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import {
  countSeries,
  type KeyedCount,
  keyNamesOf,
  namesOf,
  type Scope,
  sumCounts,
  sumTimes,
  timeSeries,
} from '../db/usage-read.ts';
import { doorMeasure, noId } from '../measures.ts';
import type { Period } from '../periods.ts';
import type { ConnectorUsage, Glance, ToolCounts, ToolUsage } from '../usage-schemas.ts';
import {
  byKey,
  callCounts,
  failureCounts,
  type Outcomes,
  ofKey,
  outcomesOf,
  timesOf,
  together,
} from './count-views.ts';
import { bucketsOf, readHead, type UsageInput } from './usage-head.ts';

/** How a tool is used. @throws InterlockError `not_found` */
export async function readToolUsage(
  { services: { db }, identity: { tenantId } }: ReadContext,
  { id, ...input }: UsageInput & { id: string },
): Promise<ToolUsage> {
  const { period, head } = await readHead(db, input);
  return db.tenant(tenantId, async (connection) => {
    await mustKnow(connection, 'tool', id);
    return { ...head, ...(await callsOf(connection, { measure: 'execution', subjectId: id }, period)) };
  });
}

/** How a connector is used, and by which of its tools. @throws InterlockError `not_found` */
export async function readConnectorUsage(
  { services: { db }, identity: { tenantId } }: ReadContext,
  { id, ...input }: UsageInput & { id: string },
): Promise<ConnectorUsage> {
  const { period, head } = await readHead(db, input);
  const scope: Scope = { measure: 'execution', groupId: id };
  return db.tenant(tenantId, async (connection) => {
    await mustKnow(connection, 'connector', id);
    return {
      ...head,
      ...(await callsOf(connection, scope, period)),
      tools: await toolsOf(connection, scope, period),
    };
  });
}

/** An archived one is known. @throws InterlockError `not_found` */
export async function mustKnow(
  connection: TenantConnection,
  what: 'tool' | 'connector' | 'playbook',
  id: string,
): Promise<void> {
  const known = isUuid(id) ? await namesOf(connection, what, [id]) : new Map();
  const words = { tool: 'Tool', connector: 'Connector', playbook: 'Playbook' };
  if (known.size === 0) throw new InterlockError('not_found', `${words[what]} not found.`);
}

/** One after the other: they share a connection. */
async function callsOf(connection: TenantConnection, scope: Scope, period: Period) {
  const asOne: Scope = { ...scope, together: 'tool' };
  const counts = byKey(await countSeries(connection, asOne, period));
  const times = await timeSeries(connection, scope, period);
  const now = together(counts.values());
  const before = together(byKey(await sumCounts(connection, asOne, period.previous)).values());
  const timesBefore = together((await sumTimes(connection, scope, period.previous)).values());
  const each = await sumCounts(connection, scope, period, 'version', 'part');
  const versions = byKey(ofKey(each, 'first'));
  const versionTimes = await sumTimes(connection, scope, period, 'version');
  const throughDoors = await sumCounts(connection, { ...scope, measure: doorMeasure }, period, 'part');
  const parts = withDoors(ofKey(each, 'second'), throughDoors);
  return {
    calls: {
      total: callCounts(now, together(versionTimes.values())),
      previous: callCounts(before, timesBefore),
      buckets: bucketsOf(period, (key) => callCounts(counts.get(key), times.get(key))),
    },
    failures: failureCounts(now, before),
    versions: [...versions]
      .map(([version, outcomes]) => ({
        version: Number(version),
        ...callCounts(outcomes, versionTimes.get(version)),
      }))
      .sort((a, b) => b.version - a.version),
    callers: await callersOf(connection, parts),
    doors: doorsOf(parts),
  };
}

/**
 * The calls of each caller by their doors. What no door is counted of is the rest, without one: so the doors of a caller are
 * together what the caller is, whoever has counted.
 */
function withDoors(callers: readonly KeyedCount[], throughDoors: readonly KeyedCount[]): KeyedCount[] {
  const known = byKey(throughDoors.map((row) => ({ ...row, key: callerOf(row.key) })));
  const rest = [...byKey(callers)].flatMap(([key, outcomes]) => {
    const names = new Set([...outcomes.keys(), ...(known.get(key)?.keys() ?? [])]);
    return [...names].map((outcome) => ({
      key,
      outcome,
      count: (outcomes.get(outcome) ?? 0) - (known.get(key)?.get(outcome) ?? 0),
      timed: 0,
      micros: 0,
    }));
  });
  return [...throughDoors, ...rest.filter(({ count }) => count !== 0)];
}

/** `people@web` are people, at a page. */
const callerOf = (part: string) => part.split('@')[0]!;
const doorOf = (part: string) => (part.split('@')[1] ?? null) as CallDoor | null;

/** The doors of some calls, the most used first; null: not recorded. */
function doorsOf(rows: readonly KeyedCount[]): ToolUsage['doors'] {
  const doors = byKey(rows.map((row) => ({ ...row, key: doorOf(row.key) ?? '' })));
  return [...doors]
    .map(([door, outcomes]) => ({ door: (door || null) as CallDoor | null, ...outcomesOf(outcomes) }))
    .sort((a, b) => b.count - a.count);
}

async function callersOf(
  connection: TenantConnection,
  rows: readonly KeyedCount[],
): Promise<ToolUsage['callers']> {
  const callers = Map.groupBy(rows, ({ key }) => callerOf(key));
  const parts = [...callers].map(([caller, of]) => {
    const [kind, id = null] = caller.split(':') as [ToolUsage['callers'][number]['kind'], string?];
    const outcomes = together(byKey(of).values());
    return { kind, id, ...outcomesOf(outcomes), doors: doorsOf(of) };
  });
  const idsOf = (kind: string) => parts.flatMap((each) => (each.kind === kind && each.id ? [each.id] : []));
  const keys = await keyNamesOf(connection, idsOf('api_key'));
  const playbooks = await namesOf(connection, 'playbook', idsOf('playbook'));
  return parts
    .map((each) => ({
      ...each,
      name: (each.id && (keys.get(each.id) ?? playbooks.get(each.id)?.title)) || null,
    }))
    .sort((a, b) => b.count - a.count);
}

const mostTools = 200;

/** The tools of a connector; those with the most failures first. */
async function toolsOf(connection: TenantConnection, scope: Scope, period: Period): Promise<ToolCounts[]> {
  const now = byKey(await sumCounts(connection, scope, period, 'subject_id'));
  const times = await sumTimes(connection, scope, period, 'subject_id');
  const before = byKey(await sumCounts(connection, scope, period.previous, 'subject_id'));
  const timesBefore = await sumTimes(connection, scope, period.previous, 'subject_id');
  return named(connection, 'tool', now, (id, outcomes) => {
    const previous = outcomesOf(before.get(id));
    return {
      ...callCounts(outcomes, times.get(id)),
      previousCount: previous.count,
      previousFailed: previous.failed,
      previousP95Ms: timesOf(timesBefore.get(id)).p95Ms,
    };
  });
}

/** All tools and connectors at a glance; those with the most failures first. */
export async function readGlances(
  connection: TenantConnection,
  period: Period,
): Promise<{ tools: Glance[]; connectors: Glance[] }> {
  const scope: Scope = { measure: 'execution', together: 'tool' };
  const now = await sumCounts(connection, scope, period, 'subject_id', 'group_id');
  const before = await sumCounts(connection, scope, period.previous, 'subject_id', 'group_id');
  return {
    tools: await glancesOf(connection, 'tool', ofKey(now, 'first'), ofKey(before, 'first')),
    connectors: await glancesOf(connection, 'connector', ofKey(now, 'second'), ofKey(before, 'second')),
  };
}

function glancesOf(
  connection: TenantConnection,
  what: 'tool' | 'connector',
  now: KeyedCount[],
  before: KeyedCount[],
): Promise<Glance[]> {
  const [means, meansBefore] = [meansOf(now), meansOf(before)];
  const outcomesBefore = byKey(before);
  return named(connection, what, byKey(now), (id, outcomes) => {
    const previous = outcomesOf(outcomesBefore.get(id));
    return {
      ...outcomesOf(outcomes),
      meanMs: means.get(id) ?? null,
      previousCount: previous.count,
      previousFailed: previous.failed,
      previousMeanMs: meansBefore.get(id) ?? null,
    };
  });
}

/** The mean time of each key that has one, in milliseconds. */
export function meansOf(rows: readonly KeyedCount[]): Map<string, number> {
  const sums = new Map<string, { timed: number; micros: number }>();
  for (const { key, timed, micros } of rows) {
    const sum = sums.get(key) ?? { timed: 0, micros: 0 };
    sums.set(key, { timed: sum.timed + timed, micros: sum.micros + micros });
  }
  const known = [...sums].filter(([, { timed }]) => timed > 0);
  return new Map(known.map(([key, { timed, micros }]) => [key, Math.round(micros / timed / 100) / 10]));
}

async function named<View extends { failed: number; count: number }>(
  connection: TenantConnection,
  what: 'tool' | 'connector',
  groups: ReturnType<typeof byKey>,
  view: (id: string, outcomes: Outcomes) => View,
) {
  const used = [...groups]
    .filter(([id]) => id !== noId)
    .map(([id, outcomes]) => ({ id, ...view(id, outcomes) }))
    .sort((a, b) => b.failed - a.failed || b.count - a.count)
    .slice(0, mostTools);
  const ids = used.map(({ id }) => id);
  const names = await namesOf(connection, what, ids);
  return used.map((each) => ({ name: '', title: '', ...names.get(each.id), ...each }));
}
