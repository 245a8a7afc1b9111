import type { Counts, PersonSearch, PlaceName } from '../../../../shared/erasure/person-schemas.ts';
import type { StatusKind } from '../../../kit/status.tsx';
import { t } from '../../../words/words.ts';

/** One record and several, in the order in which they are shown. */
const words: Record<PlaceName, [one: string, several: string]> = {
  exceptions: [t('exception'), t('exceptions')],
  comments: [t('comment'), t('comments')],
  links: [t('link'), t('links')],
  editors: [t('author of an exception'), t('authors of exceptions')],
  views: [t('saved view'), t('saved views')],
  executions: [t('execution'), t('executions')],
  attempts: [t('attempt'), t('attempts')],
  approvals: [t('approval'), t('approvals')],
  votes: [t('vote'), t('votes')],
  runs: [t('playbook run'), t('playbook runs')],
  steps: [t('step'), t('steps')],
  completions: [t('completed step'), t('completed steps')],
  notices: [t('message'), t('messages')],
  batches: [t('batch'), t('batches')],
  undos: [t('undo'), t('undos')],
  schedules: [t('schedule'), t('schedules')],
  deliveries: [t('webhook delivery'), t('webhook deliveries')],
  definitions: [t('version of a tool, playbook or policy'), t('versions of tools, playbooks and policies')],
  credentials: [t('credential'), t('credentials')],
  settings: [t('setting'), t('settings')],
  written: [t('text in a definition or setting'), t('texts in definitions and settings')],
  events: [t('event'), t('events')],
};
const order = Object.keys(words) as PlaceName[];
const number = new Intl.NumberFormat('en');

/** "2 executions", a line for each place that has some. */
export const countLines = (counts: Counts): string[] =>
  order.flatMap((place) => {
    const count = counts[place] ?? 0;
    return count === 0 ? [] : [`${number.format(count)} ${words[place][count === 1 ? 0 : 1]}`];
  });

/** What can be erased: what people wrote into definitions is changed by hand. */
export function erasable({ found }: PersonSearch): Counts {
  const { written: _written, ...others } = found;
  return others;
}

export const stateOf: Record<PersonSearch['status'], { kind: StatusKind; word: string }> = {
  searching: { kind: 'running', word: t('Searching') },
  found: { kind: 'succeeded', word: t('Searched') },
  erasing: { kind: 'running', word: t('Erasing') },
  erased: { kind: 'succeeded', word: t('Erased') },
  expired: { kind: 'cancelled', word: t('Expired') },
};

/** Whom a search is about: what has to be typed before an erasure. */
export const nameOf = ({ about, pseudonym }: PersonSearch): string =>
  about?.account?.name ?? about?.values[0] ?? pseudonym;

/** "ana@a.example, +49 170 1234567" beside the name. */
export function alsoKnownAs({ about }: PersonSearch): string {
  if (!about) return '';
  const { account, values } = about;
  return [...(account?.email ? [account.email] : []), ...(account ? values : values.slice(1))].join(', ');
}
