import type { ReadContext } from '../../events/server/change-context.ts';
import { settleUnknown, type UnknownSettlement } from '../../executions/db/executions-unknown.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import { readDecidingStep, readStepOfBatch, type StepRow } from '../db/step-runs.ts';

/**
 * An execution of a playbook's step is settled on the step, so that row and step agree.
 * @throws InterlockError `conflict` with `details: {runId, stepId}` while a step waits for the outcome of the execution
 */
export async function refuseWhileStepDecides(
  { services, identity }: ReadContext,
  executionId: string,
): Promise<void> {
  if (!isUuid(executionId)) return;
  const step = await services.db.tenant(identity.tenantId, (connection) =>
    readDecidingStep(connection, executionId),
  );
  if (!step) return;
  throw new InterlockError(
    'conflict',
    `The step "${step.title}" of a playbook run waits for this outcome. Settle it on the step.`,
    { details: { runId: step.run_id, stepId: step.step_id } },
  );
}

/**
 * The batch of a playbook's step is retried on the step, which would not learn of it otherwise.
 * @throws InterlockError `conflict` with `details: {runId, stepId}` while a step waits for a decision about the batch
 */
export async function refuseBatchWhileStepDecides(
  { services, identity }: ReadContext,
  batchId: string,
): Promise<void> {
  if (!isUuid(batchId)) return;
  const step = await services.db.tenant(identity.tenantId, (connection) =>
    readStepOfBatch(connection, batchId),
  );
  if (!step) return;
  throw new InterlockError(
    'conflict',
    `The step "${step.title}" of a playbook run waits for a decision about this batch. Nothing was sent. Retry it on the step.`,
    { details: { runId: step.run_id, stepId: step.step_id } },
  );
}

/** The step's last call, settled as the step is; call it in the transaction of the step's change. */
export async function settleCallOf(
  connection: TenantConnection,
  { execution_ids }: StepRow,
  settlement: Omit<UnknownSettlement, 'at'>,
): Promise<void> {
  const last = execution_ids.at(-1);
  if (last) await settleUnknown(connection, last, { ...settlement, at: new Date().toISOString() }, null);
}
