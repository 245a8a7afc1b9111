import { Graph, layout } from '@dagrejs/dagre';
import { createMemo, createSignal, For, Show } from 'solid-js';
import { Canvas } from '../../../kit/graph/canvas.tsx';
import { lineOf, type Point } from '../../../kit/graph/line-of.ts';
import { sameJson } from '../../../kit/schema-form/json-edit.ts';
import { Status } from '../../../kit/status.tsx';
import { counted, t } from '../../../words/words.ts';
import { callShown } from '../parts/batch-words.ts';
import { type CallGroup, statesOf } from './call-groups.ts';

const size = { width: 200, height: 76 };

/** The groups from top to bottom, with a line from each to those that wait for it. */
export default function BatchDrawing(props: { groups: readonly CallGroup[] }) {
  const shape = createMemo(() => props.groups.map(({ id, needs }) => ({ id, needs })), [], {
    equals: sameJson,
  });
  const placed = createMemo(() => {
    const graph = new Graph();
    graph.setGraph({ rankdir: 'TB', nodesep: 20, ranksep: 36, marginx: 12, marginy: 12 });
    graph.setDefaultEdgeLabel(() => ({}));
    for (const { id } of shape()) graph.setNode(id, { ...size });
    for (const { id, needs } of shape()) for (const from of needs) graph.setEdge(from, id);
    layout(graph, { disableOptimalOrderHeuristic: true });
    const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
    return {
      width,
      height,
      boxes: new Map(
        shape().map(({ id }) => {
          const { x, y } = graph.node(id) as Point;
          return [id, { x: x - size.width / 2, y: y - size.height / 2, ...size }];
        }),
      ),
      lines: graph
        .edges()
        .map((edge: Parameters<typeof graph.edge>[0]) => (graph.edge(edge) as { points: Point[] }).points),
    };
  });
  /** As they are read: from top to bottom, then from left to right. */
  const order = createMemo(() => {
    const at = (id: string) => placed().boxes.get(id) ?? { x: 0, y: 0 };
    return shape().toSorted((a, b) => at(a.id).y - at(b.id).y || at(a.id).x - at(b.id).x);
  });
  const byId = createMemo(() => new Map(props.groups.map((group) => [group.id, group])));
  const [active, setActive] = createSignal<string | null>(null);
  const elements = new Map<string, HTMLElement>();
  const tabStop = () => (byId().has(active() ?? '') ? active() : order()[0]?.id);
  const onKeyDown = (event: KeyboardEvent, id: string) => {
    const all = order().map((each) => each.id);
    const at = all.indexOf(id);
    const to: Record<string, string | undefined> = {
      ArrowDown: all[at + 1],
      ArrowRight: all[at + 1],
      ArrowUp: all[at - 1],
      ArrowLeft: all[at - 1],
      Home: all[0],
      End: all.at(-1),
    };
    if (!Object.hasOwn(to, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    elements.get(to[event.key] ?? '')?.focus();
  };

  return (
    <Canvas
      width={placed().width}
      height={placed().height}
      rects={[...placed().boxes.values()]}
      toolbar={<p class="text-muted text-sm max-sm:hidden">{t('Arrow keys move.')}</p>}
    >
      <svg
        aria-hidden="true"
        class="pointer-events-none absolute inset-0 text-faint"
        width={placed().width}
        height={placed().height}
      >
        <For each={placed().lines}>
          {(points) => (
            <>
              <path d={lineOf(points)} fill="none" stroke="currentColor" stroke-width="1.25" />
              <path d={`M${points.at(-1)!.x - 4} ${points.at(-1)!.y - 6} l8 0 l-4 6 Z`} fill="currentColor" />
            </>
          )}
        </For>
      </svg>
      <div role="tree" aria-label={t('Calls as a graph')}>
        <For each={order()}>
          {({ id, needs }) => {
            const group = createMemo<CallGroup>((before) => byId().get(id) ?? before, byId().get(id)!);
            const first = () => group().calls[0]!;
            const title = () =>
              group().calls.length === 1 ? first().id : counted(group().calls.length, '{0} call|{0} calls');
            const after = () =>
              needs.map((each) => {
                const [one, ...more] = byId().get(each)?.calls ?? [];
                return more.length > 0 ? `${one?.id} … ${more.at(-1)?.id}` : one?.id;
              });
            const box = () => placed().boxes.get(id) ?? { x: 0, y: 0, ...size };
            return (
              <div
                role="treeitem"
                ref={(element) => elements.set(id, element)}
                aria-selected={active() === id}
                tabIndex={tabStop() === id ? 0 : -1}
                onFocus={() => setActive(id)}
                onKeyDown={(event) => onKeyDown(event, id)}
                class="absolute flex flex-col justify-center rounded-md border border-line-strong bg-bg px-2.5"
                title={after().length > 0 ? t`after ${after().join(', ')}` : first().toolName}
                style={{
                  left: `${box().x}px`,
                  top: `${box().y}px`,
                  width: `${size.width}px`,
                  height: `${size.height}px`,
                }}
              >
                <span class="truncate font-medium font-mono text-sm">{title()}</span>
                <span class="truncate text-muted text-sm">{first().toolName}</span>
                <span class="flex gap-2 overflow-hidden text-sm">
                  <For each={statesOf(group())}>
                    {({ status, count }) => (
                      <span class="flex items-center gap-1">
                        <Show when={group().calls.length > 1}>{count}</Show>
                        <Status {...callShown[status]} />
                      </span>
                    )}
                  </For>
                </span>
                <Show when={after().length > 0}>
                  <span class="sr-only">{t`after ${after().join(', ')}`}</span>
                </Show>
              </div>
            );
          }}
        </For>
      </div>
    </Canvas>
  );
}
