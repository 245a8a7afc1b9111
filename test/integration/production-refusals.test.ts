import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../dev/embedded-postgres.ts';
import { freePort } from '../../dev/free-port.ts';
import { projectRoot, stateDir } from '../../dev/paths.ts';
import { demoPassword } from '../../shared/identity/demo-password.ts';
import { type DatabaseUrls, databaseUrlsFrom } from '../../shared/platform/db/logins.ts';
import { migrate } from '../../shared/platform/db/migrate.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { testAuthSecret } from '../support/test-api.ts';

const accounts = '[{"email":"ana@acme.test"}]';
const person = (password: string) => ({
  tenants: [{ slug: 'acme', name: 'Acme' }],
  users: [
    { email: 'ana@acme.test', name: 'Ana', password, memberships: [{ tenant: 'acme', roles: ['operator'] }] },
  ],
});

describe('demo data and demo accounts', () => {
  const dir = mkdtempSync(join(tmpdir(), 'interlock-refusals-'));
  /** A server that someone else runs. */
  let foreign: EmbeddedPostgres;
  let urls: { foreign: DatabaseUrls; embedded: DatabaseUrls };
  let admins: { foreign: string; embedded: string };
  let stateFile: string;

  beforeAll(async () => {
    foreign = await startEmbeddedPostgres({
      dataDir: join(dir, 'postgres'),
      port: await freePort('PostgreSQL', 0),
      settings: { fsync: 'off', cluster_name: 'someone_else' },
    });
    const embedded = await createOwnDatabase();
    admins = { foreign: foreign.adminUrl, embedded: embedded.adminUrl };
    urls = {
      foreign: databaseUrlsFrom((await migrate(foreign.adminUrl)).appUrl),
      embedded: databaseUrlsFrom(embedded.databaseUrl),
    };
  });
  beforeEach(() => {
    stateFile = join(mkdtempSync(join(dir, 'state-')), 'demo.json');
  });
  afterAll(async () => {
    await foreign?.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  /** Runs an entry of the product to its end. */
  async function run(
    script: string,
    on: 'foreign' | 'embedded',
    more: { env?: NodeJS.ProcessEnv; args?: string[]; input?: unknown } = {},
  ): Promise<{ code: number | null; said: string }> {
    const child = spawn(process.execPath, [join(projectRoot, script), ...(more.args ?? [])], {
      cwd: projectRoot,
      env: {
        PATH: process.env.PATH,
        DATABASE_URL: urls[on].app,
        INTERLOCK_SYSTEM_DATABASE_URL: urls[on].system,
        INTERLOCK_AUTH_DATABASE_URL: urls[on].auth,
        INTERLOCK_AUTH_SECRET: testAuthSecret,
        INTERLOCK_VAULT_KEYS_FILE: join(dir, 'keys.json'),
        INTERLOCK_PORT: String(await freePort('api', 0)),
        TEMPORAL_ADDRESS: inject('servers').temporalAddress,
        INTERLOCK_TASK_QUEUE: dir,
        INTERLOCK_ROLES: 'api,worker',
        ...more.env,
      },
    });
    const limit = setTimeout(() => child.kill('SIGKILL'), 30_000);
    child.stdin.end(more.input === undefined ? '' : JSON.stringify(more.input));
    const [out, err, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit'),
    ]);
    clearTimeout(limit);
    return { code, said: out + err };
  }
  /** How many rows the tables of accounts and events have. */
  async function written(on: 'foreign' | 'embedded'): Promise<number> {
    const client = new pg.Client({ connectionString: admins[on] });
    await client.connect();
    const { rows } = await client.query<{ count: number }>(
      `SELECT ((SELECT count(*) FROM auth."user") + (SELECT count(*) FROM auth.organization)
         + (SELECT count(*) FROM auth.apikey) + (SELECT count(*) FROM event))::int AS count`,
    );
    await client.end();
    return rows[0]!.count;
  }
  const refused = (why: string) => ({
    code: 1,
    said: expect.stringMatching(new RegExp(`refused.*${why}`, 's')),
  });
  const [notEmbedded, inProduction] = ['not the embedded one', 'NODE_ENV is production'];
  const production = { NODE_ENV: 'production' };

  test('a process with demo accounts ends on a database that is not the embedded one, and in production', async () => {
    const env = { INTERLOCK_DEMO_ACCOUNTS: accounts };
    expect(await run('api/main.ts', 'foreign', { env })).toEqual(refused(notEmbedded));
    expect(await run('api/main.ts', 'embedded', { env: { ...env, ...production } })).toEqual(
      refused(inProduction),
    );
    expect([await written('foreign'), await written('embedded')]).toEqual([0, 0]);
  });

  test('demo data is not loaded there, and nothing is written', async () => {
    const env = { INTERLOCK_API_URL: 'http://127.0.0.1:1', INTERLOCK_DEMO_URL: 'http://127.0.0.1:1' };
    const args = [stateFile];
    expect(await run('dev/demo-data/main.ts', 'foreign', { env, args })).toEqual(refused(notEmbedded));
    expect(await run('dev/demo-data/main.ts', 'embedded', { env: { ...env, ...production }, args })).toEqual(
      refused(inProduction),
    );
    expect([await written('foreign'), await written('embedded'), existsSync(stateFile)]).toEqual([
      0,
      0,
      false,
    ]);
  });

  test('no account gets the password of the demo there', async () => {
    const main = 'api/identity/seed-main.ts';
    const input = person(demoPassword);
    expect(await run(main, 'foreign', { input })).toEqual(refused(notEmbedded));
    expect(await run(main, 'embedded', { input, env: production })).toEqual(refused(inProduction));
    expect([await written('foreign'), await written('embedded')]).toEqual([0, 0]);
    const own = await run(main, 'foreign', { input: person('correct horse battery'), env: production });
    expect([own.code, await written('foreign')]).toEqual([0, 2]);
    expect((await run(main, 'embedded', { input })).code).toBe(0);
  });

  test('`npm start` refuses to load its demo there, before it starts anything', async () => {
    const before = existsSync(stateDir);
    const started = await run('dev/main.ts', 'foreign', { env: { DATABASE_URL: admins.foreign } });
    expect(started).toEqual(refused(notEmbedded));
    expect(started.said).toContain('--no-demo');
    expect(await run('dev/main.ts', 'foreign', { env: { DATABASE_URL: '', ...production } })).toEqual(
      refused(inProduction),
    );
    expect(existsSync(stateDir)).toBe(before);
  });

  test('in production, each role has a login with a password of its own', async () => {
    const { code, said } = await run('api/main.ts', 'foreign', {
      env: {
        ...production,
        INTERLOCK_SYSTEM_DATABASE_URL: undefined,
        INTERLOCK_AUTH_DATABASE_URL: undefined,
      },
    });
    expect([code, said]).toEqual([1, expect.stringContaining('INTERLOCK_SYSTEM_DATABASE_URL')]);
  });
});
