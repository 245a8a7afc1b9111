import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type Auth, createAuth } from '../../shared/identity/server/auth.ts';
import { readApiKey } from '../../shared/identity/server/read-api-key.ts';
import { type IdentitySpec, seedIdentity } from '../../shared/identity/server/seed-identity.ts';
import { type Database, openDatabase } from '../../shared/platform/db/database.ts';
import { testAuthSecret, testPassword } from '../support/test-api.ts';

describe('seeding again', () => {
  let db: Database;
  let auth: Auth;
  beforeAll(() => {
    db = openDatabase(inject('servers').databaseUrl);
    auth = createAuth({ pool: db.authPool, secret: testAuthSecret, publicUrl: 'http://interlock.test' });
  });
  afterAll(() => db?.close());

  const newSpec = () => {
    const slug = `t-${uuidv7()}`;
    const email = `ana@${slug}.test`;
    return {
      tenants: [{ slug, name: slug }],
      users: [
        {
          email,
          name: 'Ana',
          password: testPassword,
          memberships: [{ tenant: slug, roles: ['tenant_admin' as const] }],
        },
      ],
      apiKeys: [{ tenant: slug, name: 'bot', roles: ['operator' as const], createdBy: email }],
    } satisfies IdentitySpec;
  };
  const count = async ({ tenants, users }: IdentitySpec) => {
    const { rows } = await db.authPool.query<{ tenants: number; people: number; keys: number }>(
      `SELECT (SELECT count(*)::int FROM organization WHERE slug = ANY($1)) AS tenants,
        (SELECT count(*)::int FROM "user" WHERE email = ANY($2)) AS people,
        (SELECT count(*)::int FROM apikey k JOIN organization o ON o.id = k."referenceId" WHERE o.slug = ANY($1)) AS keys`,
      [tenants.map(({ slug }) => slug), users.map(({ email }) => email)],
    );
    return rows[0];
  };

  test('makes no second key: the first one stays as it is, and is named', async () => {
    const spec = newSpec();
    const { tenant, name } = spec.apiKeys[0]!;
    const first = await seedIdentity(auth, spec);
    expect(first.apiKeys).toHaveLength(1);
    const again = await seedIdentity(auth, spec);
    expect(again).toEqual({ tenants: first.tenants, apiKeys: [], existingKeys: [{ tenant, name }] });
    expect(await count(spec)).toEqual({ tenants: 1, people: 1, keys: 1 });
    expect((await readApiKey(db.authPool, first.apiKeys[0]!.key)).tenantSlug).toBe(tenant);
  });

  test('replaces keys only where that is asked for: the earlier ones stop working', async () => {
    const spec = newSpec();
    const first = await seedIdentity(auth, spec);
    const again = await seedIdentity(auth, spec, { replaceKeys: true });
    expect(again.apiKeys).toHaveLength(1);
    expect(await count(spec)).toEqual({ tenants: 1, people: 1, keys: 1 });
    await expect(readApiKey(db.authPool, first.apiKeys[0]!.key)).rejects.toThrow('Invalid API key');
  });

  test('writes all or nothing', async () => {
    const spec = newSpec();
    const strangers: IdentitySpec['apiKeys'] = [{ ...spec.apiKeys[0]!, createdBy: 'no-one@example.test' }];
    await expect(seedIdentity(auth, { ...spec, apiKeys: strangers })).rejects.toThrow('no-one@example.test');
    const elsewhere = [{ ...spec.users[0]!, memberships: [{ tenant: 'nowhere', roles: [] }] }];
    await expect(seedIdentity(auth, { ...spec, users: elsewhere })).rejects.toThrow('nowhere');
    expect(await count(spec)).toEqual({ tenants: 0, people: 0, keys: 0 });
  });
});
