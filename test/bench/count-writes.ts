import pg from 'pg';
import { readTemporal } from './temporal-counters.ts';

export interface Writes {
  postgres: number;
  temporal: number;
}

/** Counts transactions that write in PostgreSQL and write requests of Temporal to its store, per call. */
export async function countWrites(
  servers: { adminUrl: string; temporalMetricsUrl: string },
  calls: number,
  work: () => Promise<unknown>,
): Promise<Writes> {
  const client = new pg.Client({ connectionString: servers.adminUrl });
  await client.connect();
  try {
    const count = async (): Promise<Writes> => {
      // A transaction that writes takes the next id; counting takes one too.
      const { rows } = await client.query<{ xid: string }>('SELECT pg_current_xact_id()::text AS xid');
      return {
        postgres: Number(rows[0]!.xid),
        temporal: (await readTemporal(servers.temporalMetricsUrl)).writes,
      };
    };
    const before = await count();
    await work();
    // Temporal still writes after the response.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const after = await count();
    return {
      postgres: (after.postgres - before.postgres - 1) / calls,
      temporal: (after.temporal - before.temporal) / calls,
    };
  } finally {
    await client.end();
  }
}
