import type { Counts, PersonSearch, PlaceName } from '../../../../shared/erasure/person-schemas.ts';
import type { StatusKind } from '../../../kit/status.tsx';

/** One record and several, in the order in which they are shown. */
const words: Record<PlaceName, [one: string, several: string]> = {
  exceptions: ['exception', 'exceptions'],
  comments: ['comment', 'comments'],
  links: ['link', 'links'],
  editors: ['author of an exception', 'authors of exceptions'],
  views: ['saved view', 'saved views'],
  executions: ['execution', 'executions'],
  attempts: ['attempt', 'attempts'],
  approvals: ['approval', 'approvals'],
  votes: ['vote', 'votes'],
  runs: ['playbook run', 'playbook runs'],
  steps: ['step', 'steps'],
  completions: ['completed step', 'completed steps'],
  notices: ['message', 'messages'],
  batches: ['batch', 'batches'],
  undos: ['undo', 'undos'],
  schedules: ['schedule', 'schedules'],
  deliveries: ['webhook delivery', 'webhook deliveries'],
  definitions: ['version of a tool, playbook or policy', 'versions of tools, playbooks and policies'],
  credentials: ['credential', 'credentials'],
  settings: ['setting', 'settings'],
  written: ['text in a definition or setting', 'texts in definitions and settings'],
  events: ['event', 'events'],
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
  searching: { kind: 'running', word: 'Searching' },
  found: { kind: 'succeeded', word: 'Searched' },
  erasing: { kind: 'running', word: 'Erasing' },
  erased: { kind: 'succeeded', word: 'Erased' },
  expired: { kind: 'cancelled', word: 'Expired' },
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
