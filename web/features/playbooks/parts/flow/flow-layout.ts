import { Graph, layout } from '@dagrejs/dagre';
import type { Point } from '../../../../kit/graph/line-of.ts';
import type { Flow, FlowEdge, FlowNode } from './flow-of.ts';

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

const usualSizes: Record<FlowNode['kind'], { width: number; height: number }> = {
  start: { width: 64, height: 24 },
  step: { width: 208, height: 52 },
  group: { width: 168, height: 44 },
  end: { width: 64, height: 24 },
};

/** Room for more: three lines in a step, places between the steps. */
export interface FlowRoom {
  stepHeight?: number;
  between?: number;
}

/** Where everything stands, from top to bottom. */
export function layOut({ nodes, edges }: Flow, room: FlowRoom = {}): FlowLayout {
  const sizes = { ...usualSizes, step: { ...usualSizes.step, height: room.stepHeight ?? 52 } };
  const graph = new Graph();
  graph.setGraph({ rankdir: 'TB', nodesep: 24, ranksep: room.between ?? 30, marginx: 12, marginy: 12 });
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
