import { InterlockError } from '../../platform/error-codes.ts';
import { eachOf } from '../../platform/server/each-of.ts';
import type { BulkItem, ItemResult } from '../bulk-schemas.ts';
import { assignStep, claimStep, newAssignee, releaseStep } from './assign-step.ts';
import type { StepRef } from './find-step.ts';
import type { RunChange } from './run-context.ts';

/** How many steps of one request are changed at the same time. */
const atOnce = 8;
/** Requests beyond this size are looked at one by one. */
export const mostShownBytes = 32_768;

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
export const eachStep = <Ref extends StepRef>(
  items: readonly Ref[],
  change: (ref: Ref) => Promise<unknown>,
  refused?: (ref: Ref, error: InterlockError) => Promise<Partial<BulkItem>>,
): Promise<BulkItem[]> => eachItem(items, ({ runId, stepId }) => ({ runId, stepId }), change, refused);

/** @param name what the result of an item is called by */
export function eachItem<Item, Name extends object>(
  items: readonly Item[],
  name: (item: Item) => Name,
  change: (item: Item) => Promise<unknown>,
  refused: (item: Item, error: InterlockError) => Promise<Partial<ItemResult>> = async () => ({}),
): Promise<(Name & ItemResult)[]> {
  return eachOf(items, atOnce, async (item) => {
    const none = { ...name(item), code: null, message: null, by: null };
    try {
      await change(item);
      return { ...none, result: 'done' };
    } catch (error) {
      if (!(error instanceof InterlockError) || error.code === 'internal') throw error;
      const result = error.code === 'unavailable' ? 'not_sent' : 'refused';
      const { code, message } = error;
      return { ...none, result, code, message, ...(await refused(item, error)) };
    }
  });
}
