import type { TenantConnection } from '../../platform/db/database.ts';

/**
 * Counts one execution against a tool's rate limit in this tenant: one every `intervalMs`, `burst` at once (GCRA, one
 * row per tool).
 * @returns 0, or the milliseconds until the next execution is allowed; then nothing was counted
 */
export async function takeExecution(
  connection: TenantConnection,
  toolId: string,
  limit: { intervalMs: number; burst: number },
): Promise<number> {
  const values = [connection.tenantId, toolId, limit.intervalMs, limit.burst];
  const counted = await connection.query({
    name: 'take_execution',
    bookkeeping: true,
    text: `INSERT INTO tool_rate AS rate (tenant_id, tool_id, due_at)
      VALUES ($1, $2, now() + $3::float8 * interval '1 millisecond')
      ON CONFLICT (tenant_id, tool_id) DO UPDATE
      SET due_at = greatest(rate.due_at, now()) + $3::float8 * interval '1 millisecond'
      WHERE rate.due_at <= now() + ($4::int - 1) * $3::float8 * interval '1 millisecond'
      RETURNING 1`,
    values,
  });
  if (counted.length > 0) return 0;
  const [row] = await connection.query<{ wait: number }>({
    text: `SELECT extract(epoch FROM due_at - now())::float8 * 1000 - ($4::int - 1) * $3::float8 AS wait
      FROM tool_rate WHERE tenant_id = $1 AND tool_id = $2`,
    values,
  });
  return Math.max(1, Math.ceil(row?.wait ?? 1));
}
