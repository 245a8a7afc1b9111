import { type Accessor, createComputed, createMemo, createSignal, onCleanup, Show } from 'solid-js';
import { t } from '../../words/words.ts';
import { LongLines } from '../long-lines.tsx';
import { SkeletonLines } from '../skeleton.tsx';
import { type DiffLine, type DiffPart, type DiffRun, diffLines, diffRuns, foldDiff } from './line-diff.ts';

/** Shorter texts are compared at once. */
const longText = 50_000;

/** A unified diff. A click opens the folded, unchanged parts. Only the lines around the screen are in the document. */
export function Diff(props: { before: string; after: string; label: string }) {
  const runs = createRuns(props);
  const parts = createMemo(() => {
    const found = runs();
    return found && foldDiff(diffLines(props.before, props.after, found));
  });
  const [opened, setOpened] = createSignal<ReadonlySet<DiffPart>>(new Set());
  const lines = createMemo(() =>
    parts()?.flatMap((part): readonly (DiffLine | DiffPart)[] =>
      part.folded && !opened().has(part) ? [part] : part.lines,
    ),
  );
  let section!: HTMLElement;
  return (
    <section
      ref={section}
      tabindex="0"
      aria-label={props.label}
      class="overflow-x-auto rounded-md bg-sunken py-1 font-mono text-sm leading-[18px]"
    >
      <Show when={lines()} fallback={<SkeletonLines lines={6} class="px-3 py-2" />}>
        {(all) => (
          <LongLines lines={all()} within={() => section.parentElement ?? section}>
            {(line) =>
              'folded' in line ? (
                <button
                  type="button"
                  onClick={() => setOpened((before) => new Set([...before, line]))}
                  class="my-0.5 block w-full px-3 text-left font-sans text-faint text-sm hover:bg-hover hover:text-text"
                >
                  {t`${line.lines.length} unchanged lines`}
                </button>
              ) : (
                <Line line={line} />
              )
            }
          </LongLines>
        )}
      </Show>
    </section>
  );
}

/** Undefined until long texts have been compared. */
function createRuns(texts: { before: string; after: string }): Accessor<readonly DiffRun[] | undefined> {
  const [runs, setRuns] = createSignal<readonly DiffRun[]>();
  createComputed(() => {
    const { before, after } = texts;
    if (before.length + after.length < longText) return setRuns(diffRuns(before, after));
    setRuns(undefined);
    const worker = new Worker(new URL('./diff-worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<DiffRun[]>) => setRuns(data);
    worker.postMessage({ before, after });
    onCleanup(() => worker.terminate());
  });
  return runs;
}

const marks = { same: ' ', added: '+', removed: '−' } as const;
const words = { same: '', added: 'added: ', removed: 'removed: ' } as const;

function Line({ line }: { line: DiffLine }) {
  return (
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
  );
}
