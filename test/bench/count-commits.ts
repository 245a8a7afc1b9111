import pg from 'pg';

/** Transactions of a PostgreSQL server that have written, all databases together; counting is one more. */
export async function countCommits(adminUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    // A transaction that writes takes the next id.
    const { rows } = await client.query<{ xid: string }>('SELECT pg_current_xact_id()::text AS xid');
    return Number(rows[0]!.xid);
  } finally {
    await client.end();
  }
}
