import { CircleAlert } from 'lucide-solid';
import { createMemo, For, Show } from 'solid-js';
import { useQuery } from '../../../../api/query.ts';
import { queries } from '../../../../api/trpc.ts';
import { Status, statusWord } from '../../../../kit/status.tsx';
import { counted, t } from '../../../../words/words.ts';
import { progressWords } from '../../../batches/parts/batch-words.ts';
import { type Document, groupsAt, stepAt, textOf } from '../outline.ts';
import { groupTitle, stepTitle } from '../place-words.ts';
import { ownerWords, stepTypeWord } from '../playbook-words.ts';
import { StepIcon } from '../step-icon.tsx';
import { stepKind } from '../step-kind.ts';
import { splitPath } from '../step-places.ts';
import type { PlacedNode } from './flow-layout.ts';
import { type FlowRun, type Passage, whyNotTaken } from './run-flow.ts';

/** Numbers of a step or an option, and how strongly it is coloured, 0 to 1. */
export interface FlowHeat {
  share: number;
  /** Short; the first is the most important. */
  lines: readonly string[];
  /** The same in full, for screen readers. */
  label: string;
}

const passageWords: Record<Passage, string> = {
  taken: t('taken'),
  not_taken: t('not taken'),
  ahead: t('not reached'),
};

export const boxOf = ({ x, y, width, height }: PlacedNode) => ({
  left: `${x}px`,
  top: `${y}px`,
  width: `${width}px`,
  height: `${height}px`,
});

/** One step, option or branch. */
export function FlowItem(props: {
  node: PlacedNode;
  document: Document;
  run: FlowRun | undefined;
  passage: Passage | undefined;
  heat: FlowHeat | undefined;
  problems: number;
  /** It can be dragged; it is being dragged. */
  moves: boolean;
  moving: boolean;
  selected: boolean;
  tabbable: boolean;
  element: (element: HTMLElement) => void;
  onFocus: () => void;
  onOpen: () => void;
  onPointerDown: (event: PointerEvent) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}) {
  const step = createMemo(() => stepAt(props.document, props.node.stepPath));
  const type = () => textOf(step(), 'type');
  const isStep = () => props.node.kind === 'step';
  const group = () =>
    groupsAt(props.document, props.node.stepPath).find(({ path }) => path === props.node.id);
  const title = () =>
    isStep()
      ? stepTitle(props.document, props.node.stepPath)
      : groupTitle(props.document, props.node.stepPath, splitPath(props.node.id).index);
  const isConditional = () => isStep() && textOf(step(), 'when') !== '';
  const ran = () =>
    isStep() && props.passage === 'taken'
      ? props.run?.steps.find(({ id }) => id === textOf(step(), 'id'))
      : undefined;
  const isCurrent = () => isStep() && props.run?.currentSteps.includes(textOf(step(), 'id'));
  /** How far the run is with it. */
  const state = () => {
    const reached = ran();
    if (reached) return statusWord(stepKind(reached));
    return props.passage && passageWords[props.passage];
  };
  const why = () =>
    props.run && (props.passage === 'not_taken' || ran()?.status === 'skipped')
      ? whyNotTaken(props.document, props.run, props.node)
      : null;
  const calls = () => ran()?.executionIds?.length ?? 0;
  const aside = () =>
    isStep()
      ? [isConditional() ? t('conditional') : '', ownerWords(step()) ?? ''].filter(Boolean).join(' · ')
      : group()?.end
        ? t('then it ends')
        : '';
  const label = () =>
    [
      isStep() ? `${props.node.number}. ${title()}` : title(),
      isStep() ? stepTypeWord(type()) : '',
      isConditional() ? t('conditional') : '',
      !isStep() && group()?.end ? t('then it ends') : '',
      props.heat?.label ?? '',
      props.problems > 0 ? counted(props.problems, '{0} problem|{0} problems') : '',
      calls() > 1 ? counted(calls(), '{0} call|{0} calls') : '',
      why() ?? '',
      state() ?? '',
    ]
      .filter(Boolean)
      .join(', ');
  return (
    <div
      role="treeitem"
      ref={(element) => props.element(element)}
      aria-level={props.node.depth + 1}
      aria-selected={props.selected}
      aria-current={isCurrent() ? 'step' : undefined}
      tabIndex={props.tabbable ? 0 : -1}
      data-flow={props.node.id}
      onFocus={() => props.onFocus()}
      onClick={() => props.onOpen()}
      onPointerDown={(event) => props.onPointerDown(event)}
      onKeyDown={(event) => props.onKeyDown(event)}
      class="absolute flex cursor-pointer flex-col justify-center rounded-md border px-2.5 select-none hover:bg-hover"
      classList={{
        'bg-bg': isStep() && !props.selected && !props.heat,
        'bg-selected': props.selected,
        'bg-sunken': !isStep() && !props.selected,
        'border-2 border-text': props.passage === 'taken',
        'border-line-strong': props.passage !== 'taken',
        'border-dashed text-faint': props.passage === 'not_taken',
        'outline-2 outline-accent': props.selected,
        'animate-here': isCurrent() ?? false,
        'opacity-40': props.moving,
        'active:cursor-grabbing': props.moves,
      }}
      style={{
        ...boxOf(props.node),
        ...(props.heat && isStep()
          ? {
              background: `color-mix(in srgb, var(--unknown) ${Math.round(props.heat.share * 32)}%, var(--bg))`,
            }
          : {}),
      }}
    >
      <span class="sr-only">{label()}</span>
      <span aria-hidden="true" title={title()} class="flex min-w-0 items-center gap-1.5">
        <Show when={isStep()}>
          <StepIcon type={type()} />
        </Show>
        <span class="min-w-0 flex-1 truncate" classList={{ 'font-medium': props.passage !== 'not_taken' }}>
          {title()}
        </span>
        <Show when={props.problems > 0}>
          <span class="inline-flex shrink-0 items-center gap-1 text-failed text-sm">
            <CircleAlert size={13} />
            {props.problems}
          </span>
        </Show>
      </span>
      <Show
        when={props.heat}
        fallback={
          <span
            aria-hidden="true"
            class="flex min-w-0 items-center gap-2 truncate text-muted text-sm"
            title={why() ?? undefined}
          >
            <Show when={state()} fallback={aside()}>
              <Show
                when={ran()}
                fallback={<span class="truncate text-faint first-letter:uppercase">{why() ?? state()}</span>}
              >
                {(reached) => <Status kind={stepKind(reached())} />}
              </Show>
              <Show when={ran() && calls() > 1}>
                <span>{counted(calls(), '{0} call|{0} calls')}</span>
              </Show>
              <Show when={ran()?.batchId}>{(id) => <BatchNote id={id()} />}</Show>
              <Show when={isConditional() && !(ran() === undefined && why())}>
                <span class="truncate">{ran() ? (why() ?? t('conditional')) : t('conditional')}</span>
              </Show>
            </Show>
          </span>
        }
      >
        {(heat) => (
          <For each={heat().lines}>
            {(line) => (
              <span aria-hidden="true" class="truncate text-sm">
                {line}
              </span>
            )}
          </For>
        )}
      </Show>
    </div>
  );
}

/** "12 of 40 ended, 1 failed" */
function BatchNote(props: { id: string }) {
  const query = useQuery(() => queries.batches.get({ id: props.id }));
  return <Show when={query.data}>{(batch) => <span class="truncate">{progressWords(batch())}</span>}</Show>;
}
