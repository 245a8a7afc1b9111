import pg from 'pg';

export interface Writes {
  postgres: number;
  temporal: number;
}

/** Writing transactions in PostgreSQL and writing requests of Temporal to its store, per run. */
export async function countWrites(
  servers: { adminUrl: string; temporalMetricsUrl: string },
  runs: number,
  work: () => Promise<unknown>,
): Promise<Writes> {
  const client = new pg.Client({ connectionString: servers.adminUrl });
  await client.connect();
  try {
    const look = async (): Promise<Writes> => {
      // A transaction that writes takes the next id; looking takes one too.
      const { rows } = await client.query<{ xid: string }>('SELECT pg_current_xact_id()::text AS xid');
      return { postgres: Number(rows[0]!.xid), temporal: await temporalWrites(servers.temporalMetricsUrl) };
    };
    const before = await look();
    await work();
    // What Temporal does after the answer belongs to it.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const after = await look();
    return {
      postgres: (after.postgres - before.postgres - 1) / runs,
      temporal: (after.temporal - before.temporal) / runs,
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
