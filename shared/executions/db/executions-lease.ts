import type { SystemConnection, TenantConnection } from '../../platform/db/database.ts';

/**
 * For this long after it asked for its claim or renewal, a worker sends requests of an attempt. With the margin shorter than
 * the ten seconds after which Temporal gives the task of a lost worker to another one.
 */
export const leaseMs = 8000;
/** What has left the worker by then may still be on its way. */
const marginMs = 1000;

/** The end of a lease that begins now. PostgreSQL writes it later than the worker began to count. */
export const leaseEnd = `now() + interval '${leaseMs + marginMs} ms'`;
/** When a running attempt may be taken over; a process of the version before wrote no lease. */
export const takeoverAt = `coalesce(lease_until, started_at + interval '${leaseMs + marginMs} ms')`;

export interface AttemptIds {
  executionId: string;
  number: number;
}

const text = `
UPDATE execution_attempt a SET lease_until = ${leaseEnd}
FROM unnest($2::uuid[], $3::int[]) AS own(execution_id, number)
WHERE a.execution_id = own.execution_id AND a.number = own.number AND a.worker = $1 AND a.status = 'running'
RETURNING a.execution_id, a.number`;

/** Extends the leases of unsettled attempts. @returns those that still belong to this worker */
export async function renewLeases(
  connection: TenantConnection | SystemConnection,
  worker: string,
  attempts: AttemptIds[],
): Promise<AttemptIds[]> {
  const rows = await connection.query<{ execution_id: string; number: number }>({
    name: 'execution_renew_leases',
    text,
    values: [worker, attempts.map(({ executionId }) => executionId), attempts.map(({ number }) => number)],
  });
  return rows.map((row) => ({ executionId: row.execution_id, number: row.number }));
}
