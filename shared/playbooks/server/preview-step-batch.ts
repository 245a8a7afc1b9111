import type { BatchPreview } from '../../batches/batch-schemas.ts';
import { previewBatch } from '../../batches/server/create-batch.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { findStep, type StepRef } from './find-step.ts';
import type { RunRead } from './run-context.ts';
import { outcomesNow, refusedByState } from './step-rules.ts';
import { runnerOf } from './step-runners.ts';
import { refuseIf } from './step-subject.ts';

/**
 * Every request that completing a step with many calls would send, redacted, and what the policies say about it.
 * @throws InterlockError `not_found`, `invalid_input`, `denied`, `rate_limited`, or `conflict` when the step has no batch, is
 * not reached or not open
 */
export async function previewStepBatch({ services, identity }: RunRead, ref: StepRef): Promise<BatchPreview> {
  const { run, step, row } = await findStep(services, identity.tenantId, ref);
  const runner = runnerOf(step);
  if (!runner.batchRequest) throw new InterlockError('conflict', 'This step makes no batch.');
  refuseIf(refusedByState(run, row));
  const outcome = outcomesNow(step, row).find(({ byDefault }) => byDefault)?.id ?? '';
  const input = await runner.batchRequest(step, { context: services, run, row, outcome });
  if (!input) throw new InterlockError('conflict', 'Its calls cannot be made now. Look at the step.');
  return previewBatch({ services, identity }, input);
}
