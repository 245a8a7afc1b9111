import { meSchema } from '../../shared/identity/identity-schemas.ts';
import { can, type Permission, permissionRole } from '../../shared/identity/roles.ts';
import { procedure } from '../trpc.ts';

export const getMe = procedure('tools.read', {
  method: 'GET',
  path: '/api/me',
  summary: 'Get the caller with their roles and permissions',
  tags: ['me'],
})
  .output(meSchema)
  .query(async ({ ctx }) => {
    const { identity, services } = ctx;
    const tenant = { id: identity.tenantId, slug: identity.tenantSlug, name: identity.tenantName };
    const person = identity.actor.type === 'user' ? await services.accounts.person(identity.actor.id) : null;
    return {
      actor: identity.actor,
      email: person?.email ?? null,
      tenant,
      roles: [...identity.roles],
      permissions: (Object.keys(permissionRole) as Permission[]).filter((permission) =>
        can(identity, permission),
      ),
      tenants: person?.tenants ?? [{ ...tenant, roles: [...identity.roles] }],
      temporalUiUrl: services.environment.INTERLOCK_TEMPORAL_UI_URL ?? null,
    };
  });
