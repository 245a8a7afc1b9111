import type { BulkItem, BulkResult } from '../../../shared/playbooks/bulk-schemas.ts';
import { formatList } from '../../kit/format.ts';
import { counted, t } from '../../words/words.ts';

/** "46 completed, 2 already completed by Ana, 1 changed since the preview" */
export function resultWords(items: readonly Pick<BulkItem, 'result' | 'by'>[]): string {
  const count = (result: BulkResult) => items.filter((item) => item.result === result).length;
  const byOthers = Map.groupBy(
    items.filter(({ result }) => result === 'already_done'),
    ({ by }) => by ?? t('someone else'),
  );
  const said = (of: number, words: string) => (of > 0 ? [counted(of, words)] : []);
  return formatList([
    ...said(count('done'), '{0} completed|{0} completed'),
    ...[...byOthers].map(([by, of]) =>
      counted(of.length, '{0} already completed by {1}|{0} already completed by {1}', by),
    ),
    ...said(count('changed'), '{0} changed since the preview|{0} changed since the preview'),
    ...said(count('refused'), '{0} refused|{0} refused'),
    ...said(count('not_sent'), '{0} not sent|{0} not sent'),
  ]);
}
