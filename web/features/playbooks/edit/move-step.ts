import { setAt } from '../../../kit/schema-form/json-edit.ts';
import { type Document, groupsAt, stepAt, stepsIn } from '../parts/outline.ts';

/** Adding, removing and moving steps. Every change makes a new document. */

/** A changed document, and the new path of the step. */
export interface Placed {
  document: Document;
  path: string;
}

/** `/steps/0/options/1/steps/2` → the path of its list, and its index there. */
export function splitPath(path: string): { listPath: string; index: number } {
  const at = path.lastIndexOf('/');
  return { listPath: path.slice(0, at), index: Number(path.slice(at + 1)) };
}

/** The step that contains a list, and the index of its group; null for the playbook's own list. */
function aroundList(listPath: string): { stepPath: string; group: number } | null {
  const match = /^(.*)\/(?:options|branches)\/(\d+)\/steps$/.exec(listPath);
  return match ? { stepPath: match[1] ?? '', group: Number(match[2]) } : null;
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
