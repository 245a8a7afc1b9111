import { createMemo, createSignal, For, Show } from 'solid-js';
import { t } from '../../words/words.ts';
import { type DiffLine, diffLines, foldDiff } from './line-diff.ts';

/** A unified diff. A click opens the folded, unchanged parts. */
export function Diff(props: { before: string; after: string; label: string }) {
  const parts = createMemo(() => foldDiff(diffLines(props.before, props.after)));
  return (
    <section
      tabindex="0"
      aria-label={props.label}
      class="overflow-x-auto rounded-md bg-sunken py-1 font-mono text-sm leading-[18px]"
    >
      <For each={parts()}>
        {(part) => (
          <Show when={part.folded} fallback={<Lines lines={part.lines} />}>
            <Fold lines={part.lines} />
          </Show>
        )}
      </For>
    </section>
  );
}

function Fold(props: { lines: readonly DiffLine[] }) {
  const [open, setOpen] = createSignal(false);
  return (
    <Show when={!open()} fallback={<Lines lines={props.lines} />}>
      <button
        type="button"
        onClick={() => setOpen(true)}
        class="my-0.5 block w-full px-3 text-left font-sans text-faint text-sm hover:bg-hover hover:text-text"
      >
        {t`${props.lines.length} unchanged lines`}
      </button>
    </Show>
  );
}

const marks = { same: ' ', added: '+', removed: '−' } as const;
const words = { same: '', added: 'added: ', removed: 'removed: ' } as const;

function Lines(props: { lines: readonly DiffLine[] }) {
  return (
    <For each={props.lines}>
      {(line) => (
        <div
          class="flex min-w-max pr-3"
          classList={{ 'bg-added-soft': line.kind === 'added', 'bg-removed-soft': line.kind === 'removed' }}
        >
          <span aria-hidden="true" class="w-10 shrink-0 pr-2 text-right text-faint select-none">
            {line.after ?? line.before}
          </span>
          <span
            aria-hidden="true"
            class="w-4 shrink-0 select-none"
            classList={{ 'text-succeeded': line.kind === 'added', 'text-failed': line.kind === 'removed' }}
          >
            {marks[line.kind]}
          </span>
          <span class="whitespace-pre">
            <Show when={words[line.kind]}>{(word) => <span class="sr-only">{word()}</span>}</Show>
            {line.text}
          </span>
        </div>
      )}
    </For>
  );
}
