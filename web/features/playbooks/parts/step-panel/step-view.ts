import type { Outputs } from '../../../../api/trpc.ts';

/** A step of a run, as the signed-in person sees it. */
export type StepView = Outputs['runs']['step'];

export const isOpenStep = (step: Pick<StepView, 'status'>): boolean =>
  step.status === 'waiting' || step.status === 'outcome_unknown';
