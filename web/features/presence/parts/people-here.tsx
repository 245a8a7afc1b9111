import { Key } from '@solid-primitives/keyed';
import { Hand, PencilLine } from 'lucide-solid';
import { Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { PresenceDoing } from '../../../../shared/presence/presence-kinds.ts';
import { formatList } from '../../../kit/format.ts';
import { counted, t } from '../../../words/words.ts';
import type { PersonHere } from './presence.ts';

const shownPeople = 4;

/** "AS" of Ana Silva. */
const initials = (name: string): string =>
  name
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => [...word][0] ?? '')
    .filter((_, index, all) => index === 0 || index === all.length - 1)
    .join('')
    .toUpperCase();

const doingWords: Readonly<Record<PresenceDoing, (count: number, names: string) => string>> = {
  looking: (count, names) => counted(count, '{1} has this open|{1} have this open', names),
  commenting: (count, names) => counted(count, '{1} is writing a comment|{1} are writing a comment', names),
  completing: (count, names) => counted(count, '{1} is completing this|{1} are completing this', names),
};

/** Who else has a page open, beside its title. */
export function PeopleHere(props: { people: readonly PersonHere[] }) {
  return (
    <Show when={props.people.length > 0}>
      <ul aria-label={t('Also here')} class="flex items-center">
        <Key each={props.people.slice(0, shownPeople)} by="id">
          {(person) => (
            <li
              title={doingWords[person().doing](1, person().name)}
              class="-ml-1 first:ml-0 flex size-6 items-center justify-center rounded-full border-2 border-bg bg-accent-soft font-medium text-accent text-xs"
            >
              <span aria-hidden="true">{initials(person().name)}</span>
              <span class="sr-only">{doingWords[person().doing](1, person().name)}</span>
            </li>
          )}
        </Key>
        <Show when={props.people.length > shownPeople}>
          <li class="ml-1 text-muted text-sm tabular-nums">
            {counted(props.people.length - shownPeople, '+{0} more|+{0} more')}
          </li>
        </Show>
      </ul>
    </Show>
  );
}

/** What others do at one place, in words: what matters most. Always there, so that it is read out when it changes. */
export function DoingHere(props: {
  people: readonly PersonHere[];
  /** Only these; the first that someone does is said. */
  doing: readonly PresenceDoing[];
  class?: string;
}) {
  const said = () => {
    for (const doing of props.doing) {
      const found = props.people.filter((person) => person.doing === doing);
      if (found.length > 0)
        return { doing, text: doingWords[doing](found.length, formatList(found.map(({ name }) => name))) };
    }
    return undefined;
  };
  return (
    <span role="status" class={`min-w-0 text-sm ${props.class ?? ''}`}>
      <Show when={said()}>
        {(found) => (
          <span
            class="inline-flex min-w-0 items-center gap-1.5"
            classList={{
              'rounded-md bg-accent-soft px-2 py-0.5 font-medium text-accent': found().doing === 'completing',
              'text-muted': found().doing !== 'completing',
            }}
          >
            <Show when={found().doing !== 'looking'}>
              <Dynamic
                component={found().doing === 'completing' ? Hand : PencilLine}
                size={13}
                aria-hidden="true"
                class="shrink-0"
              />
            </Show>
            <span class="min-w-0 break-words">{found().text}</span>
          </span>
        )}
      </Show>
    </span>
  );
}
