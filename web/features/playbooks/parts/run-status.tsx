import { runKind, Status } from '../../../kit/status.tsx';
import { isRunOpen } from './run-state.ts';

type Shown = Parameters<typeof runKind>[0];

/** The status of a run; a run that has ended is no longer paused. */
export const RunStatusMark = (props: { run: Shown }) => (
  <Status
    kind={runKind(isRunOpen(props.run) ? props.run : { ...props.run, paused: null })}
    word={props.run.status === 'completed' ? 'Completed' : undefined}
  />
);
