import { randomBytes } from 'node:crypto';
import { defaultKeyHasher } from '@better-auth/api-key';
import type { Role } from '../roles.ts';
import type { Auth } from './auth.ts';
import { passwordProblem } from './password-rules.ts';

export interface IdentitySpec {
  tenants: { slug: string; name: string }[];
  users: {
    email: string;
    name: string;
    password: string;
    platformAdmin?: boolean;
    memberships: { tenant: string; roles: Role[] }[];
  }[];
  /** Keys that are missing, by tenant and name; each is returned only once. */
  apiKeys?: {
    tenant: string;
    name: string;
    roles: Role[];
    /** Email address of the person who is accountable for the key: it counts as this person, and may approve as them. */
    createdBy?: string;
  }[];
}

export interface SeededIdentity {
  /** Tenant slug to id. */
  tenants: Record<string, string>;
  /** The new keys. */
  apiKeys: { tenant: string; name: string; key: string }[];
  /** Keys that stay as they are. Their values cannot be read again. */
  existingKeys: { tenant: string; name: string }[];
}

type Adapter = Pick<Awaited<Auth['$context']>['adapter'], 'findOne' | 'create' | 'deleteMany'>;

/**
 * Adds the tenants (by slug), people (by email) and keys (by tenant and name) that are missing, all of them or none.
 * Existing ones stay as they are, so seeding again changes nothing.
 * @param options.replaceKeys existing keys of these names stop working, and get new values
 * @throws Error for a password that is too short or too common, a tenant that is neither in the spec nor known, or
 * someone accountable who has no account; then nothing was written
 */
export async function seedIdentity(
  auth: Auth,
  spec: IdentitySpec,
  { replaceKeys = false } = {},
): Promise<SeededIdentity> {
  const { adapter, password } = await auth.$context;
  for (const { email, password: chosen } of spec.users) {
    const problem = passwordProblem(chosen);
    if (problem) throw new Error(`${email}: ${problem}`);
  }
  return adapter.transaction(async (within) => {
    const tenants: Record<string, string> = {};
    for (const tenant of spec.tenants) tenants[tenant.slug] = await ensureTenant(within, tenant);
    const tenantOf = (slug: string) => {
      const id = tenants[slug];
      if (!id)
        throw new Error(`The tenant ${slug} is not among the tenants of the input. Nothing was written.`);
      return id;
    };
    for (const user of spec.users) await ensureUser(within, user, tenantOf, password.hash);

    const result: SeededIdentity = { tenants, apiKeys: [], existingKeys: [] };
    for (const wanted of spec.apiKeys ?? []) {
      const { tenant, name } = wanted;
      const key = await ensureKey(within, wanted, tenantOf(tenant), replaceKeys);
      if (key === null) result.existingKeys.push({ tenant, name });
      else result.apiKeys.push({ tenant, name, key });
    }
    return result;
  });
}

async function ensureTenant(
  adapter: Adapter,
  { slug, name }: IdentitySpec['tenants'][number],
): Promise<string> {
  const existing = await adapter.findOne<{ id: string }>({
    model: 'organization',
    where: [{ field: 'slug', value: slug }],
  });
  if (existing) return existing.id;
  const created = await adapter.create<Record<string, unknown>, { id: string }>({
    model: 'organization',
    data: { name, slug, createdAt: new Date() },
  });
  return created.id;
}

async function ensureUser(
  adapter: Adapter,
  user: IdentitySpec['users'][number],
  tenantOf: (slug: string) => string,
  hash: (password: string) => Promise<string>,
): Promise<void> {
  const now = new Date();
  const email = user.email.toLowerCase();
  const existing = await adapter.findOne<{ id: string }>({
    model: 'user',
    where: [{ field: 'email', value: email }],
  });
  // Earlier versions wrote the password last, without a transaction: what they left unfinished is finished here.
  if (existing && (await hasPassword(adapter, existing.id))) return;
  const { id: userId } =
    existing ??
    (await adapter.create<Record<string, unknown>, { id: string }>({
      model: 'user',
      data: {
        email,
        name: user.name,
        emailVerified: true,
        platformAdmin: user.platformAdmin ?? false,
        createdAt: now,
        updatedAt: now,
      },
    }));
  await adapter.deleteMany({ model: 'member', where: [{ field: 'userId', value: userId }] });
  for (const { tenant, roles } of user.memberships) {
    await adapter.create({
      model: 'member',
      data: { organizationId: tenantOf(tenant), userId, role: roles.join(','), createdAt: now },
    });
  }
  await adapter.create({
    model: 'account',
    data: {
      userId,
      accountId: userId,
      providerId: 'credential',
      password: await hash(user.password),
      createdAt: now,
      updatedAt: now,
    },
  });
}

/** @returns the new key, or null when the tenant has one of this name, revoked ones included */
async function ensureKey(
  adapter: Adapter,
  { name, roles, createdBy }: NonNullable<IdentitySpec['apiKeys']>[number],
  tenantId: string,
  replace: boolean,
): Promise<string | null> {
  const where = [
    { field: 'referenceId', value: tenantId },
    { field: 'name', value: name },
  ];
  if (replace) await adapter.deleteMany({ model: 'apikey', where });
  else if (await adapter.findOne({ model: 'apikey', where })) return null;
  const accountableUserId = createdBy === undefined ? undefined : await userIdOf(adapter, createdBy);
  const key = `ilk_${randomBytes(32).toString('base64url')}`;
  const now = new Date();
  await adapter.create({
    model: 'apikey',
    data: {
      configId: 'default',
      name,
      start: key.slice(0, 8),
      prefix: 'ilk_',
      key: await defaultKeyHasher(key),
      referenceId: tenantId,
      enabled: true,
      rateLimitEnabled: false,
      requestCount: 0,
      metadata: JSON.stringify({ roles, accountableUserId }),
      createdAt: now,
      updatedAt: now,
    },
  });
  return key;
}

/** @throws Error when no account has this email address */
async function userIdOf(adapter: Adapter, email: string): Promise<string> {
  const user = await adapter.findOne<{ id: string }>({
    model: 'user',
    where: [{ field: 'email', value: email.toLowerCase() }],
  });
  if (!user)
    throw new Error(`No account has the email address ${email}, so it cannot be accountable for a key`);
  return user.id;
}

async function hasPassword(adapter: Adapter, userId: string): Promise<boolean> {
  const account = await adapter.findOne({ model: 'account', where: [{ field: 'userId', value: userId }] });
  return account !== null;
}
