import type { StepStatus } from '../../../../shared/playbooks/run-schemas.ts';
import type { StatusKind } from '../../../kit/status.tsx';

/** How the status of a step is shown. */
export function stepKind(step: { status: StepStatus; notTaken?: object | null }): StatusKind {
  if (step.notTaken) return 'skipped';
  if (step.status === 'completed') return 'succeeded';
  return step.status === 'outcome_unknown' ? 'unknown' : step.status;
}
