import { appendEvent } from '../../shared/events/db/append-event.ts';
import { readPrivateHosts, writePrivateHosts } from '../../shared/identity/db/tenant-settings.ts';
import { egressSettingsSchema } from '../../shared/identity/identity-schemas.ts';
import { InterlockError, type Issue } from '../../shared/platform/error-codes.ts';
import { parseHostPort } from '../../shared/platform/host-port.ts';
import { hostAndPort, isNeverReached } from '../../shared/platform/server/egress/guarded-connector.ts';
import { procedure, router } from '../trpc.ts';

export const settingsRouter = router({
  getEgress: procedure('settings.read', {
    method: 'GET',
    path: '/api/settings/egress',
    summary: 'Private addresses that this tenant’s tools may reach',
    tags: ['settings'],
  })
    .output(egressSettingsSchema)
    .query(async ({ ctx }) => ({
      privateHosts: await ctx.services.db.tenant(ctx.identity.tenantId, readPrivateHosts),
    })),

  putEgress: procedure('settings.write', {
    method: 'PUT',
    path: '/api/settings/egress',
    summary: 'Sets the private addresses that this tenant’s tools may reach',
    tags: ['settings'],
  })
    .input(egressSettingsSchema.strict())
    .output(egressSettingsSchema)
    .mutation(async ({ ctx, input }) => {
      if (input.privateHosts.length > 0 && !ctx.services.environment.INTERLOCK_ALLOW_PRIVATE_HOSTS) {
        throw new InterlockError(
          'forbidden',
          'This deployment does not let tenants reach private addresses (INTERLOCK_ALLOW_PRIVATE_HOSTS is off).',
        );
      }
      const privateHosts = normalHosts(input.privateHosts);
      await ctx.services.db.tenantTransaction(ctx.identity.tenantId, async (connection) => {
        const before = await readPrivateHosts(connection);
        await writePrivateHosts(connection, privateHosts);
        await appendEvent(connection, ctx.identity.tenantId, {
          type: 'EgressSettingsChanged',
          subjectType: 'settings',
          subjectId: 'egress',
          actor: ctx.identity.actor,
          requestId: ctx.requestId,
          data: {
            added: privateHosts.filter((host) => !before.includes(host)),
            removed: before.filter((host) => !privateHosts.includes(host)),
          },
        });
      });
      return { privateHosts };
    }),
});

/** @throws InterlockError `invalid_input` naming every entry that is not `host:port`, or that no tool may reach */
function normalHosts(entries: string[]): string[] {
  const issues: Issue[] = [];
  const refuse = (index: number, message: string, keyword: string) => {
    issues.push({ path: `/privateHosts/${index}`, message, keyword });
    return [];
  };
  const hosts = entries.flatMap((entry, index) => {
    const parsed = parseHostPort(entry);
    // As the URL of a tool is read: an address in any of its forms becomes the one that calls are compared by.
    const url = parsed && URL.parse(`http://${parsed.hostPort}`);
    if (!url) return refuse(index, 'must be host:port, such as 127.0.0.1:4501', 'format');
    const hostPort = hostAndPort(url);
    return isNeverReached(url)
      ? refuse(index, `${hostPort} is a link-local or metadata address, which nobody may reach`, 'address')
      : [hostPort];
  });
  if (issues.length > 0)
    throw new InterlockError('invalid_input', 'Some entries cannot be listed.', { issues });
  return [...new Set(hosts)];
}
