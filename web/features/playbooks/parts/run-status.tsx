import type { RunStatus } from '../../../../shared/playbooks/run-schemas.ts';
import { Status, type StatusKind } from '../../../kit/status.tsx';
import { t } from '../../../words/words.ts';
import { isRunOpen } from './run-state.ts';

/** The status of a run; a run that has ended is no longer paused. */
export const RunStatusMark = (props: {
  run: { status: RunStatus; paused: object | null };
  announced?: string;
}) => (
  <Status
    announced={props.announced}
    kind={runKind(props.run)}
    word={props.run.status === 'completed' ? t('Completed') : undefined}
  />
);

function runKind(run: { status: RunStatus; paused: object | null }): StatusKind {
  if (run.paused && isRunOpen(run)) return 'paused';
  return run.status === 'completed' ? 'succeeded' : run.status;
}
