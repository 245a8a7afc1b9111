import type { BatchCallStatus, BatchStatus } from '../../../../shared/batches/batch-schemas.ts';
import type { Outputs } from '../../../api/trpc.ts';
import type { StatusKind } from '../../../kit/status.tsx';
import { t } from '../../../words/words.ts';

export type Batch = Outputs['batches']['get'];
export type BatchCall = Batch['calls'][number];
export type BatchRow = Outputs['batches']['list']['items'][number];

interface Shown {
  kind: StatusKind;
  word?: string;
}

export const batchShown: Record<BatchStatus, Shown> = {
  running: { kind: 'running' },
  paused: { kind: 'paused' },
  cancelling: { kind: 'running', word: t('Cancelling') },
  succeeded: { kind: 'succeeded' },
  failed: { kind: 'failed' },
  cancelled: { kind: 'cancelled' },
};

export const callShown: Record<BatchCallStatus, Shown> = {
  pending: { kind: 'pending', word: t('Not started') },
  waiting: { kind: 'waiting', word: t('Waiting for approval') },
  running: { kind: 'running' },
  succeeded: { kind: 'succeeded' },
  failed: { kind: 'failed' },
  skipped: { kind: 'skipped' },
  cancelled: { kind: 'cancelled' },
};

export const isOpen = ({ status }: Pick<BatchRow, 'status'>): boolean =>
  status === 'running' || status === 'cancelling';

/** Calls that need nothing more. */
export const endedCalls = ({ succeeded, failed, skipped, cancelled }: BatchRow['counts']): number =>
  succeeded + failed + skipped + cancelled;

/** "12 of 200 ended, 1 failed" */
export function progressWords({ counts }: Pick<BatchRow, 'counts'>): string {
  return counts.failed > 0
    ? t`${endedCalls(counts)} of ${counts.total} ended, ${counts.failed} failed`
    : t`${endedCalls(counts)} of ${counts.total} ended`;
}
