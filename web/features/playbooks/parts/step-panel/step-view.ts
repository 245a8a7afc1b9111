import type { Outputs } from '../../../../api/trpc.ts';

/** A step of a run, as the signed-in person sees it. */
export type StepView = Outputs['runs']['step'];

/** One way to complete it. */
export type Outcome = StepView['outcomes'][number];

export const isOpenStep = (step: Pick<StepView, 'status'>): boolean =>
  step.status === 'waiting' || step.status === 'outcome_unknown';

/** Everything that someone decides on; not who works on it and when it is due. */
export function materialOf(step: StepView): string {
  const { claimedBy, waitingOn, assignee, dueAt, reminded, escalated, mayNot, ...material } = step;
  return JSON.stringify(material);
}
