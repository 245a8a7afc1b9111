import type { EventType } from '../../events/event-types.ts';
import type { TenantConnection } from '../../platform/db/database.ts';

/** Numbers of what waits stop here. */
export const mostWaiting = 1_000;

export interface WaitingNumbers {
  steps: number;
  stepsOverdue: number;
  exceptions: number;
  exceptionsOverdue: number;
}

const due = "CASE WHEN due_at IS NULL THEN 'infinity' ELSE due_at END";
const counted = (rows: string) => `(SELECT count(*)::int FROM (${rows} LIMIT ${mostWaiting}) AS found)`;
const steps = `SELECT FROM step_addressee WHERE tenant_id = $1 AND addressee = ANY($2::text[])`;
const cases = `SELECT FROM exception WHERE tenant_id = $1 AND status <> 'resolved'`;

/** What waits for people now, and what of it is overdue. @param addressees `all:` with the types that wait for people */
export async function readWaiting(
  connection: TenantConnection,
  addressees: readonly string[],
): Promise<WaitingNumbers> {
  const [row] = await connection.query<WaitingNumbers & Record<string, unknown>>({
    name: 'usage_waiting',
    text: `SELECT ${counted(steps)} AS steps, ${counted(`${steps} AND due_at < now()`)} AS "stepsOverdue",
      ${counted(cases)} AS exceptions, ${counted(`${cases} AND ${due} < now()`)} AS "exceptionsOverdue"`,
    values: [connection.tenantId, addressees],
  });
  return row!;
}

export interface AgeNumbers {
  steps: number;
  exceptions: number;
}

/** Of what waits now, what is at least and less than so many hours old; the last has no end. */
export function readAges(
  connection: TenantConnection,
  addressees: readonly string[],
  hours: readonly number[],
): Promise<AgeNumbers[]> {
  return connection.query<AgeNumbers & Record<string, unknown>>({
    name: 'usage_ages',
    text: `WITH age AS (
        SELECT place, now() - make_interval(hours => from_hours) AS until,
          now() - make_interval(hours => lead(from_hours) OVER (ORDER BY place)) AS since
        FROM unnest($3::int[]) WITH ORDINALITY AS edge(from_hours, place)
      ), step AS MATERIALIZED (
        SELECT s.opened_at AS at FROM (
          SELECT step_run_id FROM step_addressee
          WHERE tenant_id = $1 AND addressee = ANY($2::text[]) LIMIT ${mostWaiting}) AS waits
        JOIN playbook_step_run s ON s.id = waits.step_run_id AND s.tenant_id = $1
        UNION ALL
        SELECT interlock_uuid_time(step_run_id) FROM (
          SELECT step_run_id FROM step_addressee
          WHERE tenant_id = $1 AND addressee = 'all:execution' LIMIT ${mostWaiting}) AS asks)
      SELECT (SELECT count(*)::int FROM step WHERE at <= until AND (since IS NULL OR at > since)) AS steps,
        (SELECT count(*)::int FROM (
          SELECT FROM exception WHERE tenant_id = $1 AND status <> 'resolved' AND id < interlock_uuid_floor(until)
            AND id >= CASE WHEN since IS NULL THEN '00000000-0000-0000-0000-000000000000' ELSE interlock_uuid_floor(since) END
          LIMIT ${mostWaiting}) AS found) AS exceptions
      FROM age ORDER BY place`,
    values: [connection.tenantId, addressees, hours],
  });
}

/** Hosts whose calls are paused. */
export async function countPausedHosts(connection: TenantConnection): Promise<number> {
  const [row] = await connection.query<{ count: number }>({
    name: 'usage_paused_hosts',
    text: `SELECT count(*)::int AS count FROM breaker WHERE tenant_id = $1 AND state <> 'closed'`,
    values: [connection.tenantId],
  });
  return row!.count;
}

/** Events since a time, by type, so many of each at most. @param above events with a lower id are older */
export function countEvents(
  connection: TenantConnection,
  types: readonly EventType[],
  { since, above, limit }: { since: Date; above: bigint; limit: number },
): Promise<{ type: string; count: number }[]> {
  return connection.query<{ type: string; count: number }>({
    name: 'usage_changes',
    text: `SELECT of.type, found.count FROM unnest($2::text[]) AS of(type) CROSS JOIN LATERAL (
        SELECT count(*)::int AS count FROM (
          SELECT FROM event WHERE tenant_id = $1 AND type = of.type AND id > $3 AND created_at >= $4
            AND type NOT IN ('ToolExecutionRequested', 'ToolExecutionStarted', 'ToolExecutionAttempted', 'ToolExecutionCompleted')
          LIMIT $5) AS each) AS found
      WHERE found.count > 0`,
    values: [connection.tenantId, types, above, since, limit],
  });
}
