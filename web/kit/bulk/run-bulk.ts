import { toApiError } from '../../api/api-error.ts';
import { t } from '../../words/words.ts';

/** What became of an action on several rows. */
export interface BulkResult<Row> {
  done: readonly Row[];
  /** In the words of the server. */
  refused: readonly { row: Row; why: string }[];
  /** A person stopped it before these. */
  left: readonly Row[];
}

/** One row after the other; a row that is refused does not stop the others. */
export async function runBulk<Row>(
  rows: readonly Row[],
  run: (row: Row) => Promise<unknown>,
  progress: { onDone: (count: number) => void; stopped: () => boolean },
): Promise<BulkResult<Row>> {
  const done: Row[] = [];
  const refused: { row: Row; why: string }[] = [];
  for (const [index, row] of rows.entries()) {
    if (progress.stopped()) return { done, refused, left: rows.slice(index) };
    try {
      await run(row);
      done.push(row);
    } catch (error) {
      refused.push({ row, why: toApiError(error).message });
    }
    progress.onDone(index + 1);
  }
  return { done, refused, left: [] };
}

/** "7 done, 1 refused, 2 not tried". */
export function resultWords({ done, refused, left }: BulkResult<unknown>): string {
  return [
    t`${done.length} done`,
    ...(refused.length > 0 ? [t`${refused.length} refused`] : []),
    ...(left.length > 0 ? [t`${left.length} not tried`] : []),
  ].join(', ');
}
