import { createEffect, createMemo, createSignal, Index, Show } from 'solid-js';
import { useActions } from '../../../kit/actions.ts';
import { Button } from '../../../kit/button.tsx';
import { Section } from '../../../kit/page-header.tsx';
import { rich, t } from '../../../words/words.ts';
import { type Execution, isOpen } from '../parts/execution-words.ts';
import { type Chunk, useChunks } from './use-chunks.ts';

const notes = {
  shortened: t('More came than is shown here. The output has all of it.'),
  withheld: t(
    'Nothing is shown before the output is complete, because its schema marks parts of it as secret or personal.',
  ),
} as const;

interface Block {
  kind: Chunk['kind'];
  text: string;
}

/** Pieces of one text are one block. */
function blocksOf(chunks: readonly Chunk[]): Block[] {
  const blocks: Block[] = [];
  for (const { kind, value } of chunks) {
    const last = blocks.at(-1);
    if (kind === 'shortened' || kind === 'withheld') blocks.push({ kind, text: notes[kind] });
    else {
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      if (kind === 'text' && last?.kind === 'text') last.text += text;
      else blocks.push({ kind, text });
    }
  }
  return blocks;
}

const looks: Record<Block['kind'], string> = {
  data: 'border-b border-line py-1 last:border-b-0',
  text: '',
  log: 'text-muted',
  shortened: 'pt-2 font-sans text-muted',
  withheld: 'font-sans text-muted',
};

/** A view is at its end with less than this below it. */
const nearPx = 40;

/** What the last attempt shows while it runs, or showed before it failed. Nothing where it shows nothing. */
export function LiveOutput(props: { execution: Execution }) {
  const { chunks, lost } = useChunks(() => props.execution);
  const [pausedAt, setPausedAt] = createSignal<number | null>(null);
  const open = () => isOpen(props.execution);
  const attempt = () => chunks.at(-1)?.attempt ?? 0;
  const ofAttempt = createMemo(() => chunks.filter((chunk) => chunk.attempt === attempt()));
  const shown = createMemo(() => blocksOf(ofAttempt().slice(0, pausedAt() ?? undefined)));
  const waiting = () => ofAttempt().length - (pausedAt() ?? ofAttempt().length);

  let view: HTMLElement | undefined;
  let follows = true;
  let top = 0;
  const toggle = () => {
    follows = true;
    setPausedAt((at) => (at === null ? ofAttempt().length : null));
  };
  const isAtEnd = (element: HTMLElement) =>
    element.scrollHeight - element.scrollTop - element.clientHeight < nearPx;
  createEffect(() => {
    if (shown().length > 0 && follows && view) view.scrollTop = view.scrollHeight;
  });
  // A pause belongs to the attempt that was shown.
  createEffect((before: number) => {
    if (attempt() !== before) setPausedAt(null);
    return attempt();
  }, 0);

  const mayToggle = () => chunks.length > 0 && (open() || pausedAt() !== null);
  useActions(() =>
    mayToggle()
      ? [
          {
            id: 'execution:pause',
            label: pausedAt() === null ? t('Pause the live output') : t('Resume the live output'),
            keys: 'p',
            group: 'Page' as const,
            run: toggle,
          },
        ]
      : [],
  );

  return (
    <Show when={chunks.length > 0}>
      <Section
        title={open() ? t('Live output') : t('Shown while it ran')}
        aside={
          <Show when={mayToggle()}>
            <Button keys="p" onClick={toggle}>
              {pausedAt() === null ? t('Pause') : t('Resume')}
            </Button>
          </Show>
        }
      >
        <Show when={lost()}>
          <p class="mb-2 text-muted">{t('Live paused, reconnecting')}</p>
        </Show>
        <Show when={pausedAt() !== null && waiting() > 0}>
          <p class="mb-2 text-muted">{rich`${waiting} more since you paused`}</p>
        </Show>
        <Show when={attempt() > 1}>
          <p class="mb-2 text-muted">{rich`Attempt ${attempt}`}</p>
        </Show>
        <section
          ref={(element) => {
            view = element;
          }}
          tabindex="0"
          role="log"
          aria-label={t('Live output')}
          onScroll={({ currentTarget }) => {
            // A view that becomes narrow is no longer at its end either; only who scrolls up wants to stay there.
            if (isAtEnd(currentTarget)) follows = true;
            else if (currentTarget.scrollTop < top) follows = false;
            top = currentTarget.scrollTop;
          }}
          class="max-h-[420px] overflow-auto rounded-md bg-sunken px-3 py-2 font-mono text-sm leading-[18px]"
        >
          <Index each={shown()}>
            {(block) => (
              <div class={`break-words whitespace-pre-wrap ${looks[block().kind]}`}>{block().text}</div>
            )}
          </Index>
        </section>
      </Section>
    </Show>
  );
}
