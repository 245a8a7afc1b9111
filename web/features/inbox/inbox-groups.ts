import { exceptionLabel } from '../../../shared/exceptions/exception-number.ts';
import type { Severity } from '../../../shared/exceptions/exception-schemas.ts';
import { type InboxGrouping, type InboxSort, noGroup } from '../../../shared/playbooks/inbox-sorts.ts';
import type { Outputs } from '../../api/trpc.ts';
import { t } from '../../words/words.ts';
import { severityWords } from '../exceptions/parts/exception-words.ts';
import { stepTypeWord } from '../playbooks/parts/playbook-words.ts';

type Item = Outputs['inbox']['list']['items'][number];
type Group = Outputs['inbox']['groups']['items'][number];

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

/** A heading of the list. */
export interface Heading {
  label: string;
  /** Of a group, which can be closed. */
  key?: string;
  count?: number;
  overdue?: number;
  closed?: boolean;
}

/** The headings before each item: one where another part of the order begins; none if all are of one. */
export function orderHeadings(items: readonly Item[], sort: InboxSort, now = Date.now()): Heading[][] {
  const all = items.map((item) => headings[sort](item, now));
  if (new Set(all).size < 2) return all.map(() => []);
  return all.map((label, at) => (label === all[at - 1] ? [] : [{ label }]));
}

/** The group of an item, as the server names it. */
const groupKeys: Record<InboxGrouping, (item: Item, now: number) => string> = {
  case: ({ exception }) => exception?.id ?? noGroup,
  playbook: (item) => ('execution' in item ? noGroup : item.run.playbookId),
  severity: (item) => severityOf(item) ?? noGroup,
  age: (item, now) => {
    const age = now - Date.parse(sinceOf(item) ?? '');
    return age > 7 * day ? 'week' : age > day ? 'day' : 'new';
  },
  type: (item) => ('execution' in item ? 'execution' : item.step.type),
};
export const groupOf = (item: Item, group: InboxGrouping, now = Date.now()): string =>
  groupKeys[group](item, now);

const ageWords: Record<string, string> = {
  week: t('Waiting for more than a week'),
  day: t('Waiting for more than a day'),
  new: t('New in the last day'),
};
/** What a group is called where its key says it. */
const groupWords: Record<InboxGrouping, (key: string) => string> = {
  case: () => t('Without exception'),
  playbook: () => t('Executions to approve'),
  severity: (key) => severityWords[key as Severity] ?? t('Without exception'),
  age: (key) => ageWords[key] ?? key,
  type: (key) => (key === 'execution' ? t('Approve an execution') : stepTypeWord(key)),
};

/**
 * The headings before each item, and after the last one: each group with its count, closed ones in their place.
 * @param groups in the order of the list
 */
export function groupHeadings(
  items: readonly Item[],
  grouping: InboxGrouping,
  { groups, closed, hasMore }: { groups: readonly Group[]; closed: ReadonlySet<string>; hasMore: boolean },
  now = Date.now(),
): Heading[][] {
  const headingOf = ({ key, label, count, overdue }: Group): Heading => ({
    key,
    label: label ?? groupWords[grouping](key),
    count,
    overdue,
    closed: closed.has(key),
  });
  const places = new Map(groups.map(({ key }, at) => [key, at]));
  let next = 0;
  let last: string | undefined;
  const found = items.map((item) => {
    const key = groupOf(item, grouping, now);
    if (key === last) return [];
    last = key;
    const at = places.get(key) ?? next;
    const before = groups.slice(next, at).filter((group) => closed.has(group.key));
    const own = groups[at]?.key === key ? groups[at] : { key, label: null, count: 0, overdue: 0 };
    next = Math.max(next, at + 1);
    return [...before, own].map(headingOf);
  });
  const rest = hasMore ? [] : groups.slice(next).filter((group) => closed.has(group.key));
  return [...found, rest.map(headingOf)];
}
