import type { ChangeContext, ReadContext } from '../../events/server/change-context.ts';
import { refuseStale } from '../../events/server/refuse-stale.ts';
import { tell } from '../../events/server/tell.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { parseHostPort } from '../../platform/host-port.ts';
import { checkState, type IfMatch } from '../../platform/if-match.ts';
import type { CallLimits } from '../../tools/call-limits.ts';
import type { RateLimit } from '../../tools/tool-fields.ts';
import { lockTenantLimits, readTenantLimits, writeTenantLimits } from '../db/limit-settings.ts';
import { type LimitedRow, listLimited } from '../db/limited.ts';
import { countPlaces } from '../db/places.ts';
import { readRates } from '../db/rates.ts';
import type { Limits, LimitUse } from '../limit-schemas.ts';
import { rateOf } from './rates.ts';

/** What limits the calls of the tenant, with its use now. */
export async function readLimits({ services, identity }: ReadContext): Promise<Limits> {
  const { tenantId } = identity;
  return services.db.tenant(tenantId, async (connection) => {
    const tenant = await readTenantLimits(connection);
    const limited = await listLimited(connection);
    const due = await readRates(connection, [tenantId, ...limited.map(({ id }) => id)]);
    const places = await countPlaces(connection);
    const rateUse = (id: string, limit: RateLimit | null | undefined) =>
      limit ? { limit, ...usedOf(rateOf(id, limit), due.get(id)) } : null;
    const placeUse = (scope: string, limit: number | null | undefined) =>
      limit ? { limit, used: places.get(scope) ?? 0 } : null;
    const definitions = limited.map(({ kind, id, name, rate_limit, policy }: LimitedRow): LimitUse => {
      const rate = rateUse(id, kind === 'tool' ? rate_limit : policy?.rateLimit);
      return { kind, id, name, rate, concurrency: placeUse(`${kind}:${id}`, policy?.concurrency) };
    });
    return {
      tenant: { ...tenant, rate: rateUse(tenantId, tenant.rateLimit) },
      items: [...hostsOf(tenant, places).map(hostUse), ...definitions],
    };
  });
}

/** How many calls of the burst cannot be made now. */
function usedOf({ intervalMs, burst }: { intervalMs: number; burst: number }, dueAt: Date | undefined) {
  const owedMs = Math.max(0, (dueAt?.getTime() ?? 0) - Date.now());
  return { burst, used: Math.min(burst, Math.ceil(owedMs / intervalMs)) };
}

interface BoundedHost {
  host: string;
  calls: number;
  used: number;
}

const prefix = 'host:';

/** Hosts with a bound of their own, and those that are called now where one bound is for all. */
function hostsOf({ hosts, hostConcurrency }: CallLimits, places: ReadonlyMap<string, number>): BoundedHost[] {
  const own = new Map(hosts.map(({ host, concurrency }) => [host, concurrency]));
  const called = [...places.keys()]
    .filter((scope) => scope.startsWith(prefix))
    .map((scope) => scope.slice(prefix.length));
  return [...new Set([...own.keys(), ...called])].flatMap((host) => {
    const calls = own.get(host) ?? hostConcurrency;
    return calls === null ? [] : [{ host, calls, used: places.get(prefix + host) ?? 0 }];
  });
}

const hostUse = ({ host, calls, used }: BoundedHost): LimitUse => ({
  kind: 'host',
  id: host,
  name: host,
  rate: null,
  concurrency: { limit: calls, used },
});

/**
 * Sets what limits all calls of the tenant. It counts for the next call in every process.
 * @throws InterlockError `invalid_input` with the hosts that are not valid, or `precondition_failed`
 */
export async function writeLimits(
  context: ChangeContext,
  sent: CallLimits,
  ifMatch?: IfMatch,
): Promise<Limits> {
  const { services, identity } = context;
  const limits = { ...sent, hosts: normalHosts(sent.hosts) };
  await services.db
    .tenantTransaction(identity.tenantId, async (connection) => {
      const before = await lockTenantLimits(connection);
      checkState(ifMatch, before.revision);
      await writeTenantLimits(connection, {
        ...limits,
        revision: before.revision + 1,
        changedBy: identity.actor,
        changedAt: new Date().toISOString(),
      });
      await tell(connection, context, {
        type: 'LimitsChanged',
        subjectType: 'settings',
        subjectId: 'limits',
        data: { ...limits },
      });
    })
    .catch(refuseStale(() => currentState(context)));
  return readLimits(context);
}

async function currentState(context: ReadContext) {
  const current = await readLimits(context);
  const { changedBy, changedAt } = current.tenant;
  if (!changedBy || !changedAt) throw new Error('Limits have a revision and no author');
  return { what: 'The limits', changedBy, changedAt, current };
}

function normalHosts(hosts: CallLimits['hosts']): CallLimits['hosts'] {
  const seen = new Set<string>();
  const issues = hosts.flatMap(({ host }, index) => {
    const path = `/hosts/${index}/host`;
    const hostPort = parseHostPort(host)?.hostPort;
    if (!hostPort)
      return [{ path, message: 'must be host:port, such as pay.example:443', keyword: 'format' }];
    if (seen.has(hostPort)) return [{ path, message: 'is in the list twice', keyword: 'unique' }];
    seen.add(hostPort);
    return [];
  });
  if (issues.length > 0)
    throw new InterlockError('invalid_input', 'Some hosts are not valid. Nothing was changed.', { issues });
  return hosts.map((entry) => ({ ...entry, host: parseHostPort(entry.host)!.hostPort }));
}
