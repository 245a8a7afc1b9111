import { and, eq, inArray } from 'drizzle-orm';
import type { TenantConnection } from '../../platform/db/database.ts';
import { toolRate } from '../../tools/db/tables.ts';

/** One call every `intervalMs`, `burst` at once (GCRA), of a tool, a connector, or the tenant by its own id. */
export interface Rate {
  id: string;
  intervalMs: number;
  burst: number;
}

/**
 * Counts one call against all of these rates, or against none when one of them has no room.
 * @returns null, or the one with the longest wait, and the milliseconds until it has room
 */
export async function takeRates(
  connection: TenantConnection,
  rates: readonly Rate[],
): Promise<{ id: string; waitMs: number } | null> {
  const [limited] = await connection.query<{ limited: string; wait_ms: number }>({
    name: 'take_rates',
    bookkeeping: true,
    text: 'SELECT limited, wait_ms FROM take_rates($1, $2, $3, $4)',
    values: [
      connection.tenantId,
      rates.map(({ id }) => id),
      rates.map(({ intervalMs }) => intervalMs),
      rates.map(({ burst }) => burst),
    ],
  });
  return limited ? { id: limited.limited, waitMs: Math.max(1, Math.ceil(limited.wait_ms)) } : null;
}

/** When the next call is on time, by what is limited; missing where none was counted. */
export async function readRates(
  connection: TenantConnection,
  ids: readonly string[],
): Promise<Map<string, Date>> {
  const rows = await connection.orm
    .select({ id: toolRate.tool_id, due_at: toolRate.due_at })
    .from(toolRate)
    .where(and(eq(toolRate.tenant_id, connection.tenantId), inArray(toolRate.tool_id, [...ids])));
  return new Map(rows.map((row) => [row.id, row.due_at]));
}
