import { demoPassword } from '../../shared/identity/demo-password.ts';
import type { Role } from '../../shared/identity/roles.ts';
import type { IdentitySpec } from '../../shared/identity/server/seed-identity.ts';

export const acme = 'acme';
export const globex = 'globex';
/** Names of the keys that the loader uses. */
export const adminKeyName = 'demo admin';
export const platformKeyName = 'demo platform admin';

/** Two tenants, people in every role, and the keys of the loader. */
export const demoIdentities: Required<IdentitySpec> = {
  tenants: [
    { slug: acme, name: 'Acme Pay' },
    { slug: globex, name: 'Globex Freight' },
  ],
  users: [
    person('Ana Almeida', 'ana@acme.test', { [acme]: ['tenant_admin'] }),
    person('Ben Okafor', 'ben@acme.test', { [acme]: ['operator'] }),
    person('Carla Reyes', 'carla@acme.test', { [acme]: ['approver'] }),
    person('Dana Whitlock', 'dana@acme.test', { [acme]: ['approver'] }),
    person('Emil Sørensen', 'emil@acme.test', { [acme]: ['tool_admin'] }),
    person('Vera Lind', 'vera@acme.test', { [acme]: ['viewer'] }),
    person('Grace Obi', 'grace@globex.test', { [globex]: ['tenant_admin'] }),
    person('Hugo Marchetti', 'hugo@globex.test', { [globex]: ['operator'], [acme]: ['viewer'] }),
    person('Ida Brandt', 'ida@globex.test', { [globex]: ['approver'] }),
    person('Kenji Mori', 'kenji@globex.test', { [globex]: ['tool_admin'] }),
    person('Lena Vogt', 'lena@globex.test', { [globex]: ['viewer'] }),
    { ...person('Pat Quinn', 'pat@interlock.test', {}), platformAdmin: true },
  ],
  apiKeys: [
    { tenant: acme, name: adminKeyName, roles: ['tenant_admin'] },
    { tenant: globex, name: adminKeyName, roles: ['tenant_admin'] },
    { tenant: acme, name: platformKeyName, roles: ['platform_admin'] },
  ],
};

/** One entry for each person and tenant, as the sign-in list and dev.json show it. */
export function demoUsers(): { email: string; password: string; tenant: string; roles: Role[] }[] {
  const everywhere = demoIdentities.tenants.map(({ slug }) => ({
    tenant: slug,
    roles: ['platform_admin' as const],
  }));
  return demoIdentities.users.flatMap(({ email, password, memberships, platformAdmin }) =>
    (platformAdmin ? everywhere : memberships).map(({ tenant, roles }) => ({
      email,
      password,
      tenant,
      roles: [...roles],
    })),
  );
}

/** One entry for each person, in the tenant where they mainly work, for the sign-in page. */
export function demoSignIns(): ReturnType<typeof demoUsers> {
  const seen = new Set<string>();
  return demoUsers().filter(({ email }) => !seen.has(email) && seen.add(email));
}

function person(name: string, email: string, roles: Record<string, Role[]>): IdentitySpec['users'][number] {
  const memberships = Object.entries(roles).map(([tenant, held]) => ({ tenant, roles: held }));
  return { name, email, password: demoPassword, memberships };
}
