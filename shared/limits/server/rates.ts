import type { Database } from '../../platform/db/database.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import type { LoadedTool } from '../../tools/server/tool-service.ts';
import type { RateLimit } from '../../tools/tool-fields.ts';
import { type Rate, takeRates } from '../db/rates.ts';

interface NamedRate extends Rate {
  kind: 'tool' | 'connector' | 'tenant';
  name: string;
  perMinute: number;
}

/** @param id of what is limited */
export function rateOf(id: string, { requestsPerMinute, burst = requestsPerMinute }: RateLimit): Rate {
  return { id, intervalMs: 60_000 / requestsPerMinute, burst };
}

/** Every rate that an execution of this tool counts in. */
function ratesOf({
  toolId,
  connectorId,
  connectorName,
  loadedForId,
  definition,
  limits,
}: LoadedTool): NamedRate[] {
  const rates: NamedRate[] = [];
  const add = (
    kind: NamedRate['kind'],
    id: string | null,
    name: string,
    limit: RateLimit | null | undefined,
  ) => {
    if (id !== null && limit)
      rates.push({ kind, name, perMinute: limit.requestsPerMinute, ...rateOf(id, limit) });
  };
  add('tool', toolId, definition.name, definition.rateLimit);
  add('connector', connectorId, `The connector ${connectorName}`, limits.shared?.rateLimit);
  add('tenant', loadedForId, 'All tools together', limits.tenant.rateLimit);
  return rates;
}

/**
 * Counts one execution in the rates of its tool, its connector and its tenant: in all of them or in none. Exact over all
 * processes; no statement where there is no rate.
 * @throws InterlockError `rate_limited`, with the seconds until there is room
 */
export async function takeRate(db: Database, tool: LoadedTool): Promise<void> {
  const rates = ratesOf(tool);
  if (rates.length === 0) return;
  const limited = await db.tenant(tool.loadedForId, (connection) => takeRates(connection, rates));
  if (!limited) return;
  const { kind, name, perMinute } = rates.find(({ id }) => id === limited.id)!;
  const retryAfterSeconds = Math.ceil(limited.waitMs / 1000);
  throw new InterlockError(
    'rate_limited',
    `${name} ${kind === 'tenant' ? 'are' : 'is'} limited to ${perMinute} executions per minute in this organization. Nothing was sent; try again in ${retryAfterSeconds} s.`,
    { retryAfterSeconds, details: { limit: kind } },
  );
}
