import { type Document, outline, stepsIn } from './outline.ts';

/** A place for a step in the document as it is: before the step at `index` of the list, or at its end. */
export interface StepPlace {
  listPath: string;
  index: number;
}

export const keyOf = ({ listPath, index }: StepPlace): string => `${listPath}/${index}`;

/** `/steps/0/options/1/steps/2` → the path of its list, and its index there. */
export function splitPath(path: string): StepPlace {
  const at = path.lastIndexOf('/');
  return { listPath: path.slice(0, at), index: Number(path.slice(at + 1)) };
}

/** Every place for a step, in reading order. */
export function placesIn(document: Document): StepPlace[] {
  return outline(document).flatMap((item) => {
    if (item.kind === 'step') return [splitPath(item.path)];
    return item.kind === 'end'
      ? [{ listPath: item.listPath, index: stepsIn(document, item.listPath).length }]
      : [];
  });
}

/** The step that contains a list, and the index of its group; null for the playbook's own list. */
export function aroundList(listPath: string): { stepPath: string; group: number } | null {
  const match = /^(.*)\/(?:options|branches)\/(\d+)\/steps$/.exec(listPath);
  return match ? { stepPath: match[1] ?? '', group: Number(match[2]) } : null;
}
