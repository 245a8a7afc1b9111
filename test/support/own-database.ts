import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { migrate } from '../../shared/platform/db/migrate.ts';

/** A database of its own on a server, for tests in which somebody looks at the rows of every tenant. */
export async function createOwnDatabase(
  adminUrl: string,
): Promise<{ databaseUrl: string; adminUrl: string }> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  const { appUrl } = await migrate(url.href, { appUser: name });
  return { databaseUrl: appUrl, adminUrl: url.href };
}
