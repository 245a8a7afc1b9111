import type { Outputs } from '../../api/trpc.ts';

export type Item = Outputs['inbox']['list']['items'][number];
export type StepItem = Extract<Item, { step: unknown }>;
/** A step of a run. */
export interface StepRef {
  runId: string;
  stepId: string;
}

/** `execution` is the id of no run. */
export const keyOf = (item: Item): string =>
  'execution' in item ? `execution~${item.execution.id}` : `${item.run.id}~${item.step.id}`;

export const stepItem = (item: Item): StepItem | undefined => ('step' in item ? item : undefined);
/** The same for steps that can be completed together, and for executions of one tool. */
export const alikeOf = (item: Item): string =>
  'execution' in item
    ? `execution~${item.execution.toolId}`
    : `${item.run.playbookId}~${item.run.playbookVersion}~${item.step.id}`;
export const refOf = ({ run, step }: StepItem): StepRef => ({ runId: run.id, stepId: step.id });

/**
 * The rows as they are now, with those that were on screen and no longer wait where they were: others act on them at any time, and
 * nothing moves under a finger. @param gone keys of rows that may go
 */
export function mergeRows(before: readonly Item[], now: readonly Item[], gone: ReadonlySet<string>): Item[] {
  const waiting = new Set(now.map(keyOf));
  const stay = before.filter((item) => !waiting.has(keyOf(item)) && !gone.has(keyOf(item)));
  if (stay.length === 0) return [...now];
  const rows = [...now];
  for (const item of stay) {
    // After the nearest row before it that is still here.
    const above = before.slice(0, before.indexOf(item)).toReversed();
    const neighbour = above.find((each) => rows.some((row) => keyOf(row) === keyOf(each)));
    const at = neighbour ? rows.findIndex((row) => keyOf(row) === keyOf(neighbour)) + 1 : 0;
    rows.splice(at, 0, item);
  }
  return rows;
}
