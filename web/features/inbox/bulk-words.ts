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
  const said = (result: BulkResult, words: (of: number) => string) =>
    count(result) > 0 ? [words(count(result))] : [];
  return formatList([
    ...said('done', (of) => counted(of, '{0} completed|{0} completed')),
    ...[...byOthers].map(([by, of]) =>
      counted(of.length, '{0} already completed by {1}|{0} already completed by {1}', by),
    ),
    ...said('changed', (of) => counted(of, '{0} changed since the preview|{0} changed since the preview')),
    ...said('refused', (of) => counted(of, '{0} refused|{0} refused')),
    ...said('not_sent', (of) => counted(of, '{0} not sent|{0} not sent')),
  ]);
}
