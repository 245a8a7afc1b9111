import type { z } from 'zod';
import type { ChangeContext, ReadContext } from '../../events/server/change-context.ts';
import { tell } from '../../events/server/tell.ts';
import { readPrivateHosts, writePrivateHosts } from '../../identity/db/tenant-settings.ts';
import type { egressSettingsSchema } from '../../identity/identity-schemas.ts';
import { InterlockError, type Issue } from '../../platform/error-codes.ts';
import { parseHostPort } from '../../platform/host-port.ts';
import { endpointOf, hostAndPort, isNeverReached } from '../../platform/server/egress/guarded-connector.ts';
import type { ReservedHosts } from '../../platform/server/egress/reserved-hosts.ts';
import { systemResolver } from '../../platform/server/egress/resolver.ts';
import type { Environment } from '../../platform/server/environment.ts';

type EgressSettings = z.infer<typeof egressSettingsSchema>;

/** The private addresses that the tenant's tools may reach. */
export async function readEgressSettings({ services, identity }: ReadContext): Promise<EgressSettings> {
  return { privateHosts: await services.db.tenant(identity.tenantId, readPrivateHosts) };
}

/**
 * Replaces the list of private addresses.
 * @throws InterlockError `forbidden` where the deployment allows none, or `invalid_input` naming every entry that is
 * not `host:port` or that no tool may reach
 */
export async function writeEgressSettings(
  context: ChangeContext<{ environment: Environment; reservedHosts: ReservedHosts }>,
  sent: EgressSettings,
): Promise<EgressSettings> {
  const { services, identity } = context;
  if (sent.privateHosts.length > 0 && !services.environment.INTERLOCK_ALLOW_PRIVATE_HOSTS) {
    throw new InterlockError(
      'forbidden',
      'This deployment does not let tenants reach private addresses (INTERLOCK_ALLOW_PRIVATE_HOSTS is false).',
    );
  }
  const privateHosts = await normalHosts(sent.privateHosts, services.reservedHosts);
  await services.db.tenantTransaction(identity.tenantId, async (connection) => {
    const before = await readPrivateHosts(connection);
    await writePrivateHosts(connection, privateHosts);
    await tell(connection, context, {
      type: 'EgressSettingsChanged',
      subjectType: 'settings',
      subjectId: 'egress',
      data: {
        added: privateHosts.filter((host) => !before.includes(host)),
        removed: before.filter((host) => !privateHosts.includes(host)),
      },
    });
  });
  return { privateHosts };
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
