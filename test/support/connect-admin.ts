import pg from 'pg';
import { inject } from 'vitest';

/** Connects as the superuser, who looks past row-level security. The caller ends the connection. */
export async function connectAdmin(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: inject('servers').adminUrl });
  await client.connect();
  return client;
}
