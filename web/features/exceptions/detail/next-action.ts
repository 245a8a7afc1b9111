import type { Outputs } from '../../../api/trpc.ts';

type Exception = Outputs['exceptions']['get'];
type Run = Outputs['runs']['get'];

export type NextAction =
  | { kind: 'step'; runId: string; stepId: string; title: string }
  | { kind: 'start' }
  | { kind: 'resolve' }
  | { kind: 'reopen' }
  /** Someone else has to act, or a tool is running. */
  | { kind: 'none' };

/** Steps that wait for a person, in the order of the playbook. */
export const openSteps = (run: Run) =>
  run.steps.filter((step) => step.status === 'waiting' || step.status === 'outcome_unknown');

/** The step that is shown by default: mine, otherwise the first that waits or runs. */
export const currentStep = (run: Run) => {
  const open = openSteps(run);
  return (
    open.find((step) => step.mayComplete) ?? open[0] ?? run.steps.find((step) => step.status === 'running')
  );
};

/** The next thing that the signed-in person can do. */
export function nextAction(at: {
  exception: Pick<Exception, 'status'>;
  /** The latest open run. */
  run: Run | undefined;
  /** Does a published playbook match? */
  canStart: boolean;
  mayWrite: boolean;
}): NextAction {
  if (at.exception.status === 'resolved') return at.mayWrite ? { kind: 'reopen' } : { kind: 'none' };
  const mine = at.run && !at.run.paused ? openSteps(at.run).find((step) => step.mayComplete) : undefined;
  if (mine) return { kind: 'step', runId: mine.runId, stepId: mine.id, title: mine.title };
  if (at.run) return { kind: 'none' };
  if (at.canStart) return { kind: 'start' };
  return at.mayWrite ? { kind: 'resolve' } : { kind: 'none' };
}
