import { InterlockError } from '../../platform/error-codes.ts';
import { endQuarantine } from '../db/executions-quarantine.ts';
import type { Execution } from '../execution-schemas.ts';
import type { ExecuteTool } from './execute-tool.ts';
import type { ExecutionContext } from './execution-context.ts';
import { mustReadExecution } from './read-executions.ts';
import { type RerunRequest, rerunExecution } from './rerun-execution.ts';

/**
 * Executes a quarantined execution once more. The new execution is quarantined when it loses its first worker.
 * @returns the new execution, the same for simultaneous releases
 * @throws InterlockError `not_found`, `conflict` when it is not quarantined or belongs to a step; all of
 * `rerunExecution`, and then it stays quarantined
 */
export async function releaseExecution(
  context: ExecutionContext,
  executeTool: ExecuteTool,
  request: Omit<RerunRequest, 'idempotencyKey'>,
): Promise<Execution> {
  const { identity, executionId, requestId } = request;
  const row = await mustReadExecution(context, identity, executionId);
  if (!row.quarantined_at)
    throw new InterlockError('conflict', 'This execution is not quarantined. Nothing was done.');
  if (row.playbook_step_run_id)
    throw new InterlockError(
      'conflict',
      'This execution belongs to a step of a playbook run. Nothing was done. Retry the step instead.',
    );
  const execution = await rerunExecution(context, executeTool, {
    ...request,
    idempotencyKey: `release ${executionId}`,
  });
  const by = { actor: identity.actor, requestId, releasedAs: execution.id };
  await context.db.tenantTransaction(identity.tenantId, (connection) => endQuarantine(connection, row, by));
  return execution;
}
