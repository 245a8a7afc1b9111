import { t } from '../../../words/words.ts';
import { type BatchRow, endedCalls, progressWords } from './batch-words.ts';

/** How far a batch is, as a bar with its words. */
export function Progress(props: { batch: Pick<BatchRow, 'counts'> }) {
  const counts = () => props.batch.counts;
  const width = (count: number) => `${(100 * count) / Math.max(1, counts().total)}%`;
  return (
    <div class="flex flex-col gap-1">
      <div
        role="progressbar"
        aria-label={t('Calls that have ended')}
        aria-valuemin={0}
        aria-valuemax={counts().total}
        aria-valuenow={endedCalls(counts())}
        aria-valuetext={progressWords(props.batch)}
        class="flex h-2 overflow-hidden rounded-sm bg-sunken"
      >
        <span class="bg-succeeded" style={{ width: width(counts().succeeded) }} />
        <span class="bg-failed" style={{ width: width(counts().failed) }} />
        <span class="bg-cancelled" style={{ width: width(counts().skipped + counts().cancelled) }} />
        <span class="bg-running" style={{ width: width(counts().running) }} />
      </div>
      <p class="text-muted text-sm tabular-nums">{progressWords(props.batch)}</p>
    </div>
  );
}
