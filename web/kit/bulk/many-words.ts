import { counted, t } from '../../words/words.ts';
import { formatList } from '../format.ts';

type Result = 'done' | 'already_done' | 'changed' | 'refused' | 'not_sent';

/** What became of many: "46 completed, 2 already completed by Ana, 1 changed since the preview" */
export function manyWords(
  items: readonly { result: Result; by: string | null }[],
  words: { done: (of: number) => string; already: (of: number, by: string) => string },
): string {
  const count = (result: Result) => items.filter((item) => item.result === result).length;
  const byOthers = Map.groupBy(
    items.filter(({ result }) => result === 'already_done'),
    ({ by }) => by ?? t('someone else'),
  );
  const said = (result: Result, of: (count: number) => string) =>
    count(result) > 0 ? [of(count(result))] : [];
  return formatList([
    ...said('done', words.done),
    ...[...byOthers].map(([by, of]) => words.already(of.length, by)),
    ...said('changed', (of) => counted(of, '{0} changed since the preview|{0} changed since the preview')),
    ...said('refused', (of) => counted(of, '{0} refused|{0} refused')),
    ...said('not_sent', (of) => counted(of, '{0} not sent|{0} not sent')),
  ]);
}
