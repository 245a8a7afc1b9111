import type { Counts, PersonSearch, PlaceName } from '../../../../shared/erasure/person-schemas.ts';
import type { StatusKind } from '../../../kit/status.tsx';
import { counted, t } from '../../../words/words.ts';

/** In the order in which they are shown. */
const words: Record<PlaceName, (count: number) => string> = {
  exceptions: (count) => counted(count, '{0} exception|{0} exceptions'),
  comments: (count) => counted(count, '{0} comment|{0} comments'),
  links: (count) => counted(count, '{0} link|{0} links'),
  editors: (count) => counted(count, '{0} author of an exception|{0} authors of exceptions'),
  views: (count) => counted(count, '{0} saved view|{0} saved views'),
  executions: (count) => counted(count, '{0} execution|{0} executions'),
  attempts: (count) => counted(count, '{0} attempt|{0} attempts'),
  approvals: (count) => counted(count, '{0} approval|{0} approvals'),
  votes: (count) => counted(count, '{0} vote|{0} votes'),
  runs: (count) => counted(count, '{0} playbook run|{0} playbook runs'),
  steps: (count) => counted(count, '{0} step|{0} steps'),
  completions: (count) => counted(count, '{0} completed step|{0} completed steps'),
  notices: (count) => counted(count, '{0} message|{0} messages'),
  batches: (count) => counted(count, '{0} batch|{0} batches'),
  undos: (count) => counted(count, '{0} undo|{0} undos'),
  schedules: (count) => counted(count, '{0} schedule|{0} schedules'),
  deliveries: (count) => counted(count, '{0} webhook delivery|{0} webhook deliveries'),
  definitions: (count) =>
    counted(count, '{0} version of a tool, playbook or policy|{0} versions of tools, playbooks and policies'),
  credentials: (count) => counted(count, '{0} credential|{0} credentials'),
  settings: (count) => counted(count, '{0} setting|{0} settings'),
  written: (count) =>
    counted(count, '{0} text in a definition or setting|{0} texts in definitions and settings'),
  events: (count) => counted(count, '{0} event|{0} events'),
};
const order = Object.keys(words) as PlaceName[];

/** "2 executions", a line for each place that has some. */
export const countLines = (counts: Counts): string[] =>
  order.flatMap((place) => {
    const count = counts[place] ?? 0;
    return count === 0 ? [] : [words[place](count)];
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
