import type { RunStatus } from '../../../../shared/playbooks/run-schemas.ts';
import type { Outputs } from '../../../api/trpc.ts';

type Run = Outputs['runs']['get'];

/** Has the run not ended? */
export const isRunOpen = (run: { status: RunStatus }): boolean =>
  run.status === 'running' || run.status === 'waiting';

/** The title of the step that a page shows after this one; undefined: there is none. */
export function nextTitle(
  { steps, currentSteps: [next] }: Pick<Run, 'steps' | 'currentSteps'>,
  stepId: string,
): string | undefined {
  return next === stepId ? undefined : steps.find(({ id }) => id === next)?.title;
}
