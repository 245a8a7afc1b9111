import pg from 'pg';
import { migrate } from '../../shared/platform/db/migrate.ts';

export const emptyDatabase = 'test_empty';

/** Creates what `createOwnDatabase` copies: a migration takes ten times as long as a copy. */
export async function createEmptyDatabase(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${emptyDatabase}`);
    const url = new URL(adminUrl);
    url.pathname = `/${emptyDatabase}`;
    await migrate(url.href);
    // What is copied must have no connection.
    await client.query(`ALTER DATABASE ${emptyDatabase} ALLOW_CONNECTIONS false`);
  } finally {
    await client.end();
  }
}
