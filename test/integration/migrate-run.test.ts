import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { projectRoot } from '../../dev/paths.ts';
import { type DatabaseRole, databaseRoles, loginName } from '../../shared/platform/db/logins.ts';

/** Runs it as the service `migrate` of docker-compose.yml does, with these variables alone. */
function run(env: Record<string, string>): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, ['migrations/run.ts'], { cwd: projectRoot, env, encoding: 'utf8' });
}

async function query<Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

describe('node migrations/run.ts', () => {
  const { adminUrl } = inject('servers');
  const owner = new URL(adminUrl);
  const name = `migrate_${randomBytes(6).toString('hex')}`;
  const loginWith = (role: DatabaseRole, password: string) => {
    const url = new URL(owner);
    [url.username, url.password] = [loginName(name, role), password];
    return url.href;
  };
  const passwords = {
    INTERLOCK_DB_PASSWORD: 'first of three',
    INTERLOCK_SYSTEM_DB_PASSWORD: 'second of three',
    INTERLOCK_AUTH_DB_PASSWORD: 'third of three',
  };

  beforeAll(async () => {
    await query(adminUrl, `CREATE DATABASE ${name}`);
    owner.pathname = `/${name}`;
  });

  test('`node migrations/run.ts` needs passwords for logins that are new, and shows none', () => {
    const missing = run({});
    expect([missing.status, missing.stderr]).toEqual([1, expect.stringContaining('MIGRATION_DATABASE_URL')]);
    const { status, stderr } = run({ MIGRATION_DATABASE_URL: owner.href });
    expect(status).toBe(1);
    expect(stderr).toContain('INTERLOCK_DB_PASSWORD');
    expect(stderr).not.toContain(owner.password);
  });

  test('`node migrations/run.ts` creates the tables and the logins of the processes, and can run again', async () => {
    const env = { MIGRATION_DATABASE_URL: owner.href, ...passwords };
    // Without passwords, the logins keep those they have; compose files pass on empty ones.
    const without = { MIGRATION_DATABASE_URL: owner.href, INTERLOCK_DB_PASSWORD: '' };
    for (const settings of [env, env, without]) {
      const { status, stdout, stderr } = run(settings);
      expect([status, stdout, stderr]).toEqual([0, 'Migrations applied.\n', '']);
    }
    const [tables] = await query<{ count: number }>(
      owner.href,
      `SELECT count(*)::int AS count FROM pg_tables WHERE schemaname IN ('public', 'auth')`,
    );
    expect(tables!.count).toBeGreaterThan(15);
    const given = Object.values(passwords);
    for (const [index, role] of databaseRoles.entries()) {
      const [state] = await query<{ who: string; owned: number }>(
        loginWith(role, given[index]!),
        `SELECT current_user AS who, (SELECT count(*)::int FROM pg_class WHERE relowner = current_user::regrole) AS owned`,
      );
      expect(state).toEqual({ who: `${name}_${role}_login`, owned: 0 });
    }
  });
});
