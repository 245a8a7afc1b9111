import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { applyMigrations } from './apply-migrations.ts';
import {
  type DatabasePasswords,
  type DatabaseRole,
  databaseRoles,
  loginName,
  passwordsFrom,
} from './logins.ts';

const folder = fileURLToPath(new URL('../../../migrations', import.meta.url));
/** Any fixed number: two processes that start at once migrate one after the other. */
const migrationLock = 7_420_311;

export interface MigrateOptions {
  /** An existing login without one here keeps its password. Omitted: new passwords that follow from one secret. */
  passwords?: Partial<DatabasePasswords>;
  /** Takes their rights from the logins of earlier versions, which could work as every role. */
  retireSharedLogins?: boolean;
}

/**
 * Applies the migrations as the owner, and creates a login for each of the three interlock roles. A login owns nothing
 * and has the rights of its role alone.
 * @param adminUrl connection string of a role that may create roles
 * @returns the connection string of the app's login, and the logins that can still work as more than one role
 */
export async function migrate(
  adminUrl: string,
  options: MigrateOptions = {},
): Promise<{ appUrl: string; sharedLogins: string[] }> {
  const passwords = options.passwords ?? passwordsFrom(randomBytes(24).toString('base64url'));
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    for (const role of databaseRoles) await ensureRole(client, role);
    const { database, isNew } = await readDatabase(client);
    if (isNew) await client.query(`REVOKE CONNECT ON DATABASE ${pg.escapeIdentifier(database)} FROM PUBLIC`);
    await applyMigrations(client, folder);
    for (const role of databaseRoles) await ensureLogin(client, role, database, passwords[role]);
    await client.query('SELECT interlock_ensure_partitions()');
    const sharedLogins = await findSharedLogins(client);
    if (options.retireSharedLogins) for (const login of sharedLogins) await retire(client, login);
    const appUrl = new URL(adminUrl);
    appUrl.username = loginName(database, 'app');
    appUrl.password = passwords.app ?? '';
    return { appUrl: appUrl.href, sharedLogins: options.retireSharedLogins ? [] : sharedLogins };
  } finally {
    await client.end();
  }
}

/** The role belongs to the cluster, and the lock to this database: the migration of another one may be faster. */
async function ensureRole(client: pg.Client, role: DatabaseRole): Promise<void> {
  const name = `interlock_${role}`;
  const found = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name]);
  if (found.rowCount) return;
  try {
    await client.query(`CREATE ROLE ${name} NOLOGIN NOINHERIT`);
  } catch (error) {
    const exists = ['42710', '23505'].includes((error as { code?: string }).code ?? '');
    if (!exists) throw error;
  }
}

/** Only a new database is closed to everyone else: someone may rely on an older one being open. */
async function readDatabase(client: pg.Client): Promise<{ database: string; isNew: boolean }> {
  const { rows } = await client.query<{ database: string; isNew: boolean }>(
    `SELECT current_database() AS database, to_regclass('public.tool') IS NULL AS "isNew"`,
  );
  const [row] = rows;
  if (!row) throw new Error('The database did not say its name.');
  return row;
}

async function ensureLogin(
  client: pg.Client,
  role: DatabaseRole,
  database: string,
  password: string | undefined,
): Promise<void> {
  const name = loginName(database, role);
  const found = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name]);
  if (!found.rowCount && password === undefined)
    throw new Error(`The login ${name} is new: set INTERLOCK_DB_PASSWORD, or a password for each login.`);
  const login = pg.escapeIdentifier(name);
  const secret = password === undefined ? '' : `PASSWORD ${pg.escapeLiteral(password)}`;
  await client.query(`${found.rowCount ? 'ALTER' : 'CREATE'} ROLE ${login} LOGIN INHERIT ${secret}`);
  // It has the rights of its role without becoming it: SET ROLE leads nowhere.
  await client.query(`GRANT interlock_${role} TO ${login} WITH INHERIT TRUE, SET FALSE`);
  await client.query(`GRANT CONNECT ON DATABASE ${pg.escapeIdentifier(database)} TO ${login}`);
}

async function findSharedLogins(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT m.rolname AS name FROM pg_auth_members a
     JOIN pg_roles g ON g.oid = a.roleid JOIN pg_roles m ON m.oid = a.member
     WHERE g.rolname = ANY($1) AND a.set_option AND m.rolcanlogin AND NOT m.rolsuper AND m.rolname <> current_user
     GROUP BY m.rolname HAVING count(DISTINCT g.oid) > 1 ORDER BY m.rolname`,
    [databaseRoles.map((role) => `interlock_${role}`)],
  );
  return rows.map(({ name }) => name);
}

async function retire(client: pg.Client, login: string): Promise<void> {
  const name = pg.escapeIdentifier(login);
  await client.query(`REVOKE ${databaseRoles.map((role) => `interlock_${role}`).join(', ')} FROM ${name}`);
  await client.query(`ALTER ROLE ${name} NOLOGIN`);
}
