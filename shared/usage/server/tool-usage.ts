import type { ReadContext } from '../../events/server/change-context.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import {
  countSeries,
  keyNamesOf,
  namesOf,
  type Scope,
  sumCounts,
  sumTimes,
  timeSeries,
} from '../db/usage-read.ts';
import { noId } from '../measures.ts';
import type { Period } from '../periods.ts';
import type { ConnectorUsage, ToolCounts, ToolUsage } from '../usage-schemas.ts';
import {
  byKey,
  callCounts,
  failureCounts,
  outcomesOf,
  timesByKey,
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
      tools: await readCounts(connection, scope, period, 'tool'),
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
  const counts = byKey(await countSeries(connection, scope, period));
  const times = timesByKey(await timeSeries(connection, scope, period));
  const now = together(counts.values());
  const before = together(byKey(await sumCounts(connection, scope, period.previous)).values());
  const timesBefore = together(timesByKey(await sumTimes(connection, scope, period.previous)).values());
  const versions = byKey(await sumCounts(connection, scope, period, 'version'));
  const versionTimes = timesByKey(await sumTimes(connection, scope, period, 'version'));
  const callers = byKey(await sumCounts(connection, scope, period, 'part'));
  return {
    calls: {
      total: callCounts(now, together(times.values())),
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
    callers: await callersOf(connection, callers),
  };
}

async function callersOf(connection: TenantConnection, callers: ReturnType<typeof byKey>) {
  const parts = [...callers].map(([part, outcomes]) => {
    const [kind, id = null] = part.split(':') as [ToolUsage['callers'][number]['kind'], string?];
    return { kind, id, ...outcomesOf(outcomes) };
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

/** The tools or connectors of a scope; those with the most failures first. */
export async function readCounts(
  connection: TenantConnection,
  scope: Scope,
  period: Period,
  what: 'tool' | 'connector',
): Promise<ToolCounts[]> {
  const key = what === 'tool' ? 'subject_id' : 'group_id';
  const now = byKey(await sumCounts(connection, scope, period, key));
  const times = timesByKey(await sumTimes(connection, scope, period, key));
  const before = byKey(await sumCounts(connection, scope, period.previous, key));
  const timesBefore = timesByKey(await sumTimes(connection, scope, period.previous, key));
  const used = [...now]
    .filter(([id]) => id !== noId)
    .map(([id, outcomes]) => {
      const previous = outcomesOf(before.get(id));
      return {
        id,
        ...callCounts(outcomes, times.get(id)),
        previousCount: previous.count,
        previousFailed: previous.failed,
        previousP95Ms: timesOf(timesBefore.get(id)).p95Ms,
      };
    })
    .sort((a, b) => b.failed - a.failed || b.count - a.count)
    .slice(0, mostTools);
  const names = await namesOf(
    connection,
    what,
    used.map(({ id }) => id),
  );
  return used.map((each) => ({ name: '', title: '', ...names.get(each.id), ...each }));
}
