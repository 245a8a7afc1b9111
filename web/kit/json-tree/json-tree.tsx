import { Key } from '@solid-primitives/keyed';
import { ChevronDown, ChevronRight } from 'lucide-solid';
import { createEffect, createMemo, createSignal, Match, on, Show, Switch } from 'solid-js';
import { isNumber } from '../../../shared/platform/json.ts';
import { isMark, redactionMark } from '../../../shared/platform/redaction/redaction-mark.ts';
import { counted, inSentence, t } from '../../words/words.ts';
import { CopyButton } from '../copy-button.tsx';
import { formatNumber } from '../format.ts';
import { createRowWindow } from '../row-window.ts';
import { StillIcon } from '../still-icon.tsx';
import {
  groupsAround,
  type JsonLine,
  linesOf,
  partOf,
  sizeOf,
  type Turned,
  textLimit,
} from './json-lines.ts';

const nothing: Turned = new Map();

/**
 * A JSON value with groups that open and close. However long it is, only the lines around the screen are in the document.
 * @param props.reveal the JSON pointer of what is opened and scrolled to
 */
export function JsonTree(props: {
  value: unknown;
  label: string;
  maxHeight?: string;
  reveal?: string | undefined;
}) {
  // The value itself: a document of some MB is not to be followed field by field.
  const text = () => JSON.stringify(props.value, null, 2) ?? 'null';
  const [turned, setTurned] = createSignal(nothing);
  const turn = (path: string, open: boolean) => setTurned((before) => new Map(before).set(path, open));
  const lines = createMemo(() => linesOf(props.value, turned()));
  let body!: HTMLDivElement;
  const shown = createRowWindow({ body: () => body, count: () => lines().length, rowHeight: () => 18 });
  const inDocument = createMemo(() => lines().slice(shown.start(), shown.end()));

  createEffect(
    on(
      () => props.reveal,
      (path) => {
        if (path === undefined) return;
        setTurned(
          (before) => new Map([...before, ...groupsAround(path).map((each) => [each, true] as const)]),
        );
        const row = lines().findIndex((line) => line.path === path);
        shown.reveal(row);
        body.querySelector(`[data-row="${row}"]`)?.scrollIntoView({ block: 'nearest' });
      },
    ),
  );

  return (
    <div class="relative rounded-md bg-sunken">
      <section
        tabindex="0"
        aria-label={props.label}
        class="overflow-auto rounded-md py-2 pr-9 pl-2 font-mono text-sm leading-[18px]"
        style={{ 'max-height': props.maxHeight ?? '420px' }}
      >
        <div ref={body}>
          <div class="[overflow-anchor:none]" style={{ height: `${shown.above()}px` }} />
          <Key each={inDocument()} by={(line) => `${line.kind}${line.part} ${line.path}`}>
            {(line, index) => (
              <Line
                line={line()}
                row={shown.start() + index()}
                revealed={props.reveal === line().path}
                onTurn={(open) => turn(line().path, open)}
              />
            )}
          </Key>
          <div class="[overflow-anchor:none]" style={{ height: `${shown.below()}px` }} />
        </div>
      </section>
      <div class="absolute top-1.5 right-1.5">
        <CopyButton text={text} label={t`Copy ${inSentence(props.label)}`} />
      </div>
    </div>
  );
}

function Line(props: { line: JsonLine; row: number; revealed: boolean; onTurn: (open: boolean) => void }) {
  const brackets = () => (Array.isArray(props.line.value) ? ['[', ']'] : ['{', '}']);
  const size = () => sizeOf(props.line.value as object);
  const words = () =>
    Array.isArray(props.line.value)
      ? counted(size(), '{0} item|{0} items')
      : counted(size(), '{0} field|{0} fields');
  const open = () => props.line.kind === 'open';
  return (
    <div
      data-row={props.row}
      class="break-words whitespace-pre-wrap bg-[image:repeating-linear-gradient(to_right,transparent_0_6px,var(--color-line)_6px_7px,transparent_7px_16px)] bg-no-repeat"
      classList={{ 'outline outline-accent': props.revealed }}
      style={{
        'padding-left': `${props.line.depth * 16}px`,
        'background-size': `${props.line.depth * 16}px 100%`,
      }}
    >
      <Switch>
        <Match when={open() || props.line.kind === 'closed'}>
          <button
            type="button"
            aria-expanded={open()}
            onClick={() => props.onTurn(!open())}
            class="flex max-w-full items-center rounded-sm text-left hover:bg-hover"
          >
            <Show
              when={open()}
              fallback={<StillIcon icon={ChevronRight} size={12} class="mr-1 text-faint" />}
            >
              <StillIcon icon={ChevronDown} size={12} class="mr-1 text-faint" />
            </Show>
            <span>
              <Name name={props.line.name} />
              <span class="text-muted">{brackets()[0]}</span>
              <Show when={!open()}>
                <span class="px-1 font-sans text-faint">{words()}</span>
                <span class="text-muted">{brackets()[1]}</span>
                <Comma last={props.line.last} />
              </Show>
            </span>
          </button>
        </Match>
        <Match when={props.line.kind === 'end'}>
          <div class="pl-4 text-muted">
            {brackets()[1]}
            <Comma last={props.line.last} />
          </div>
        </Match>
        <Match when={props.line.kind === 'text'}>
          <div class="pl-4 text-code-string">{partOf(String(props.line.value), props.line.part)}</div>
        </Match>
        <Match when={props.line.kind === 'value'}>
          <div class="pl-4">
            <Name name={props.line.name} />
            <Scalar value={props.line.value} onTurn={props.onTurn} />
            <Comma last={props.line.last} />
          </div>
        </Match>
      </Switch>
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

function Scalar(props: { value: unknown; onTurn: (open: boolean) => void }) {
  const [all, setAll] = createSignal(false);
  const asJson = () => JSON.stringify(props.value) ?? 'null';
  const text = () => (typeof props.value === 'string' ? props.value : '');
  const turn = () => {
    setAll((before) => !before);
    props.onTurn(all());
  };
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
      <Match when={text().length > textLimit}>
        <Show when={!all()}>
          <span class="text-code-string">{`${JSON.stringify(text().slice(0, textLimit)).slice(0, -1)}…`}</span>
        </Show>
        <button
          type="button"
          aria-expanded={all()}
          onClick={turn}
          class="ml-4 rounded-sm font-sans text-accent hover:text-accent-hover"
        >
          {all() ? t('Show less') : t`Show all ${formatNumber(text().length)} characters`}
        </button>
      </Match>
      <Match when={typeof props.value === 'string'}>
        <span class="text-code-string">{asJson()}</span>
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
