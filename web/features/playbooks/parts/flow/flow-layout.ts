import { Graph, layout } from '@dagrejs/dagre';
import type { Flow, FlowEdge, FlowNode } from './flow-of.ts';

interface Point {
  x: number;
  y: number;
}

export interface PlacedNode extends FlowNode {
  /** Of its upper left corner. */
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface PlacedEdge extends FlowEdge {
  points: Point[];
}

export interface FlowLayout {
  width: number;
  height: number;
  nodes: PlacedNode[];
  edges: PlacedEdge[];
}

const sizes: Record<FlowNode['kind'], { width: number; height: number }> = {
  start: { width: 64, height: 24 },
  step: { width: 208, height: 52 },
  group: { width: 168, height: 44 },
  end: { width: 64, height: 24 },
};

/** Where everything stands, from top to bottom. */
export function layOut({ nodes, edges }: Flow): FlowLayout {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'TB', nodesep: 24, ranksep: 30, marginx: 12, marginy: 12 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, kind } of nodes) graph.setNode(id, { ...sizes[kind] });
  // Options stand right below their step.
  const groups = new Set(nodes.flatMap(({ id, kind }) => (kind === 'group' ? [id] : [])));
  for (const { from, to } of edges) graph.setEdge(from, to, { weight: groups.has(to) ? 4 : 1 });
  // In reading order few lines cross; a search for fewer mirrors the options, and takes seconds.
  layout(graph, { disableOptimalOrderHeuristic: true });
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return {
    width,
    height,
    nodes: nodes.map((node) => {
      const { x, y } = graph.node(node.id) as Point;
      const size = sizes[node.kind];
      return { ...node, ...size, x: x - size.width / 2, y: y - size.height / 2 };
    }),
    edges: edges.map((edge) => ({
      ...edge,
      points: (graph.edge(edge.from, edge.to) as { points: Point[] }).points,
    })),
  };
}

/** Its line, rounded at the bends, for the `d` of an SVG path. */
export function lineOf(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  const last = rest.pop() ?? first;
  const bends = rest.map((bend, index) => {
    const next = rest[index + 1] ?? last;
    const to = index === rest.length - 1 ? last : { x: (bend.x + next.x) / 2, y: (bend.y + next.y) / 2 };
    return `Q${bend.x} ${bend.y} ${to.x} ${to.y}`;
  });
  return [`M${first.x} ${first.y}`, ...bends, ...(rest.length === 0 ? [`L${last.x} ${last.y}`] : [])].join(
    ' ',
  );
}
