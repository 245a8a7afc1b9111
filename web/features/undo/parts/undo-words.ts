import type { UndoItemStatus, UndoSeriesStatus } from '../../../../shared/undo/undo-schemas.ts';
import type { Outputs } from '../../../api/trpc.ts';
import type { StatusKind } from '../../../kit/status.tsx';
import { counted, t } from '../../../words/words.ts';

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
  running: { kind: 'running', word: t('In progress') },
  stopped: { kind: 'paused', word: t('Stopped') },
  succeeded: { kind: 'succeeded', word: t('Ended') },
};

const shown: Record<UndoItemStatus, Shown> = {
  pending: { kind: 'pending', word: t('Not begun') },
  running: { kind: 'running', word: t('In progress') },
  undone: { kind: 'succeeded', word: t('Undone') },
  failed: { kind: 'failed', word: t('Failed') },
  cannot: { kind: 'skipped', word: t('Stays') },
  skipped: { kind: 'skipped', word: t('Passed over') },
};

export const itemShown = ({ status, undoneBy }: UndoItem): Shown =>
  status === 'running' && undoneBy?.needsApproval
    ? { kind: 'waiting', word: t('Waiting for approval') }
    : shown[status];

/** "3 will be undone, 1 cannot be. 2 of them wait for an approval." */
export function countWords({ possible, cannot, approvals }: UndoSeriesPreview['counts']): string {
  const waits =
    approvals === 0
      ? ''
      : counted(approvals, '{0} of them waits for an approval.|{0} of them wait for an approval.');
  const done =
    cannot === 0 ? t`${possible} will be undone.` : t`${possible} will be undone, ${cannot} cannot be.`;
  return `${done} ${waits}`.trim();
}
