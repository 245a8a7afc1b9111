import { InterlockError } from '../../platform/error-codes.ts';
import { eachOf } from '../../platform/server/each-of.ts';
import type { BulkItem } from '../bulk-schemas.ts';
import { assignStep, claimStep, newAssignee, releaseStep } from './assign-step.ts';
import type { StepRef } from './find-step.ts';
import type { RunChange } from './run-context.ts';

/** How many steps of one request are changed at the same time. */
const atOnce = 8;

export interface BulkSteps {
  items: readonly StepRef[];
}

/** Claims steps, each by itself. @returns what became of each */
export function claimSteps(
  context: RunChange,
  { items, takeOver }: BulkSteps & { takeOver: boolean },
): Promise<BulkItem[]> {
  return eachStep(items, (ref) => claimStep(context, { ...ref, takeOver }));
}

/** Releases steps, each by itself. */
export function releaseSteps(context: RunChange, { items }: BulkSteps): Promise<BulkItem[]> {
  return eachStep(items, (ref) => releaseStep(context, ref));
}

/** Assigns steps to one role or person, each by itself. @throws InterlockError `invalid_input`; then nothing was done */
export async function assignSteps(
  context: RunChange,
  {
    items,
    ...to
  }: BulkSteps & { role?: string | undefined; user?: string | undefined; reason?: string | undefined },
): Promise<BulkItem[]> {
  newAssignee(to);
  return eachStep(items, (ref) => assignStep(context, { ...ref, ...to }));
}

/** Does the same to each step; what is refused does not stop the others. */
export function eachStep<Ref extends StepRef>(
  items: readonly Ref[],
  change: (ref: Ref) => Promise<unknown>,
  refused: (ref: Ref, error: InterlockError) => Promise<Partial<BulkItem>> | Partial<BulkItem> = () => ({}),
): Promise<BulkItem[]> {
  return eachOf(items, atOnce, async (ref) => {
    const { runId, stepId } = ref;
    const none = { runId, stepId, code: null, message: null, by: null };
    try {
      await change(ref);
      return { ...none, result: 'done' };
    } catch (error) {
      if (!(error instanceof InterlockError) || error.code === 'internal') throw error;
      const result = error.code === 'unavailable' ? 'not_sent' : 'refused';
      const { code, message } = error;
      return { ...none, result, code, message, ...(await refused(ref, error)) };
    }
  });
}
