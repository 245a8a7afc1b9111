import type { RunStatus, StepState } from '../../../../shared/playbooks/run-schemas.ts';

/** Which runs the Runs tab shows, as its URL says. */
export interface RunSearch {
  status?: RunStatus | 'open' | undefined;
  runVersion?: string | undefined;
  step?: string | undefined;
  state?: StepState | undefined;
  since?: string | undefined;
  until?: string | undefined;
}
