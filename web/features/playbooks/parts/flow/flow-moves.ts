import type { PlacedNode } from './flow-layout.ts';

/** Where a key leads: up and down in reading order, left and right to what stands beside. */
export function nextNode(
  nodes: readonly PlacedNode[],
  from: PlacedNode,
  key: string,
): PlacedNode | undefined {
  const at = nodes.findIndex(({ id }) => id === from.id);
  const moves: Record<string, () => PlacedNode | undefined> = {
    ArrowDown: () => nodes[Math.min(nodes.length - 1, at + 1)],
    ArrowUp: () => nodes[Math.max(0, at - 1)],
    Home: () => nodes[0],
    End: () => nodes.at(-1),
    ArrowRight: () => beside(nodes, from, 1) ?? from,
    ArrowLeft: () => beside(nodes, from, -1) ?? from,
  };
  return Object.hasOwn(moves, key) ? moves[key]?.() : undefined;
}

/** Height counts more than distance, so that the way stays level. */
function beside(nodes: readonly PlacedNode[], from: PlacedNode, side: 1 | -1): PlacedNode | undefined {
  const middle = ({ x, width }: PlacedNode) => x + width / 2;
  const far = (node: PlacedNode) =>
    Math.abs(middle(node) - middle(from)) + 4 * Math.abs(node.y + node.height / 2 - from.y - from.height / 2);
  return nodes.filter((node) => (middle(node) - middle(from)) * side > 8).sort((a, b) => far(a) - far(b))[0];
}
