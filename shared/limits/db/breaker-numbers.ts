import type { SystemConnection } from '../../platform/db/database.ts';

/** Breakers that let no call pass, of all tenants. */
export interface BreakerNumbers {
  open: number;
  /** A call looks whether the host is back. */
  half_open: number;
  /** By hand. */
  held: number;
}

export async function readBreakerNumbers(connection: SystemConnection): Promise<BreakerNumbers> {
  const [row] = await connection.query<BreakerNumbers>({
    name: 'breaker_numbers',
    text: `SELECT count(*) FILTER (WHERE state = 'open' AND (probe_until IS NULL OR probe_until <= now()))::int AS open,
        count(*) FILTER (WHERE state = 'open' AND probe_until > now())::int AS half_open,
        count(*) FILTER (WHERE state = 'held')::int AS held
      FROM breaker WHERE state <> 'closed'`,
  });
  return row!;
}
