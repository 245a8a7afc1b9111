import type { UndoItemStatus, UndoSeriesStatus } from '../../../../shared/undo/undo-schemas.ts';
import type { Outputs } from '../../../api/trpc.ts';
import type { StatusKind } from '../../../kit/status.tsx';

export type UndoSeries = Outputs['batches']['get']['undo'][number];
export type UndoItem = UndoSeries['items'][number];
export type UndoSeriesPreview = Outputs['batches']['previewUndo'];

/** A batch or a run: what undoes it is asked in the same way. */
export type UndoSource = 'batches' | 'runs';

interface Shown {
  kind: StatusKind;
  word: string;
}

export const seriesShown: Record<UndoSeriesStatus, Shown> = {
  running: { kind: 'running', word: 'In progress' },
  stopped: { kind: 'paused', word: 'Stopped' },
  succeeded: { kind: 'succeeded', word: 'Ended' },
};

const shown: Record<UndoItemStatus, Shown> = {
  pending: { kind: 'pending', word: 'Not begun' },
  running: { kind: 'running', word: 'In progress' },
  undone: { kind: 'succeeded', word: 'Undone' },
  failed: { kind: 'failed', word: 'Failed' },
  cannot: { kind: 'skipped', word: 'Stays' },
  skipped: { kind: 'skipped', word: 'Passed over' },
};

export const itemShown = ({ status, undoneBy }: UndoItem): Shown =>
  status === 'running' && undoneBy?.needsApproval
    ? { kind: 'waiting', word: 'Waiting for approval' }
    : shown[status];

/** "3 will be undone, 1 cannot be. 2 of them wait for an approval." */
export function countWords({ possible, cannot, approvals }: UndoSeriesPreview['counts']): string {
  const waits =
    approvals === 0 ? '' : ` ${approvals} of them ${approvals === 1 ? 'waits' : 'wait'} for an approval.`;
  const stays = cannot === 0 ? '' : `, ${cannot} cannot be`;
  return `${possible} will be undone${stays}.${waits}`;
}
