import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { migrate } from '../../shared/platform/db/migrate.ts';
import { connectAdmin } from './connect-admin.ts';
import { emptyDatabase } from './empty-database.ts';

/** A database for one test file, for code that reads the rows of every tenant: a copy of an empty one. */
export async function createOwnDatabase(): Promise<{ databaseUrl: string; adminUrl: string }> {
  const { adminUrl } = inject('servers');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const client = await connectAdmin();
  try {
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${emptyDatabase}`);
    // As a migration closes a new database, which this one no longer looks like.
    await client.query(`REVOKE CONNECT ON DATABASE ${name} FROM PUBLIC`);
  } finally {
    await client.end();
  }
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  const { appUrl } = await migrate(url.href);
  return { databaseUrl: appUrl, adminUrl: url.href };
}
