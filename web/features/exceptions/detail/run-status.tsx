import { runKind, Status } from '../../../kit/status.tsx';
import { isRunOpen } from './next-action.ts';

type Shown = Parameters<typeof runKind>[0];

/** How a playbook run stands; one that is over is not held any more. */
export const RunStatusMark = (props: { run: Shown }) => (
  <Status
    kind={runKind(isRunOpen(props.run) ? props.run : { ...props.run, paused: null })}
    word={props.run.status === 'completed' ? 'Completed' : undefined}
  />
);
