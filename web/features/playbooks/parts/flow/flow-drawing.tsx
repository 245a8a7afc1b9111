import { Maximize, ZoomIn, ZoomOut } from 'lucide-solid';
import { createEffect, createMemo, createSignal, For, on, onCleanup, onMount, Show } from 'solid-js';
import { Button } from '../../../../kit/button.tsx';
import { sameJson } from '../../../../kit/schema-form/json-edit.ts';
import { Status, statusWord } from '../../../../kit/status.tsx';
import { t } from '../../../../words/words.ts';
import { type Document, groupsAt, stepAt, textOf } from '../outline.ts';
import { ownerWords, stepTypeWord } from '../playbook-words.ts';
import { StepIcon } from '../step-icon.tsx';
import { stepKind } from '../step-kind.ts';
import { stepTypeView } from '../steps/registry.ts';
import { layOut, lineOf, type PlacedNode } from './flow-layout.ts';
import { nextNode } from './flow-moves.ts';
import { flowOf } from './flow-of.ts';
import { type FlowRun, type Passage, wayOf } from './run-flow.ts';

export interface FlowProps {
  document: Document;
  label: string;
  /** Shows how far it is, and which way it took. */
  run?: FlowRun | undefined;
  /** The path of the step that is open beside it. */
  selected?: string | undefined;
  /** A click, or Enter. */
  onOpen: (stepPath: string) => void;
}

const zooms = { least: 0.3, readable: 0.75, most: 1.5 };
const between = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));

/** The steps as boxes, from top to bottom, with lines in the order in which they run. */
export default function FlowDrawing(props: FlowProps) {
  const flow = createMemo(() => flowOf(props.document), undefined, { equals: sameJson });
  const placed = createMemo(() => layOut(flow()));
  const way = createMemo(() => props.run && wayOf(flow(), props.document, props.run));
  const items = createMemo(() => placed().nodes.filter(({ stepPath }) => stepPath !== ''));
  const [zoom, setZoom] = createSignal(1);
  const [active, setActive] = createSignal<string | null>(null);
  const elements = new Map<string, HTMLElement>();
  let scroller: HTMLDivElement | undefined;

  const toFit = (least: number, whole: boolean) => {
    if (!scroller || scroller.clientWidth === 0) return;
    const across = scroller.clientWidth / placed().width;
    const down = whole ? scroller.clientHeight / placed().height : 1;
    setZoom(between(Math.min(across, down), least, 1));
  };
  const inTabOrder = () => {
    const at = active() ?? props.selected;
    return items().some(({ id }) => id === at) ? at : items()[0]?.id;
  };
  const showSelected = () => {
    const node = items().find(({ id }) => id === props.selected);
    if (!scroller || !node) return;
    scroller.scrollTop = (node.y + node.height / 2) * zoom() - scroller.clientHeight / 2;
    scroller.scrollLeft = (node.x + node.width / 2) * zoom() - scroller.clientWidth / 2;
  };
  onMount(() => {
    let wasShown = false;
    const size = new ResizeObserver(() => {
      if (wasShown || !scroller || scroller.clientWidth === 0) return;
      wasShown = true;
      toFit(zooms.readable, false);
      showSelected();
    });
    if (scroller) size.observe(scroller);
    onCleanup(() => size.disconnect());
  });
  createEffect(on(() => props.selected, showSelected, { defer: true }));

  const onKeyDown = (event: KeyboardEvent, node: PlacedNode) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Enter' || event.key === ' ') props.onOpen(node.stepPath);
    else {
      const next = nextNode(items(), node, event.key);
      if (next === undefined) return;
      elements.get(next.id)?.focus();
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div class="flex min-h-0 flex-1 flex-col">
      <div class="flex items-center gap-1 py-1">
        <p class="mr-auto text-muted text-sm max-sm:hidden">{t('Arrow keys move, Enter opens.')}</p>
        <Button
          variant="quiet"
          iconOnly
          icon={ZoomOut}
          title={t('Zoom out')}
          aria-label={t('Zoom out')}
          onClick={() => setZoom((before) => between(before / 1.25, zooms.least, zooms.most))}
        />
        <Button
          variant="quiet"
          iconOnly
          icon={ZoomIn}
          title={t('Zoom in')}
          aria-label={t('Zoom in')}
          onClick={() => setZoom((before) => between(before * 1.25, zooms.least, zooms.most))}
        />
        <Button variant="quiet" icon={Maximize} onClick={() => toFit(zooms.least, true)}>
          {t('Fit')}
        </Button>
      </div>
      <div
        ref={(element) => {
          scroller = element;
        }}
        class="relative min-h-0 flex-1 overflow-auto rounded-md border bg-sunken"
      >
        <div
          class="mx-auto"
          style={{ width: `${placed().width * zoom()}px`, height: `${placed().height * zoom()}px` }}
        >
          <div
            class="relative origin-top-left"
            style={{
              width: `${placed().width}px`,
              height: `${placed().height}px`,
              transform: `scale(${zoom()})`,
            }}
          >
            <svg
              aria-hidden="true"
              class="pointer-events-none absolute inset-0"
              width={placed().width}
              height={placed().height}
            >
              <For each={placed().edges}>
                {(edge) => <Line points={edge.points} passage={way()?.ofEdge(edge)} />}
              </For>
            </svg>
            <For each={placed().nodes.filter(({ stepPath }) => stepPath === '')}>
              {(node) => (
                <span
                  aria-hidden="true"
                  class="absolute flex items-center justify-center rounded-full border border-line-strong bg-bg text-muted text-sm"
                  style={boxOf(node)}
                >
                  {node.kind === 'start' ? t('Start') : t('End')}
                </span>
              )}
            </For>
            <div role="tree" aria-label={props.label}>
              <For each={items()}>
                {(node) => (
                  <Item
                    node={node}
                    document={props.document}
                    run={props.run}
                    passage={way()?.passage.get(node.id)}
                    selected={props.selected === node.id}
                    tabbable={inTabOrder() === node.id}
                    element={(element) => elements.set(node.id, element)}
                    onFocus={() => setActive(node.id)}
                    onOpen={() => props.onOpen(node.stepPath)}
                    onKeyDown={(event) => onKeyDown(event, node)}
                  />
                )}
              </For>
            </div>
          </div>
        </div>
      </div>
    </div>
  );
}

