import { createEffect, createMemo, createSignal, For, on, Show } from 'solid-js';
import { Canvas, type CanvasHandle } from '../../../../kit/graph/canvas.tsx';
import { lineOf, type Point } from '../../../../kit/graph/line-of.ts';
import { sameJson } from '../../../../kit/schema-form/json-edit.ts';
import { t } from '../../../../words/words.ts';
import type { Document } from '../outline.ts';
import { placeWords, stepTitle } from '../place-words.ts';
import { keyOf, type StepPlace, splitPath } from '../step-places.ts';
import { createDrag, type Dragged } from './flow-drag.ts';
import { AddHere, type FlowEdit, FlowTools, Ghost } from './flow-edit.tsx';
import { boxOf, type FlowHeat, FlowItem } from './flow-item.tsx';
import { layOut, type PlacedNode } from './flow-layout.ts';
import { nextNode } from './flow-moves.ts';
import { flowOf } from './flow-of.ts';
import { placePlaces } from './flow-places.ts';
import { type FlowRun, type Passage, wayOf } from './run-flow.ts';

export interface FlowProps {
  document: Document;
  label: string;
  /** Shows how far it is, and which way it took. */
  run?: FlowRun | undefined;
  /** By the path of a step, an option or a branch. */
  heat?: ((path: string) => FlowHeat | undefined) | undefined;
  edit?: FlowEdit | undefined;
  /** The path of the step that is open beside it. */
  selected?: string | undefined;
  /** A click, or Enter. */
  onOpen: (stepPath: string) => void;
}

