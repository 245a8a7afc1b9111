import type { RunStatus } from '../../../../shared/playbooks/run-schemas.ts';

/** Has the run not ended? */
export const isRunOpen = (run: { status: RunStatus }): boolean =>
  run.status === 'running' || run.status === 'waiting';
