import { copyJson } from '../../../../shared/platform/json.ts';
import { isObject } from '../../../../shared/platform/schema-properties.ts';
import { nameFromTitle } from '../../../kit/document-form/name-from-title.ts';
import { setAt } from '../../../kit/schema-form/json-edit.ts';
import { type Document, groupsAt, type LooseStep, stepAt, stepPaths, textOf } from '../parts/outline.ts';

/** The IDs of all steps except the one at `except`. */
export const usedIds = (document: Document, except?: string): Set<string> =>
  new Set(
    stepPaths(document)
      .filter((path) => path !== except)
      .map((path) => textOf(stepAt(document, path), 'id')),
  );

/** `base`, or `base_2`, `base_3` … where it is already used. */
export function freeId(base: string, used: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? base : `${base.slice(0, 58)}_${number}`;
    if (!used.has(id)) return id;
  }
}

/** The default ID of a step: from its title, else from its type. */
export const idOfTitle = (title: string, type: string, used: ReadonlySet<string>): string =>
  freeId(nameFromTitle(title) || type, used);

/** A copy of a step with new IDs for itself and all steps inside; references within the copy follow. */
export function copyStep(step: LooseStep, otherIds: ReadonlySet<string>): LooseStep {
  const used = new Set(otherIds);
  let holder: Document = { steps: [copyJson(step)] };
  for (const path of stepPaths(holder)) {
    const before = textOf(stepAt(holder, path), 'id');
    const id = freeId(before.replace(/_\d+$/, '') || 'step', used);
    used.add(id);
    holder = renameReferences(setAt(holder, `${path}/id`, id) as Document, before, id);
  }
  return stepAt(holder, '/steps/0');
}

/** Gives a step another ID. Expressions that use it follow, if no other step had the old ID. */
export function renameStep(document: Document, path: string, id: string): Document {
  const before = textOf(stepAt(document, path), 'id');
  const next = setAt(document, `${path}/id`, id) as Document;
  return before === '' || usedIds(document, path).has(before) ? next : renameReferences(next, before, id);
}

/** Keys whose text is an expression even without `${{ }}`. */
const expressionKeys = new Set(['when', 'choose', 'until', 'match', 'happened']);

function renameReferences(document: Document, before: string, id: string): Document {
  if (before === id) return document;
  const pattern = new RegExp(`(?<![\\w.$])steps\\.${before}(?!\\w)`, 'g');
  const visit = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') {
      if (!expressionKeys.has(key) && !value.includes('${{')) return value;
      return value.replaceAll(pattern, `steps.${id}`);
    }
    if (Array.isArray(value)) return value.map((item) => visit(item, ''));
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, visit(item, name)]));
  };
  return visit(document, '') as Document;
}

/** An ID for a new option or branch of a step. */
export function freeGroupId(document: Document, stepPath: string, title: string): string {
  return freeId(nameFromTitle(title) || 'option', new Set(groupsAt(document, stepPath).map(({ id }) => id)));
}
