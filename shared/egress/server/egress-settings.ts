import type { ChangeContext, ReadContext } from '../../events/server/change-context.ts';
import { refuseStale } from '../../events/server/refuse-stale.ts';
import { tell } from '../../events/server/tell.ts';
import { type AllowedHost, normalHost } from '../../platform/egress-rules.ts';
import { InterlockError, type Issue } from '../../platform/error-codes.ts';
import { parseHostPort } from '../../platform/host-port.ts';
import { checkState, type IfMatch } from '../../platform/if-match.ts';
import { endpointOf, hostAndPort, isNeverReached } from '../../platform/server/egress/guarded-connector.ts';
import type { ReservedHosts } from '../../platform/server/egress/reserved-hosts.ts';
import { systemResolver } from '../../platform/server/egress/resolver.ts';
import type { Environment } from '../../platform/server/environment.ts';
import { type EgressRow, lockEgress, readEgress, writeEgress } from '../db/egress-settings.ts';
import type { EgressInput, EgressSettings } from '../egress-schemas.ts';
import { allowedHostText } from '../host-text.ts';

/** What the tenant's calls may reach. */
export async function readEgressSettings({ services, identity }: ReadContext): Promise<EgressSettings> {
  return settingsView(await services.db.tenant(identity.tenantId, readEgress));
}

/**
 * Replaces the private addresses, the list of hosts, or both.
 * @throws InterlockError `forbidden` where the deployment allows no private addresses, `invalid_input` naming every entry
 * that is malformed or that no call may reach, or `precondition_failed`
 */
export async function writeEgressSettings(
  context: ChangeContext<{ environment: Environment; reservedHosts: ReservedHosts }>,
  sent: EgressInput,
  ifMatch?: IfMatch,
): Promise<EgressSettings> {
  const { services, identity } = context;
  if (sent.privateHosts?.length && !services.environment.INTERLOCK_ALLOW_PRIVATE_HOSTS) {
    throw new InterlockError(
      'forbidden',
      'This deployment does not let tenants reach private addresses (INTERLOCK_ALLOW_PRIVATE_HOSTS is false).',
    );
  }
  const privateHosts = sent.privateHosts && (await normalHosts(sent.privateHosts, services.reservedHosts));
  const allowList = sent.allowList && {
    ...sent.allowList,
    hosts: normalAllowedHosts(sent.allowList.hosts, '/allowList/hosts'),
  };
  return services.db
    .tenantTransaction(identity.tenantId, async (connection) => {
      const row = await lockEgress(connection);
      checkState(ifMatch, row.egress_revision);
      const before = settingsView(row);
      const changedBy = { changedBy: identity.actor, changedAt: new Date().toISOString() };
      const next = allowList ?? before.allowList;
      const after = settingsView(
        await writeEgress(connection, privateHosts ?? row.private_hosts, { ...next, ...changedBy }),
      );
      await tell(connection, context, {
        type: 'EgressSettingsChanged',
        subjectType: 'settings',
        subjectId: 'egress',
        data: changesOf(before, after),
      });
      return after;
    })
    .catch(refuseStale(() => currentState(context)));
}

async function currentState(context: ReadContext) {
  const current = await readEgressSettings(context);
  const { changedBy, changedAt } = current;
  if (!changedBy || !changedAt)
    throw new InterlockError(
      'precondition_failed',
      'The egress settings have never been changed. Nothing was changed. Load them again.',
    );
  return { what: 'The egress settings', changedBy, changedAt, current };
}

function settingsView({ private_hosts, egress, egress_revision }: EgressRow): EgressSettings {
  return {
    privateHosts: private_hosts,
    allowList: { enabled: egress?.enabled ?? false, hosts: egress?.hosts ?? [] },
    revision: egress_revision,
    changedBy: egress?.changedBy ?? null,
    changedAt: egress?.changedAt ?? null,
  };
}

/** `added`, `removed`: private addresses. */
function changesOf(before: EgressSettings, after: EgressSettings): Record<string, unknown> {
  const texts = ({ allowList }: EgressSettings) => allowList.hosts.map(allowedHostText);
  const [allowedBefore, allowedAfter] = [texts(before), texts(after)];
  return {
    added: after.privateHosts.filter((host) => !before.privateHosts.includes(host)),
    removed: before.privateHosts.filter((host) => !after.privateHosts.includes(host)),
    allowListEnabled: after.allowList.enabled,
    allowed: allowedAfter.filter((text) => !allowedBefore.includes(text)),
    noLongerAllowed: allowedBefore.filter((text) => !allowedAfter.includes(text)),
  };
}

/** @throws InterlockError `invalid_input` naming every host that is none, at its place below `path` */
export function normalAllowedHosts(entries: readonly AllowedHost[], path: string): AllowedHost[] {
  const normal = entries.map((entry) => ({ entry, host: normalHost(entry.host) }));
  const issues = normal.flatMap(({ host }, index) =>
    host === null
      ? [
          {
            path: `${path}/${index}/host`,
            message:
              'must be a host name or an address without a port, or *. in front of a domain, such as *.example.com',
            keyword: 'format',
          },
        ]
      : [],
  );
  if (issues.length > 0) throw new InterlockError('invalid_input', 'Some hosts are not valid.', { issues });
  const unique = new Map(
    normal.flatMap(({ entry, host }) => {
      const each = host === null ? null : { ...entry, host };
      return each ? [[allowedHostText(each), each]] : [];
    }),
  );
  return [...unique.values()];
}

async function normalHosts(entries: string[], reserved: ReservedHosts): Promise<string[]> {
  const checked = await Promise.all(entries.map((entry) => checkHost(entry, reserved)));
  const issues = checked.flatMap((result, index) =>
    'hostPort' in result ? [] : [{ path: `/privateHosts/${index}`, ...result }],
  );
  if (issues.length > 0)
    throw new InterlockError('invalid_input', 'Some addresses are not valid.', { issues });
  return [...new Set(checked.flatMap((result) => ('hostPort' in result ? [result.hostPort] : [])))];
}

async function checkHost(
  entry: string,
  reserved: ReservedHosts,
): Promise<{ hostPort: string } | Pick<Issue, 'message' | 'keyword'>> {
  const parsed = parseHostPort(entry);
  // Parsed like the URL of a tool: every spelling of an address becomes the one that calls are compared with.
  const url = parsed && URL.parse(`http://${parsed.hostPort}`);
  if (!url) return { message: 'must be host:port, such as 127.0.0.1:4501', keyword: 'format' };
  const hostPort = hostAndPort(url);
  if (isNeverReached(url))
    return {
      message: `${hostPort} is a link-local or metadata address, which no tool may reach`,
      keyword: 'address',
    };
  if (await isReserved(url, reserved))
    return {
      message: `${hostPort} belongs to Interlock itself (its API, database or workflow engine), which no tool may reach`,
      keyword: 'reserved',
    };
  return { hostPort };
}

/** A name that does not resolve now is checked when a tool connects to it. */
async function isReserved(url: URL, reserved: ReservedHosts): Promise<boolean> {
  const endpoint = endpointOf(url);
  if (!reserved.ports.has(endpoint.port)) return false;
  if (reserved.includes(endpoint)) return true;
  const addresses = await systemResolver(endpoint.host).catch(() => []);
  return reserved.includesAny(
    addresses.map(({ address }) => address),
    endpoint.port,
  );
}
