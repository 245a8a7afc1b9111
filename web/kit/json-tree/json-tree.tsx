import { ChevronDown, ChevronRight } from 'lucide-solid';
import { createMemo, createSignal, For, Match, Show, Switch } from 'solid-js';
import { isNumber } from '../../../shared/platform/json.ts';
import { isMark, redactionMark } from '../../../shared/platform/redaction/redaction-mark.ts';
import { inSentence, t } from '../../words/words.ts';
import { CopyButton } from '../copy-button.tsx';
import { formatNumber } from '../format.ts';

/** How much of a long text or list is shown at first. */
const textLimit = 400;
const listLimit = 50;
/** Groups down to this depth are open at first. */
const openDepth = 2;

/** A JSON value with collapsible groups. Long texts and lists are shortened until expanded. */
export function JsonTree(props: { value: unknown; label: string; maxHeight?: string }) {
  const text = () => JSON.stringify(props.value, null, 2) ?? 'null';
  return (
    <div class="relative rounded-md bg-sunken">
      <section
        tabindex="0"
        aria-label={props.label}
        class="overflow-auto rounded-md py-2 pr-9 pl-2 font-mono text-sm leading-[18px]"
        style={{ 'max-height': props.maxHeight ?? '420px' }}
      >
        <Node value={props.value} depth={0} />
      </section>
      <div class="absolute top-1.5 right-1.5">
        <CopyButton text={text} label={t`Copy ${inSentence(props.label)}`} />
      </div>
    </div>
  );
}

interface NodeProps {
  value: unknown;
  depth: number;
  name?: string | undefined;
  last?: boolean;
}

function Node(props: NodeProps) {
  const isGroup = () =>
    typeof props.value === 'object' &&
    props.value !== null &&
    !isNumber(props.value) &&
    sizeOf(props.value) > 0;
  return (
    <Show
      when={isGroup()}
      fallback={
        <div class="pl-4 break-words whitespace-pre-wrap">
          <Name name={props.name} />
          <Scalar value={props.value} />
          <Comma last={props.last ?? true} />
        </div>
      }
    >
      <Group {...props} value={props.value as object} />
    </Show>
  );
}

const sizeOf = (value: object) => (Array.isArray(value) ? value.length : Object.keys(value).length);

function Group(props: NodeProps & { value: object }) {
  const isList = () => Array.isArray(props.value);
  const size = () => sizeOf(props.value);
  const [open, setOpen] = createSignal(props.depth < openDepth && size() <= 200);
  const [shown, setShown] = createSignal(listLimit);
  const entries = createMemo(() => Object.entries(props.value));
  const brackets = () => (isList() ? ['[', ']'] : ['{', '}']);
  const words = () =>
    isList()
      ? `${formatNumber(size())} ${size() === 1 ? 'item' : 'items'}`
      : `${formatNumber(size())} ${size() === 1 ? 'field' : 'fields'}`;
  return (
    <div>
      <button
        type="button"
        aria-expanded={open()}
        onClick={() => setOpen((before) => !before)}
        class="flex max-w-full items-center rounded-sm text-left hover:bg-hover"
      >
        <Show when={open()} fallback={<ChevronRight size={12} aria-hidden="true" class="mr-1 text-faint" />}>
          <ChevronDown size={12} aria-hidden="true" class="mr-1 text-faint" />
        </Show>
        <span>
          <Name name={props.name} />
          <span class="text-muted">{brackets()[0]}</span>
          <Show when={!open()}>
            <span class="px-1 font-sans text-faint">{words()}</span>
            <span class="text-muted">{brackets()[1]}</span>
            <Comma last={props.last ?? true} />
          </Show>
        </span>
      </button>
      <Show when={open()}>
        <div class="ml-1.5 border-line border-l pl-2.5">
          <For each={entries().slice(0, shown())}>
            {([name, value], index) => (
              <Node
                value={value}
                name={isList() ? undefined : name}
                depth={props.depth + 1}
                last={index() === size() - 1}
              />
            )}
          </For>
          <Show when={size() > shown()}>
            <More
              words={t`Show ${formatNumber(Math.min(size() - shown(), 500))} more of ${words()}`}
              onMore={() => setShown((before) => before + 500)}
            />
          </Show>
        </div>
        <div class="pl-4 text-muted">
          {brackets()[1]}
          <Comma last={props.last ?? true} />
        </div>
      </Show>
    </div>
  );
}

const Name = (props: { name: string | undefined }) => (
  <Show when={props.name !== undefined}>
    <span class="text-code-key">{JSON.stringify(props.name)}</span>
    <span class="text-muted">: </span>
  </Show>
);

const Comma = (props: { last: boolean }) => (
  <Show when={!props.last}>
    <span class="text-muted">,</span>
  </Show>
);

const More = (props: { words: string; onMore: () => void }) => (
  <button
    type="button"
    onClick={() => props.onMore()}
    class="ml-4 rounded-sm font-sans text-accent hover:text-accent-hover"
  >
    {props.words}
  </button>
);

function Scalar(props: { value: unknown }) {
  const [all, setAll] = createSignal(false);
  const asJson = () => JSON.stringify(props.value) ?? 'null';
  const text = () => (typeof props.value === 'string' ? props.value : '');
  return (
    <Switch fallback={<span class="text-muted">{asJson()}</span>}>
      <Match when={isMark(text())}>
        <span
          class="rounded-sm bg-hover px-1 font-sans text-faint text-xs"
          title={
            text() === redactionMark
              ? t('Secret values are not stored')
              : t('Personal data is stored in this form')
          }
        >
          {text().slice(1, -1).replace(/:/g, ' ')}
        </span>
      </Match>
      <Match when={typeof props.value === 'string'}>
        <span class="text-code-string">
          {all() || text().length <= textLimit ? asJson() : `${asJson().slice(0, textLimit)}…`}
        </span>
        <Show when={text().length > textLimit && !all()}>
          <More words={t`Show all ${formatNumber(text().length)} characters`} onMore={() => setAll(true)} />
        </Show>
      </Match>
      <Match when={isNumber(props.value)}>
        <span class="text-code-number">{asJson()}</span>
      </Match>
      <Match when={typeof props.value === 'boolean' || props.value === null}>
        <span class="text-code-literal">{asJson()}</span>
      </Match>
    </Switch>
  );
}
