import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as runMigrations } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';

const folder = fileURLToPath(new URL('../../../migrations', import.meta.url));
/** Any fixed number: two processes that start at once migrate one after the other. */
const migrationLock = 7_420_311;

/**
 * Applies the migrations as the owner and creates the login of the processes: a member of the three interlock roles
 * that owns nothing and inherits nothing.
 * @param adminUrl connection string of a role that may create roles
 * @returns the connection string of that login
 */
export async function migrate(
  adminUrl: string,
  options: { appPassword?: string; appUser?: string } = {},
): Promise<{ appUrl: string }> {
  const appUser = options.appUser ?? 'interlock';
  const password = options.appPassword ?? randomBytes(24).toString('base64url');
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    await runMigrations(drizzle(client), { migrationsFolder: folder });
    const exists = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [appUser]);
    const login = pg.escapeIdentifier(appUser);
    await client.query(
      `${exists.rowCount ? 'ALTER' : 'CREATE'} ROLE ${login} LOGIN NOINHERIT NOSUPERUSER NOCREATEROLE NOCREATEDB PASSWORD ${pg.escapeLiteral(password)}`,
    );
    await client.query(`GRANT interlock_app, interlock_system, interlock_auth TO ${login}`);
    await client.query('SELECT interlock_ensure_partitions()');
  } finally {
    await client.end();
  }
  const appUrl = new URL(adminUrl);
  appUrl.username = appUser;
  appUrl.password = password;
  return { appUrl: appUrl.href };
}
