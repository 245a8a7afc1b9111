import pg from 'pg';

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
      return { postgres: Number(rows[0]!.xid), temporal: await temporalWrites(servers.temporalMetricsUrl) };
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

const writing =
  /^(Create|Update|Append|Conflict|Set|Delete|Complete|RangeComplete|RangeDelete|Add|Trim|Upsert|Record)/;

async function temporalWrites(url: string): Promise<number> {
  const text = await (await fetch(url)).text();
  let sum = 0;
  for (const line of text.split('\n')) {
    const match = /^persistence_requests\{(.*)\} ([\d.e+]+)$/.exec(line);
    const operation = match && /operation="([^"]+)"/.exec(match[1]!)?.[1];
    if (match && operation && writing.test(operation)) sum += Number(match[2]);
  }
  return sum;
}
