import { isWithin, setAt } from '../../../kit/schema-form/json-edit.ts';
import { type Document, groupsAt, stepAt, stepPaths, stepsIn, textOf } from '../parts/outline.ts';
import { aroundList, type StepPlace, splitPath } from '../parts/step-places.ts';

/** Adding, removing and moving steps. Every change makes a new document. */

/** A changed document, and the new path of the step. */
export interface Placed {
  document: Document;
  path: string;
}

export function insertStep(document: Document, listPath: string, index: number, step: unknown): Placed {
  const list = stepsIn(document, listPath);
  const next = [...list.slice(0, index), step, ...list.slice(index)];
  return { document: setAt(document, listPath, next) as Document, path: `${listPath}/${index}` };
}

export const removeStep = (document: Document, path: string): Document =>
  setAt(document, path, undefined) as Document;

/**
 * Moves a step by one place in reading order: past its neighbor, into and out of options and branches. Down and up undo
 * each other. Null where there is no further place.
 */
export function moveStep(document: Document, path: string, by: -1 | 1): Placed | null {
  const step = stepAt(document, path);
  const target = by > 0 ? below(document, path) : above(document, path);
  return target && insertStep(removeStep(document, path), target.listPath, target.index, step);
}

/** A place in the document without the step. */
type Place = { listPath: string; index: number } | null;

function below(document: Document, path: string): Place {
  const { listPath, index } = splitPath(path);
  if (index + 1 < stepsIn(document, listPath).length) {
    const [first] = groupsAt(document, `${listPath}/${index + 1}`);
    if (!first) return { listPath, index: index + 1 };
    // The neighbor moves up once the step is gone.
    const from = `${listPath}/${index + 1}`;
    return { listPath: `${listPath}/${index}${first.listPath.slice(from.length)}`, index: 0 };
  }
  const around = aroundList(listPath);
  if (!around) return null;
  const next = groupsAt(document, around.stepPath)[around.group + 1];
  if (next) return { listPath: next.listPath, index: 0 };
  const outer = splitPath(around.stepPath);
  return { listPath: outer.listPath, index: outer.index + 1 };
}

function above(document: Document, path: string): Place {
  const { listPath, index } = splitPath(path);
  if (index > 0) {
    const last = groupsAt(document, `${listPath}/${index - 1}`).at(-1);
    if (!last) return { listPath, index: index - 1 };
    return { listPath: last.listPath, index: stepsIn(document, last.listPath).length };
  }
  const around = aroundList(listPath);
  if (!around) return null;
  const previous = groupsAt(document, around.stepPath)[around.group - 1];
  if (previous) return { listPath: previous.listPath, index: stepsIn(document, previous.listPath).length };
  return splitPath(around.stepPath);
}

/** Why a step cannot be at this place; null: it can. */
export function whyNotAt(path: string, { listPath, index }: StepPlace): 'inside' | 'there' | null {
  if (isWithin(listPath, path)) return 'inside';
  const from = splitPath(path);
  return from.listPath === listPath && (index === from.index || index === from.index + 1) ? 'there' : null;
}

/** Moves a step, with all steps in it, to any place. Null where it cannot be, or is already. */
export function moveStepTo(document: Document, path: string, place: StepPlace): Placed | null {
  if (whyNotAt(path, place) !== null) return null;
  const from = splitPath(path);
  // Without the step, what follows it in its list moves up by one.
  const [, next = '', rest = ''] = new RegExp(`^${from.listPath}/(\\d+)(/.*)$`).exec(place.listPath) ?? [];
  const listPath =
    next !== '' && Number(next) > from.index ? `${from.listPath}/${Number(next) - 1}${rest}` : place.listPath;
  const index = place.listPath === from.listPath && place.index > from.index ? place.index - 1 : place.index;
  return insertStep(removeStep(document, path), listPath, index, stepAt(document, path));
}

/** Results that would not be there yet: of `uses`, the step `by` needs them. */
export interface Untimely {
  by: string;
  uses: string;
}

/** The first result that a step would need before it is there if it was at this place, and does not need so now. */
export function untimelyAt(document: Document, path: string, place: StepPlace): Untimely | null {
  const moved = moveStepTo(document, path, place);
  if (!moved) return null;
  const before = new Set(untimelyIn(document).map(({ by, uses }) => `${by} ${uses}`));
  return untimelyIn(moved.document).find(({ by, uses }) => !before.has(`${by} ${uses}`)) ?? null;
}

/** Steps that use the result of a step that comes later. */
function untimelyIn(document: Document): Untimely[] {
  const paths = stepPaths(document);
  const places = new Map(paths.map((path, index) => [textOf(stepAt(document, path), 'id'), index]));
  return paths.flatMap((path, index) => {
    const step = stepAt(document, path);
    const own = JSON.stringify({ ...step, options: undefined, branches: undefined });
    return [...own.matchAll(/(?<![\w.$])steps\.([A-Za-z_]\w*)/g)].flatMap(([, uses = '']) =>
      (places.get(uses) ?? -1) >= index ? [{ by: textOf(step, 'id'), uses }] : [],
    );
  });
}
