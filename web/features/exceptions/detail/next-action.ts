import type { Outputs } from '../../../api/trpc.ts';

type Exception = Outputs['exceptions']['get'];
type Run = Outputs['runs']['get'];

export type NextAction =
  | { kind: 'step'; runId: string; stepId: string; title: string }
  | { kind: 'start' }
  | { kind: 'resolve' }
  | { kind: 'reopen' }
  /** Somebody else has to act, or a machine is at it. */
  | { kind: 'none' };

export const isRunOpen = (run: Pick<Run, 'status'>): boolean =>
  run.status === 'running' || run.status === 'waiting';

/** Steps that somebody has to look at now, in the order of the playbook. */
export const openSteps = (run: Run) =>
  run.steps.filter((step) => step.status === 'waiting' || step.status === 'outcome_unknown');

/** The step that is shown when nobody has chosen one: mine, else the first that waits or runs. */
export const currentStep = (run: Run) => {
  const open = openSteps(run);
  return (
    open.find((step) => step.mayComplete) ?? open[0] ?? run.steps.find((step) => step.status === 'running')
  );
};

/** The one next thing to do on an exception, for whoever looks at it. */
export function nextAction(at: {
  exception: Pick<Exception, 'status'>;
  /** The latest run that is not over. */
  run: Run | undefined;
  /** Is there a published playbook that fits? */
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
