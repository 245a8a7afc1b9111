import { AtSign } from 'lucide-solid';
import { createMemo, createSignal, createUniqueId, Show } from 'solid-js';
import { can } from '../../../../shared/identity/roles.ts';
import { useQuery } from '../../../api/query.ts';
import { type Outputs, queries } from '../../../api/trpc.ts';
import { counted, t } from '../../../words/words.ts';
import { type Suggestion, SuggestionList, suggestionKeys } from '../../playbooks/parts/suggestions.tsx';
import { isFoundBy, type Picked, queryBefore, withLabel } from './picked-people.ts';

type Member = Outputs['members']['find']['items'][number];

const shownMembers = 8;

/** A text in which `@` opens a list of people. */
export function MentionArea(props: {
  id: string;
  value: string;
  placeholder: string;
  maxLength: number;
  picked: readonly Picked[];
  onInput: (text: string, picked?: readonly Picked[]) => void;
  /** mod+enter. */
  onSend: () => void;
  handle: (area: HTMLTextAreaElement) => void;
}) {
  let area!: HTMLTextAreaElement;
  const listId = createUniqueId();
  /** What is typed after `@`, and where. */
  const [asked, setAsked] = createSignal<{ text: string; at: number } | null>(null);
  const [active, setActive] = createSignal(0);
  const found = useQuery(() => ({
    ...queries.members.find({ q: asked()?.text ?? '' }),
    enabled: asked() !== null,
    staleTime: 30_000,
    placeholderData: (before: Outputs['members']['find'] | undefined) => before,
  }));
  const members = createMemo<readonly Member[]>(() =>
    asked() !== null && found.isSuccess
      ? found.data.items
          .filter(({ roles }) =>
            can({ roles: roles as Parameters<typeof can>[0]['roles'] }, 'exceptions.read'),
          )
          .filter((member) => !found.isPlaceholderData || isFoundBy(member, asked()?.text ?? ''))
          .slice(0, shownMembers)
      : [],
  );
  const options = createMemo<Suggestion[]>(() =>
    members().map(({ id, name, email }) => ({ value: id, label: name, detail: email })),
  );
  /** A text such as "@home page" is no one. */
  const isOpen = () => asked() !== null && (options().length > 0 || !/\s/.test(asked()?.text ?? ''));

  const look = () => {
    const next =
      area.selectionStart === area.selectionEnd ? queryBefore(area.value, area.selectionStart) : null;
    if (next?.text !== asked()?.text) setActive(0);
    setAsked(next);
  };
  const close = () => setAsked(null);
  const choose = (index: number) => {
    const member = members()[index];
    const from = asked();
    if (!member || !from) return;
    const { label, picked } = withLabel(props.picked, member);
    const rest = area.value.slice(area.selectionStart);
    const text = `${area.value.slice(0, from.at)}${label}${rest.startsWith(' ') ? '' : ' '}${rest}`;
    props.onInput(text, picked);
    close();
    const caret = from.at + label.length + 1;
    queueMicrotask(() => {
      area.focus();
      area.setSelectionRange(caret, caret);
    });
  };
  /** For those who do not know the key. */
  const begin = () => {
    const at = area.selectionStart;
    const before = area.value.slice(0, at);
    const sign = /(^|\s)$/.test(before) ? '@' : ' @';
    props.onInput(`${before}${sign}${area.value.slice(area.selectionEnd)}`);
    queueMicrotask(() => {
      area.focus();
      area.setSelectionRange(at + sign.length, at + sign.length);
      look();
    });
  };

  return (
    <div class="relative">
      <textarea
        ref={(element) => {
          area = element;
          props.handle(element);
        }}
        id={props.id}
        rows={Math.min(12, Math.max(2, props.value.split('\n').length))}
        maxLength={props.maxLength}
        placeholder={props.placeholder}
        value={props.value}
        aria-autocomplete="list"
        aria-controls={isOpen() && options().length > 0 ? listId : undefined}
        aria-activedescendant={isOpen() && options().length > 0 ? `${listId}-${active()}` : undefined}
        onInput={(event) => {
          props.onInput(event.currentTarget.value);
          look();
        }}
        onKeyUp={(event) => /^(Arrow|Home|End)/.test(event.key) && !isOpen() && look()}
        onClick={look}
        onBlur={close}
        onKeyDown={(event) => {
          const list = { count: options().length, active: active(), setActive, choose, close };
          if (isOpen() && !event.isComposing) {
            if (event.key === 'Tab' && !event.shiftKey && options().length > 0) {
              event.preventDefault();
              choose(active());
              return;
            }
            if (suggestionKeys(event, list)) return;
          }
          if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return;
          // Stops here: on the page the same keys may complete a step.
          event.preventDefault();
          props.onSend();
        }}
        class="w-full rounded-md border border-line-strong bg-bg py-1.5 pr-9 pl-2 hover:border-faint pointer-coarse:pr-12 pointer-coarse:text-[16px]"
      />
      <button
        type="button"
        aria-label={t('Mention someone')}
        title={t('Mention someone (@)')}
        // The text keeps the focus.
        onMouseDown={(event) => event.preventDefault()}
        onClick={begin}
        class="absolute top-1 right-1 flex size-7 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-text pointer-coarse:size-11"
      >
        <AtSign size={15} aria-hidden="true" />
      </button>
      <span role="status" class="sr-only">
        {isOpen() && found.isSuccess ? counted(options().length, '{0} person|{0} people') : ''}
      </span>
      <Show when={isOpen()}>
        <SuggestionList
          id={listId}
          label={t('People')}
          above
          options={options()}
          active={active()}
          none={found.isPending || found.isPlaceholderData ? t('Searching') : t('No member has this name.')}
          onActive={setActive}
          onChoose={(option) => choose(options().indexOf(option))}
        />
      </Show>
    </div>
  );
}
