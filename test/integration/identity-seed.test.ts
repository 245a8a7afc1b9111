import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { getMigrations } from 'better-auth/db/migration';
import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { projectRoot } from '../../dev/paths.ts';
import { createAuth } from '../../shared/identity/server/auth.ts';
import type { IdentitySpec, SeededIdentity } from '../../shared/identity/server/seed-identity.ts';
import { openDatabase } from '../../shared/platform/db/database.ts';
import { connectAdmin } from '../support/connect-admin.ts';
import { cookieOf, startTestApi, type TestApi, testPassword } from '../support/test-api.ts';

describe('seeded accounts', () => {
  let api: TestApi;
  let admin: pg.Client;
  const mark = uuidv7();
  const [acme, globex] = [`acme-${mark}`, `globex-${mark}`];
  const email = (name: string) => `${name}-${mark}@example.test`;
  const spec: IdentitySpec = {
    tenants: [
      { slug: acme, name: 'Acme' },
      { slug: globex, name: 'Globex' },
    ],
    users: [
      {
        email: email('Olga'),
        name: 'Olga',
        password: testPassword,
        memberships: [
          { tenant: acme, roles: ['operator', 'approver'] },
          { tenant: globex, roles: ['viewer'] },
        ],
      },
      { email: email('pat'), name: 'Pat', password: testPassword, platformAdmin: true, memberships: [] },
      { email: email('lena'), name: 'Lena', password: testPassword, memberships: [] },
    ],
    apiKeys: [{ tenant: acme, name: 'admin', roles: ['tenant_admin'] }],
  };

  beforeAll(async () => {
    api = await startTestApi({ worker: false });
    admin = await connectAdmin();
  });
  afterAll(async () => {
    await admin.end();
    await api.close();
  });

  const seed = (input: IdentitySpec): SeededIdentity =>
    JSON.parse(
      execFileSync(process.execPath, [join(projectRoot, 'api/identity/seed-main.ts')], {
        input: JSON.stringify(input),
        encoding: 'utf8',
        env: {
          PATH: process.env.PATH,
          DATABASE_URL: inject('servers').databaseUrl,
          INTERLOCK_AUTH_SECRET: api.services.environment.INTERLOCK_AUTH_SECRET,
        },
      }),
    );
  const rows = async (table: 'user' | 'member' | 'account') =>
    (
      await admin.query(
        `SELECT count(*)::int AS n FROM auth."${table}" t
         WHERE coalesce(to_jsonb(t)->>'userId', t.id) IN (SELECT id FROM auth."user" WHERE email LIKE $1)`,
        [`%${mark}%`],
      )
    ).rows[0].n;
  async function signIn(name: string): Promise<string> {
    const response = await api.signIn(email(name), testPassword);
    expect(response.status).toBe(200);
    return cookieOf(response.headers);
  }
  const me = async (name: string, tenant?: string) =>
    api.call(null)('GET', '/api/me', undefined, {
      cookie: await signIn(name),
      ...(tenant ? { 'x-tenant': tenant } : {}),
    });

  test('better-auth finds all the tables that it needs', async () => {
    const db = openDatabase(inject('servers').databaseUrl);
    try {
      const { options } = createAuth({
        pool: db.authPool,
        secret: api.services.environment.INTERLOCK_AUTH_SECRET,
        publicUrl: 'http://interlock.test',
      });
      const { toBeCreated, toBeAdded } = await getMigrations(options);
      expect([toBeCreated, toBeAdded]).toEqual([[], []]);
    } finally {
      await db.close();
    }
  });

  test('seeding adds accounts, shows a key once, and changes nothing the second time', async () => {
    const { apiKeys, tenants } = seed(spec);
    expect(Object.keys(tenants)).toEqual([acme, globex]);
    const { body } = await api.call(apiKeys[0]!.key)('GET', '/api/me');
    expect(body).toMatchObject({
      actor: { type: 'api_key', name: 'admin' },
      tenant: { slug: acme, id: tenants[acme] },
      roles: ['tenant_admin'],
    });
    const { rows: stored } = await admin.query('SELECT key FROM auth.apikey WHERE "referenceId" = $1', [
      tenants[acme],
    ]);
    expect(stored[0].key).not.toContain(apiKeys[0]!.key);
    const counts = [await rows('user'), await rows('member'), await rows('account')];
    expect(counts).toEqual([3, 2, 3]);
    expect(seed({ ...spec, apiKeys: [] }).tenants).toEqual(tenants);
    expect([await rows('user'), await rows('member'), await rows('account')]).toEqual(counts);
  });

  test('seeding again completes an interrupted seeding', async () => {
    await admin.query(
      'DELETE FROM auth.account WHERE "userId" IN (SELECT id FROM auth."user" WHERE email = $1)',
      [email('olga')],
    );
    await admin.query(
      'DELETE FROM auth.member WHERE "userId" IN (SELECT id FROM auth."user" WHERE email = $1)',
      [email('olga')],
    );
    seed({ ...spec, apiKeys: [] });
    expect([await rows('user'), await rows('member'), await rows('account')]).toEqual([3, 2, 3]);
  });

  test('a person can have different roles in each organization', async () => {
    const inAcme = (await me('olga', acme)).body;
    expect(inAcme.roles).toEqual(['operator', 'approver']);
    expect(inAcme.permissions).toContain('tools.execute');
    expect(inAcme.tenants.map((each: { slug: string }) => each.slug)).toEqual([acme, globex]);
    const inGlobex = (await me('olga', globex)).body;
    expect([inGlobex.roles, inGlobex.email]).toEqual([['viewer'], email('olga')]);
    expect(inGlobex.permissions).not.toContain('tools.execute');
  });

  test('a platform admin can enter every organization and is tenant admin of none', async () => {
    const { body } = await me('pat', globex);
    expect([body.tenant.slug, body.roles]).toEqual([globex, ['platform_admin']]);
    expect(body.permissions).toContain('tools.write_global');
    expect(body.permissions).not.toContain('settings.write');
  });

  test('a person without an organization sees nothing', async () => {
    for (const tenant of [undefined, acme]) {
      const { status, body } = await me('lena', tenant);
      expect([status, body.error.code]).toEqual([403, 'forbidden']);
    }
  });

  test('the database roles of the processes cannot read the accounts', async () => {
    for (const work of ['tenant', 'system'] as const) {
      const read = (text: string) =>
        work === 'tenant'
          ? api.services.db.tenant(uuidv7(), (c) => c.query({ text }))
          : api.services.db.system((c) => c.query({ text }));
      await expect(read('SELECT 1 FROM auth.apikey')).rejects.toThrow(/permission denied/);
      await expect(read('SELECT 1 FROM auth."user"')).rejects.toThrow(/permission denied/);
    }
    expect(
      (await api.services.db.system((c) => c.query({ text: 'SELECT 1 FROM auth.organization LIMIT 1' })))
        .length,
    ).toBe(1);
  });
});
