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
  /** New keys; each is returned only once. */
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
  apiKeys: { tenant: string; name: string; key: string }[];
}

/**
 * Adds the tenants (by slug) and people (by email) that are missing. Existing ones stay as they are.
 * @throws Error for a password that is too short or too common; then nothing was written
 */
export async function seedIdentity(auth: Auth, spec: IdentitySpec): Promise<SeededIdentity> {
  const { adapter, password } = await auth.$context;
  const now = new Date();
  for (const { email, password: chosen } of spec.users) {
    const problem = passwordProblem(chosen);
    if (problem) throw new Error(`${email}: ${problem}`);
  }
  const tenants: Record<string, string> = {};

  for (const { slug, name } of spec.tenants) {
    const existing = await adapter.findOne<{ id: string }>({
      model: 'organization',
      where: [{ field: 'slug', value: slug }],
    });
    const organization =
      existing ??
      (await adapter.create<Record<string, unknown>, { id: string }>({
        model: 'organization',
        data: { name, slug, createdAt: now },
      }));
    tenants[slug] = organization.id;
  }

  for (const user of spec.users) {
    const email = user.email.toLowerCase();
    const existing = await adapter.findOne<{ id: string }>({
      model: 'user',
      where: [{ field: 'email', value: email }],
    });
    // The password is written last: a person who has one is complete, and an interrupted seeding is finished here.
    if (existing && (await hasPassword(auth, existing.id))) continue;
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
        data: { organizationId: tenants[tenant], userId, role: roles.join(','), createdAt: now },
      });
    }
    await adapter.create({
      model: 'account',
      data: {
        userId,
        accountId: userId,
        providerId: 'credential',
        password: await password.hash(user.password),
        createdAt: now,
        updatedAt: now,
      },
    });
  }

  const apiKeys: SeededIdentity['apiKeys'] = [];
  for (const { tenant, name, roles, createdBy } of spec.apiKeys ?? []) {
    const accountableUserId = createdBy === undefined ? undefined : await userIdOf(auth, createdBy);
    const key = `ilk_${randomBytes(32).toString('base64url')}`;
    await adapter.create({
      model: 'apikey',
      data: {
        configId: 'default',
        name,
        start: key.slice(0, 8),
        prefix: 'ilk_',
        key: await defaultKeyHasher(key),
        referenceId: tenants[tenant],
        enabled: true,
        rateLimitEnabled: false,
        requestCount: 0,
        metadata: JSON.stringify({ roles, accountableUserId }),
        createdAt: now,
        updatedAt: now,
      },
    });
    apiKeys.push({ tenant, name, key });
  }
  return { tenants, apiKeys };
}

/** @throws Error when no account has this email address */
async function userIdOf(auth: Auth, email: string): Promise<string> {
  const { adapter } = await auth.$context;
  const user = await adapter.findOne<{ id: string }>({
    model: 'user',
    where: [{ field: 'email', value: email.toLowerCase() }],
  });
  if (!user)
    throw new Error(`No account has the email address ${email}, so it cannot be accountable for a key`);
  return user.id;
}

async function hasPassword(auth: Auth, userId: string): Promise<boolean> {
  const { adapter } = await auth.$context;
  const account = await adapter.findOne({ model: 'account', where: [{ field: 'userId', value: userId }] });
  return account !== null;
}