const boxOf = ({ x, y, width, height }: PlacedNode) => ({
  left: `${x}px`,
  top: `${y}px`,
  width: `${width}px`,
  height: `${height}px`,
});

function Line(props: { points: readonly { x: number; y: number }[]; passage: Passage | undefined }) {
  const tip = () => props.points.at(-1) ?? { x: 0, y: 0 };
  return (
    <g
      class={
        props.passage === 'taken'
          ? 'text-text'
          : props.passage === 'not_taken'
            ? 'text-line-strong'
            : 'text-faint'
      }
    >
      <path
        d={lineOf(props.points)}
        fill="none"
        stroke="currentColor"
        stroke-width={props.passage === 'taken' ? 2.5 : 1.25}
        stroke-dasharray={props.passage === 'not_taken' ? '4 4' : undefined}
      />
      <path
        d={`M${tip().x - 4} ${tip().y - 6} L${tip().x + 4} ${tip().y - 6} L${tip().x} ${tip().y} Z`}
        fill="currentColor"
      />
    </g>
  );
}

const passageWords: Record<Passage, string> = {
  taken: t('taken'),
  not_taken: t('not taken'),
  ahead: t('not reached'),
};

/** One step, option or branch. */
function Item(props: {
  node: PlacedNode;
  document: Document;
  run: FlowRun | undefined;
  passage: Passage | undefined;
  selected: boolean;
  tabbable: boolean;
  element: (element: HTMLElement) => void;
  onFocus: () => void;
  onOpen: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
}) {
  const step = () => stepAt(props.document, props.node.stepPath);
  const type = () => textOf(step(), 'type');
  const isStep = () => props.node.kind === 'step';
  const group = () =>
    groupsAt(props.document, props.node.stepPath).find(({ path }) => path === props.node.id);
  const title = () =>
    isStep()
      ? textOf(step(), 'title') || textOf(step(), 'id') || stepTypeWord(type())
      : [stepTypeView(type()).groupWord ?? t('Branch'), group()?.title || group()?.id || ''].join(' ');
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
  const aside = () =>
    isStep()
      ? [isConditional() ? 'conditional' : '', ownerWords(step()) ?? ''].filter(Boolean).join(' · ')
      : group()?.end
        ? t('then it ends')
        : '';
  const label = () =>
    [
      isStep() ? `${props.node.number}. ${title()}` : title(),
      isStep() ? stepTypeWord(type()) : '',
      isConditional() ? 'conditional' : '',
      !isStep() && group()?.end ? t('then it ends') : '',
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
      onFocus={() => props.onFocus()}
      onClick={() => props.onOpen()}
      onKeyDown={(event) => props.onKeyDown(event)}
      class="absolute flex cursor-pointer flex-col justify-center rounded-md border px-2.5 hover:bg-hover"
      classList={{
        'bg-bg': isStep() && !props.selected,
        'bg-selected': props.selected,
        'bg-sunken': !isStep() && !props.selected,
        'border-2 border-text': props.passage === 'taken',
        'border-line-strong': props.passage !== 'taken',
        'border-dashed text-faint': props.passage === 'not_taken',
        'outline-2 outline-accent': props.selected,
      }}
      style={boxOf(props.node)}
    >
      <span class="sr-only">{label()}</span>
      <span aria-hidden="true" title={title()} class="flex min-w-0 items-center gap-1.5">
        <Show when={isStep()}>
          <StepIcon type={type()} />
        </Show>
        <span class="min-w-0 truncate" classList={{ 'font-medium': props.passage !== 'not_taken' }}>
          {title()}
        </span>
      </span>
      <span aria-hidden="true" class="flex min-w-0 items-center gap-2 truncate text-muted text-sm">
        <Show when={state()} fallback={aside()}>
          <Show when={ran()} fallback={<span class="text-faint first-letter:uppercase">{state()}</span>}>
            {(reached) => <Status kind={stepKind(reached())} />}
          </Show>
          <Show when={isConditional()}>
            <span>{t('conditional')}</span>
          </Show>
        </Show>
      </span>
    </div>
  );
}
