import pg from 'pg';
import { inject } from 'vitest';

/** Connects as the superuser, who looks past row-level security. The caller ends the connection. */
export const connectAdmin = (): Promise<pg.Client> => connectTo(inject('servers').adminUrl);

export async function connectTo(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}
