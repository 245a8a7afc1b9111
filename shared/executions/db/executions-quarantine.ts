import { and, count, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import { tell } from '../../events/server/tell.ts';
import type { Actor } from '../../identity/roles.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import type { Failure } from '../failure-codes.ts';
import { workerLost } from './executions-claim.ts';
import type { ExecutionRow } from './executions-row.ts';
import { closeExecution } from './executions-settle.ts';
import { executionAttempt, toolExecution } from './tables.ts';

const reason =
  'Its worker process ended twice during the call, so the execution is quarantined: nothing more is sent. Release it to try once more.';

const failure: Failure = { code: 'internal', message: reason, retryable: true };

const system: Actor = { type: 'system', id: 'worker', name: 'Interlock' };

/** How many attempts of this execution, and of the one that it reruns, have lost their worker. */
export async function countLostAttempts(connection: TenantConnection, row: ExecutionRow): Promise<number> {
  const ids = row.rerun_of ? [row.id, row.rerun_of] : [row.id];
  const [result] = await connection.orm
    .select({ lost: count() })
    .from(executionAttempt)
    .where(
      and(
        inArray(executionAttempt.execution_id, ids),
        eq(executionAttempt.tenant_id, connection.tenantId),
        eq(executionAttempt.error_code, workerLost),
      ),
    );
  return result?.lost ?? 0;
}

/** The running attempt has not ended its worker. */
export async function clearAttempt(
  connection: TenantConnection,
  attempt: { executionId: string; number: number },
): Promise<void> {
  await connection.orm
    .update(executionAttempt)
    .set({ cleared: true })
    .where(
      and(
        eq(executionAttempt.execution_id, attempt.executionId),
        eq(executionAttempt.number, attempt.number),
        eq(executionAttempt.tenant_id, connection.tenantId),
        eq(executionAttempt.status, 'running'),
      ),
    );
}

/**
 * Ends an execution whose latest attempt has lost its worker, until someone releases it. Call it in a transaction.
 * @returns null when the execution has changed since it was read
 */
export async function quarantineExecution(
  connection: TenantConnection,
  seen: ExecutionRow,
): Promise<ExecutionRow | null> {
  const { tenantId } = connection;
  const closed = await closeExecution(connection, {
    tenantId,
    executionId: seen.id,
    failure,
    seen: { status: 'running', attempts: seen.attempts, openAttempt: true },
    lost: true,
  });
  if (!closed) return null;
  const [row] = await connection.orm
    .update(toolExecution)
    .set({ quarantined_at: sql`now()` })
    .where(and(eq(toolExecution.id, seen.id), eq(toolExecution.tenant_id, tenantId)))
    .returning();
  await tell(
    connection,
    { identity: { tenantId, actor: system } },
    eventOf(seen, 'ToolExecutionQuarantined'),
  );
  return row ?? null;
}

/** Ends the quarantine. Call it in a transaction. @returns false when it had ended before */
export async function endQuarantine(
  connection: TenantConnection,
  seen: ExecutionRow,
  by: { actor: Actor; requestId: string; releasedAs: string },
): Promise<boolean> {
  const { tenantId } = connection;
  const released = await connection.orm
    .update(toolExecution)
    .set({ quarantined_at: null })
    .where(
      and(
        eq(toolExecution.id, seen.id),
        eq(toolExecution.tenant_id, tenantId),
        isNotNull(toolExecution.quarantined_at),
      ),
    )
    .returning({ id: toolExecution.id });
  if (released.length === 0) return false;
  const teller = { identity: { tenantId, actor: by.actor }, requestId: by.requestId };
  await tell(connection, teller, eventOf(seen, 'ToolExecutionReleased', { executionId: by.releasedAs }));
  return true;
}

function eventOf(
  row: ExecutionRow,
  type: 'ToolExecutionQuarantined' | 'ToolExecutionReleased',
  data: Record<string, unknown> = {},
) {
  return {
    type,
    subjectType: 'execution' as const,
    subjectId: row.id,
    exceptionId: row.exception_id,
    data: { toolId: row.tool_id, toolName: row.tool_name, toolVersion: row.tool_version, ...data },
  };
}
