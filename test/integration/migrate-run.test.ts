import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { projectRoot } from '../../dev/paths.ts';

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
  const { adminUrl, databaseUrl } = inject('servers');
  const owner = new URL(adminUrl);
  const login = new URL(databaseUrl);

  beforeAll(async () => {
    const name = `migrate_${randomBytes(6).toString('hex')}`;
    await query(adminUrl, `CREATE DATABASE ${name}`);
    owner.pathname = `/${name}`;
    login.pathname = `/${name}`;
  });

  test('`node migrations/run.ts` creates the tables and the login of the processes, and can run again', async () => {
    // The password that the login of this server has: other tests use it too.
    const env = { MIGRATION_DATABASE_URL: owner.href, INTERLOCK_DB_PASSWORD: login.password };
    for (const time of ['first', 'second']) {
      const { status, stdout, stderr } = run(env);
      expect([status, stdout, stderr], time).toEqual([0, 'Migrations applied.\n', '']);
    }
    const [state] = await query<{ who: string; tables: number; owned: number }>(
      login.href,
      `SELECT current_user AS who, (SELECT count(*)::int FROM pg_tables WHERE schemaname IN ('public', 'auth')) AS tables,
        (SELECT count(*)::int FROM pg_class WHERE relowner = 'interlock'::regrole) AS owned`,
    );
    expect(state).toMatchObject({ who: 'interlock', owned: 0 });
    expect(state!.tables).toBeGreaterThan(15);
  });

  test('`node migrations/run.ts` names a missing variable, and shows no password', () => {
    const { status, stderr } = run({ MIGRATION_DATABASE_URL: owner.href });
    expect(status).toBe(1);
    expect(stderr).toContain('INTERLOCK_DB_PASSWORD');
    expect(stderr).not.toContain(owner.password);
  });
});
