import type { RunStatus } from '../../../shared/pure/playbook-schemas.ts';
import { Status, type StatusKind } from '../../components/status.tsx';

const kinds: Record<RunStatus, { kind: StatusKind; word?: string }> = {
  running: { kind: 'running' },
  waiting: { kind: 'waiting' },
  completed: { kind: 'succeeded', word: 'Completed' },
  failed: { kind: 'failed' },
  cancelled: { kind: 'cancelled' },
};

/** How a playbook run stands; one that is held says so. */
export function RunStatusMark(props: { run: { status: RunStatus; paused: object | null } }) {
  const isOver = () => ['completed', 'failed', 'cancelled'].includes(props.run.status);
  return (
    <Status
      kind={props.run.paused && !isOver() ? 'requested' : kinds[props.run.status].kind}
      word={props.run.paused && !isOver() ? 'Paused' : kinds[props.run.status].word}
    />
  );
}
