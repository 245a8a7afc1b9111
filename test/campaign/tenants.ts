import { randomBytes } from 'node:crypto';
import { createFoundation } from '../../api/compose.ts';
import { createAuth } from '../../shared/identity/server/auth.ts';
import { seedIdentity } from '../../shared/identity/server/seed-identity.ts';
import { readEnvironment } from '../../shared/platform/server/environment.ts';
import { createLogger } from '../../shared/platform/server/logger.ts';

export interface CampaignTenant {
  id: string;
  slug: string;
  /** Of people: admin makes the tools, ana works, ben approves. */
  keys: { admin: string; ana: string; ben: string };
}

/** Tenants with the people of a campaign. */
export async function seedTenants(
  env: NodeJS.ProcessEnv,
  slugs: readonly string[] = ['north', 'south'],
): Promise<CampaignTenant[]> {
  const foundation = await createFoundation(readEnvironment(env), createLogger('silent'), { keys: { env } });
  try {
    const people = slugs.flatMap((tenant) => [
      { name: 'admin', roles: ['tenant_admin' as const], tenant },
      { name: 'ana', roles: ['operator' as const], tenant },
      { name: 'ben', roles: ['approver' as const], tenant },
    ]);
    const emailOf = ({ name, tenant }: { name: string; tenant: string }) => `${name}@${tenant}.test`;
    const seeded = await seedIdentity(createAuth(foundation.authOptions), {
      tenants: slugs.map((slug) => ({ slug, name: slug })),
      users: people.map((person) => ({
        email: emailOf(person),
        name: person.name,
        password: randomBytes(12).toString('hex'),
        memberships: [{ tenant: person.tenant, roles: person.roles }],
      })),
      apiKeys: people.map((person) => ({ ...person, createdBy: emailOf(person) })),
    });
    return slugs.map((slug) => {
      const keyOf = (name: string) =>
        seeded.apiKeys.find((key) => key.tenant === slug && key.name === name)?.key ?? '';
      const keys = { admin: keyOf('admin'), ana: keyOf('ana'), ben: keyOf('ben') };
      return { id: seeded.tenants[slug] ?? '', slug, keys };
    });
  } finally {
    await foundation.db.close();
  }
}
