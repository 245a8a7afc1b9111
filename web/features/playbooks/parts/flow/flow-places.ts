import { type Document, stepsIn } from '../outline.ts';
import { placesIn, type StepPlace } from '../step-places.ts';
import type { PlacedNode } from './flow-layout.ts';

/** Where a step can be put, and where that is on the drawing. */
export interface PlacedPlace extends StepPlace {
  x: number;
  y: number;
}

/** Half of the room between two rows is before what follows, the other half after what is above. */
const apart = 11;

/** On the line that a step there would be on: above the step that it would stand before, or below all that it follows. */
export function placePlaces(document: Document, nodes: readonly PlacedNode[]): PlacedPlace[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return placesIn(document).flatMap((place) => {
    const { listPath, index } = place;
    const above = (node: PlacedNode | undefined) =>
      node ? [{ ...place, x: node.x + node.width / 2, y: node.y - apart }] : [];
    const below = (node: PlacedNode | undefined, end = node ? node.y + node.height : 0) =>
      node ? [{ ...place, x: node.x + node.width / 2, y: end + apart }] : [];
    if (index < stepsIn(document, listPath).length) return above(byId.get(`${listPath}/${index}`));
    const end = listPath === '/steps' ? byId.get('end') : undefined;
    if (end) return above(end);
    if (index === 0) return below(byId.get(listPath.replace(/\/steps$/, '') || 'start'));
    const last = `${listPath}/${index - 1}`;
    const within = nodes.filter(({ id }) => id === last || id.startsWith(`${last}/`));
    return below(byId.get(last), Math.max(...within.map(({ y, height }) => y + height)));
  });
}

/** The nearest place to a point, if there is one this near. */
export function nearestPlace(
  places: readonly PlacedPlace[],
  at: { x: number; y: number },
  within: number,
): PlacedPlace | null {
  const far = ({ x, y }: PlacedPlace) => Math.hypot((x - at.x) / 2, y - at.y);
  const [nearest] = places.toSorted((a, b) => far(a) - far(b));
  return nearest && far(nearest) <= within ? nearest : null;
}
