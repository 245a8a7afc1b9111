import { exceptionLabel } from '../../../shared/exceptions/exception-number.ts';
import type { Severity } from '../../../shared/exceptions/exception-schemas.ts';
import type { InboxSort } from '../../../shared/playbooks/inbox-sorts.ts';
import type { Outputs } from '../../api/trpc.ts';
import { t } from '../../words/words.ts';
import { severityWords } from '../exceptions/parts/exception-words.ts';

type Item = Outputs['inbox']['list']['items'][number];

const day = 86_400_000;
const dueOf = (item: Item) => ('execution' in item ? item.execution.dueAt : item.step.dueAt);
const sinceOf = (item: Item) => ('execution' in item ? item.execution.createdAt : item.step.openedAt);
export const severityOf = ({ exception }: Item) => (exception?.severity as Severity | undefined) ?? null;
const isOverdue = (item: Item, now: number) => Date.parse(dueOf(item) ?? '') < now;

/** The heading of each order under which an item stands. Items under one heading follow each other. */
const headings: Record<InboxSort, (item: Item, now: number) => string> = {
  urgency: (item, now) =>
    severityOf(item) !== 'critical' && isOverdue(item, now) ? t('Overdue') : bySeverity(item),
  severity: bySeverity,
  case: ({ exception }) =>
    exception ? `${exceptionLabel(exception.number)} ${exception.title}` : t('Without exception'),
  due: (item, now) => {
    const due = dueOf(item);
    if (!due) return t('No due date');
    if (isOverdue(item, now)) return t('Overdue');
    return Date.parse(due) < now + day ? t('Due in a day') : t('Due later');
  },
  age: (item, now) => {
    const age = now - Date.parse(sinceOf(item) ?? '');
    if (age > 7 * day) return t('Waiting for more than a week');
    return age > day ? t('Waiting for more than a day') : t('New in the last day');
  },
};

function bySeverity(item: Item): string {
  const severity = severityOf(item);
  return severity ? severityWords[severity] : t('Without exception');
}

/** The heading before each item that begins a group; none if all are of one group. */
export function groupHeadings(items: readonly Item[], sort: InboxSort, now = Date.now()): (string | null)[] {
  const all = items.map((item) => headings[sort](item, now));
  if (new Set(all).size < 2) return all.map(() => null);
  return all.map((heading, at) => (heading === all[at - 1] ? null : heading));
}
