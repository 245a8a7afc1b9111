import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../dev/embedded-postgres.ts';
import { freePort } from '../../dev/free-port.ts';
import { readTenantEgress } from '../../shared/identity/db/tenant-settings.ts';
import { openDatabase } from '../../shared/platform/db/database.ts';
import {
  type DatabaseRole,
  databaseRoles,
  databaseUrlsFrom,
  loginName,
} from '../../shared/platform/db/logins.ts';
import { migrate } from '../../shared/platform/db/migrate.ts';
import { connectTo } from '../support/connect-admin.ts';

/** A cluster of its own: roles belong to the whole cluster. */
describe('the logins of the processes', () => {
  const dir = mkdtempSync(join(tmpdir(), 'interlock-logins-'));
  let postgres: EmbeddedPostgres;
  let admin: pg.Client;
  let owner: string;
  const deployments: { name: string; adminUrl: string; appUrl: string }[] = [];

  const urlOf = (user: string, password: string, database: string) => {
    const url = new URL(postgres.adminUrl);
    [url.username, url.password, url.pathname] = [user, password, `/${database}`];
    return url.href;
  };
  const createDatabase = async (name: string) => {
    await admin.query(`CREATE DATABASE ${pg.escapeIdentifier(name)} OWNER owner`);
    return urlOf('owner', owner, name);
  };
  const passwordsOf = async () =>
    (
      await admin.query<{ rolname: string; rolpassword: string }>(
        "SELECT rolname, rolpassword FROM pg_authid WHERE rolname LIKE '%_login' ORDER BY rolname",
      )
    ).rows;
  const attempt = async (url: string, statement: string) => {
    const client = await connectTo(url);
    try {
      return (await client.query(statement)).rowCount;
    } catch (error) {
      return (error as { code?: string }).code;
    } finally {
      await client.end();
    }
  };

  beforeAll(async () => {
    postgres = await startEmbeddedPostgres({
      dataDir: join(dir, 'postgres'),
      port: await freePort('PostgreSQL', 0),
      settings: { fsync: 'off' },
    });
    admin = await connectTo(postgres.adminUrl);
    owner = 'not-a-superuser';
    await admin.query(`CREATE ROLE owner LOGIN CREATEROLE PASSWORD '${owner}'`);
    // A long name, of which PostgreSQL would cut off the part that tells the roles apart.
    for (const name of ['first', 'second', `third_${'x'.repeat(57)}`]) {
      const adminUrl = await createDatabase(name);
      deployments.push({ name, adminUrl, appUrl: '' });
    }
    const migrated = await Promise.all(deployments.map(({ adminUrl }) => migrate(adminUrl)));
    for (const [index, { appUrl }] of migrated.entries()) deployments[index]!.appUrl = appUrl;
  });
  afterAll(async () => {
    await admin?.end();
    await postgres?.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  test('databases that are migrated at once on one cluster each get logins of their own', async () => {
    expect(new Set((await passwordsOf()).map(({ rolpassword }) => rolpassword)).size).toBe(9);
    for (const { name, appUrl } of deployments) {
      expect(new URL(appUrl).username).toBe(loginName(name, 'app'));
      const db = openDatabase(appUrl);
      expect(await db.tenant(uuidv7(), readTenantEgress)).toMatchObject({ privateHosts: [] });
      await db.ping();
      expect((await db.authPool.query('SELECT 1 FROM "user"')).rowCount).toBe(0);
      await db.close();
    }
  });

  test('no login can work as another, and none has the rights of another', async () => {
    const denied: Record<DatabaseRole, string[]> = {
      app: [
        'SELECT 1 FROM auth."user"',
        'SELECT 1 FROM webhook_position',
        'SELECT interlock_ensure_partitions()',
      ],
      system: ['SELECT 1 FROM auth.session', 'SELECT 1 FROM auth.account', 'UPDATE event SET type = type'],
      auth: ['SELECT 1 FROM tool', 'SELECT 1 FROM event', 'SELECT 1 FROM tool_execution'],
    };
    const { name, appUrl } = deployments[0]!;
    const urls = databaseUrlsFrom(appUrl);
    for (const role of databaseRoles) {
      const others = [
        ...databaseRoles.map((each) => `interlock_${each}`),
        ...databaseRoles
          .map((each) => loginName(name, each))
          .filter((login) => login !== loginName(name, role)),
        'postgres',
        'owner',
      ];
      for (const other of others) {
        expect(await attempt(urls[role], `SET ROLE ${other}`), `${role} → ${other}`).toBe('42501');
        expect(await attempt(urls[role], `SET SESSION AUTHORIZATION ${other}`)).toBe('42501');
      }
      for (const statement of denied[role])
        expect(await attempt(urls[role], statement), `${role}: ${statement}`).toBe('42501');
      for (const statement of ['CREATE TABLE mine ()', 'CREATE ROLE mine', 'CREATE DATABASE mine'])
        expect(await attempt(urls[role], statement), statement).toBe('42501');
    }
    const { rows } = await admin.query(
      `SELECT rolname FROM pg_roles WHERE rolname LIKE '%_login' AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls)`,
    );
    expect(rows).toEqual([]);
  });

  test('a login of one deployment cannot connect to the database of another', async () => {
    const [first, second] = deployments;
    for (const url of Object.values(databaseUrlsFrom(first!.appUrl))) {
      const elsewhere = new URL(url);
      elsewhere.pathname = '/second';
      await expect(connectTo(elsewhere.href)).rejects.toThrow('permission denied for database');
    }
    // The owner still can, and someone who relied on an older database being open is not shut out.
    await migrate(second!.adminUrl, { passwords: {} });
    await admin.query('GRANT CONNECT ON DATABASE second TO PUBLIC');
    await migrate(second!.adminUrl, { passwords: {} });
    const open = new URL(first!.appUrl);
    open.pathname = '/second';
    expect(await attempt(open.href, 'SELECT 1')).toBe(1);
    await admin.query('REVOKE CONNECT ON DATABASE second FROM PUBLIC');
  });

  test('row-level security holds for the login of the app, and the login of the system sees every tenant', async () => {
    const { appUrl } = deployments[0]!;
    const db = openDatabase(appUrl);
    const [acme, globex] = [uuidv7(), uuidv7()];
    for (const tenant of [acme, globex])
      await db.tenant(tenant, (connection) =>
        connection.query({
          text: 'INSERT INTO tenant_setting (tenant_id) VALUES ($1)',
          values: [tenant],
        }),
      );
    const all = { text: 'SELECT tenant_id FROM tenant_setting' };
    expect(await db.tenant(acme, (connection) => connection.query(all))).toEqual([{ tenant_id: acme }]);
    expect(await db.system((connection) => connection.query(all))).toHaveLength(2);
    await db.close();
    expect(await attempt(appUrl, all.text)).toBe(0);
  });

  test('a migration keeps the passwords of its own logins unless it is given new ones, and those of others', async () => {
    const before = await passwordsOf();
    const [first, second] = deployments;
    await Promise.all([
      migrate(first!.adminUrl, { passwords: {} }),
      migrate(second!.adminUrl, { passwords: { system: 'a new password' } }),
    ]);
    const changed = (await passwordsOf()).filter(
      ({ rolpassword }, index) => rolpassword !== before[index]!.rolpassword,
    );
    expect(changed.map(({ rolname }) => rolname)).toEqual(['second_system_login']);
    const fourth = await createDatabase('fourth');
    await expect(migrate(fourth, { passwords: { app: 'only one' } })).rejects.toThrow(
      'fourth_system_login is new',
    );
  });

  test('a login of an earlier version, which can work as every role, is named and can be retired', async () => {
    const { adminUrl } = deployments[0]!;
    await admin.query("CREATE ROLE interlock LOGIN NOINHERIT PASSWORD 'earlier'");
    await admin.query('GRANT interlock_app, interlock_system, interlock_auth TO interlock');
    await admin.query('GRANT CONNECT ON DATABASE first TO interlock');
    const earlier = urlOf('interlock', 'earlier', 'first');
    expect((await migrate(adminUrl, { passwords: {} })).sharedLogins).toEqual(['interlock']);
    expect(await attempt(earlier, 'SET ROLE interlock_system')).not.toBe('42501');
    const asAdmin = new URL(postgres.adminUrl);
    asAdmin.pathname = '/first';
    expect((await migrate(asAdmin.href, { passwords: {}, retireSharedLogins: true })).sharedLogins).toEqual(
      [],
    );
    await expect(connectTo(earlier)).rejects.toThrow('not permitted to log in');
  });
});