/** The steps as boxes, from top to bottom, with lines in the order in which they run. */
export default function FlowDrawing(props: FlowProps) {
  const flow = createMemo(() => flowOf(props.document), undefined, { equals: sameJson });
  const room = () => ({
    ...(props.heat && { stepHeight: 72 }),
    ...(props.edit && { between: 46 }),
  });
  const placed = createMemo(() => layOut(flow(), room()));
  const way = createMemo(() => props.run && wayOf(flow(), props.document, props.run));
  const items = createMemo(() => placed().nodes.filter(({ stepPath }) => stepPath !== ''));
  const byId = createMemo(() => new Map(items().map((node) => [node.id, node])));
  // By id, so that a change of one step does not make all of them again.
  const ids = createMemo(() => items().map(({ id }) => id), [], { equals: sameJson });
  const places = createMemo(() => (props.edit ? placePlaces(props.document, placed().nodes) : []));
  const [active, setActive] = createSignal<string | null>(null);
  const [adding, setAdding] = createSignal<string | null>(null);
  const [said, say] = createSignal('');
  const elements = new Map<string, HTMLElement>();
  let canvas: CanvasHandle | undefined;

  const inTabOrder = () => {
    const at = active() ?? props.selected;
    return at !== undefined && byId().has(at) ? at : items()[0]?.id;
  };
  /** What buttons act on. */
  const current = () => {
    const node = byId().get(active() ?? props.selected ?? '');
    return node?.kind === 'step' ? node.id : undefined;
  };
  const selectedNode = createMemo(() => byId().get(props.selected ?? ''));
  /** At once, so that the next key is for the same step. */
  const focusOn = (path: string | null) => {
    if (path === null) return;
    setActive(path);
    elements.get(path)?.focus();
  };
  const moved = (path: string | null) => {
    if (path === null) return;
    say(t`${stepTitle(props.document, path)} is now ${placeWords(props.document, next(path))}.`);
    focusOn(path);
  };
  const move = (edit: FlowEdit, path: string, place: StepPlace) => {
    const why = edit.refused(path, place);
    if (why !== null) say(why);
    else moved(edit.moveTo(path, place));
  };
  const ask = (edit: FlowEdit, path: string) => edit.askPlace(path, (place) => move(edit, path, place));
  const next = (path: string): StepPlace => {
    const { listPath, index } = splitPath(path);
    return { listPath, index: index + 1 };
  };
  const drag = createDrag({
    canvas: () => canvas,
    places,
    onDrop: (path, place) => props.edit && move(props.edit, path, place),
  });
  createEffect(
    on(ids, (now) => {
      const kept = new Set(now);
      for (const id of elements.keys()) if (!kept.has(id)) elements.delete(id);
    }),
  );

  const editKeys = (edit: FlowEdit, { id, kind }: PlacedNode): Record<string, () => void> =>
    kind !== 'step'
      ? {}
      : {
          'alt+ArrowUp': () => moved(edit.moveBy(id, -1)),
          'alt+ArrowDown': () => moved(edit.moveBy(id, 1)),
          m: () => ask(edit, id),
          a: () => setAdding(keyOf(next(id))),
          Delete: () => focusOn(edit.remove(id)),
          Backspace: () => focusOn(edit.remove(id)),
        };
  const onKeyDown = (event: KeyboardEvent, node: PlacedNode) => {
    const run = props.edit && editKeys(props.edit, node)[`${event.altKey ? 'alt+' : ''}${event.key}`];
    if (event.ctrlKey || event.metaKey) return;
    if (run) run();
    else if (event.altKey) return;
    else if (event.key === 'Enter' || event.key === ' ') props.onOpen(node.stepPath);
    else {
      const to = nextNode(items(), node, event.key);
      if (to === undefined) return;
      elements.get(to.id)?.focus();
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <>
      <Canvas
        width={placed().width}
        height={placed().height}
        rects={items()}
        shown={selectedNode()}
        handle={(handle) => {
          canvas = handle;
        }}
        toolbar={
          <Show
            when={props.edit}
            fallback={<p class="text-muted text-sm max-sm:hidden">{t('Arrow keys move, Enter opens.')}</p>}
          >
            {(edit) => {
              const on = (run: (path: string) => void) => () => {
                const path = current();
                if (path !== undefined) run(path);
              };
              const title = () => {
                const path = current();
                return path === undefined ? undefined : stepTitle(props.document, path);
              };
              return (
                <FlowTools
                  title={title()}
                  onMoveBy={(by) => on((path) => moved(edit().moveBy(path, by)))()}
                  onAsk={on((path) => ask(edit(), path))}
                  onRemove={on((path) => focusOn(edit().remove(path)))}
                />
              );
            }}
          </Show>
        }
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
          <For each={ids()}>
            {(id) => {
              // One that is gone is shown until the list has noticed.
              const node = createMemo<PlacedNode>((before) => byId().get(id) ?? before, byId().get(id)!);
              return (
                <FlowItem
                  node={node()}
                  document={props.document}
                  run={props.run}
                  passage={way()?.passage.get(id)}
                  heat={props.heat?.(id)}
                  problems={node().kind === 'step' ? (props.edit?.problems(id) ?? 0) : 0}
                  moves={props.edit !== undefined && node().kind === 'step'}
                  moving={drag.dragged()?.path === id}
                  selected={props.selected === id}
                  tabbable={inTabOrder() === id}
                  element={(element) => elements.set(id, element)}
                  onFocus={() => setActive(id)}
                  onOpen={() => {
                    if (!drag.endsDrag()) props.onOpen(node().stepPath);
                  }}
                  onPointerDown={(event) => {
                    if (props.edit && node().kind === 'step') drag.start(event, id);
                  }}
                  onKeyDown={(event) => onKeyDown(event, node())}
                />
              );
            }}
          </For>
        </div>
        <Show when={props.edit}>
          {(edit) => (
            <For each={places()}>
              {(place) => (
                <Show
                  when={drag.dragged()}
                  fallback={
                    <AddHere
                      edit={edit()}
                      place={place}
                      words={placeWords(props.document, place)}
                      isOpen={adding() === keyOf(place)}
                      onOpen={(open) => setAdding(open ? keyOf(place) : null)}
                    />
                  }
                >
                  {(dragged) => (
                    <span
                      aria-hidden="true"
                      data-place={keyOf(place)}
                      class="-translate-1/2 pointer-events-none absolute rounded-full"
                      classList={{
                        'h-1 w-24 bg-line-strong': !isAt(dragged(), place),
                        'h-2 w-44': isAt(dragged(), place),
                        'bg-accent': isAt(dragged(), place) && !edit().refused(dragged().path, place),
                        'bg-failed': isAt(dragged(), place) && !!edit().refused(dragged().path, place),
                        'opacity-30': !!edit().refused(dragged().path, place) && !isAt(dragged(), place),
                      }}
                      style={{ left: `${place.x}px`, top: `${place.y}px` }}
                    />
                  )}
                </Show>
              )}
            </For>
          )}
        </Show>
      </Canvas>
      <Show when={drag.dragged()}>
        {(dragged) => <Ghost document={props.document} dragged={dragged()} edit={props.edit as FlowEdit} />}
      </Show>
      <p class="sr-only" role="status">
        {said()}
      </p>
    </>
  );
}

const isAt = ({ place }: Dragged, at: StepPlace) => place !== null && keyOf(place) === keyOf(at);

function Line(props: { points: readonly Point[]; passage: Passage | undefined }) {
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
