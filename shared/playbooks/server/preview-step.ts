import type { Preview } from '../../executions/preview-schemas.ts';
import { previewOf } from '../../executions/server/preview-call.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import { stepOutcomes } from '../steps/registry.ts';
import { findStep, type StepRef } from './find-step.ts';
import type { RunRead } from './run-context.ts';
import { runnerOf } from './step-runners.ts';

/**
 * The request that completing a step would send, redacted.
 * @throws InterlockError `not_found`, `invalid_input`, `rate_limited`, or `conflict` when the step calls no tool or is not
 * reached
 */
export async function previewStep(
  { services, identity }: RunRead,
  { input, ...ref }: StepRef & { input?: JsonValue | undefined },
): Promise<Preview> {
  const { run, step, row } = await findStep(services, identity.tenantId, ref);
  services.previewLimits.beforePreview(identity, row.id);
  const outcome = stepOutcomes(step).find(({ byDefault }) => byDefault)?.id ?? '';
  const chosen = { context: services, run, row, outcome, sent: input };
  const request = await runnerOf(step).toolRequest?.(step, chosen);
  if (!request) throw new InterlockError('conflict', 'This step calls no tool.');
  return previewOf(services, request.tool, request.payload, identity.roles);
}
