import { isObject } from '../../../../shared/platform/schema-properties.ts';
import { getAt } from '../../../kit/schema-form/json-edit.ts';

/** Read loosely, so that an invalid playbook can be shown too. */
export type Document = Record<string, unknown>;
export type LooseStep = Record<string, unknown>;

/** The keys under which a step of any type has groups of steps. */
const groupKeys = ['options', 'branches'] as const;
export type GroupKey = (typeof groupKeys)[number];

export interface LooseGroup {
  key: GroupKey;
  /** JSON Pointers of the option or branch, and of its list of steps. */
  path: string;
  listPath: string;
  id: string;
  title: string;
  /** The run, or the branch around it, ends here. */
  end: boolean;
}

export type OutlineItem =
  | { kind: 'step'; path: string; depth: number; number: number }
  | { kind: 'group'; path: string; depth: number; stepPath: string }
  | { kind: 'end'; path: string; depth: number; listPath: string };

export const textOf = (holder: LooseStep, key: string): string => {
  const value = holder[key];
  return typeof value === 'string' ? value : '';
};

export const stepAt = (document: Document, path: string): LooseStep => {
  const step = getAt(document, path);
  return isObject(step) ? step : {};
};

export const stepsIn = (document: unknown, listPath: string): unknown[] => {
  const list = getAt(document, listPath);
  return Array.isArray(list) ? list : [];
};

/** The options or branches of a step. */
export function groupsAt(document: Document, path: string): LooseGroup[] {
  const step = stepAt(document, path);
  const key = groupKeys.find((each) => Array.isArray(step[each]));
  if (key === undefined) return [];
  return stepsIn(step, `/${key}`).map((group, index) => {
    const read = isObject(group) ? group : {};
    const at = `${path}/${key}/${index}`;
    return {
      key,
      path: at,
      listPath: `${at}/steps`,
      id: textOf(read, 'id'),
      title: textOf(read, 'title'),
      end: read.end === true,
    };
  });
}

/** Steps, groups and ends of lists in reading order; an `end` is where a step can be added. */
export function outline(document: Document): OutlineItem[] {
  const items: OutlineItem[] = [];
  let number = 0;
  const visit = (listPath: string, depth: number) => {
    stepsIn(document, listPath).forEach((_, index) => {
      const path = `${listPath}/${index}`;
      number += 1;
      items.push({ kind: 'step', path, depth, number });
      for (const group of groupsAt(document, path)) {
        items.push({ kind: 'group', path: group.path, depth: depth + 1, stepPath: path });
        visit(group.listPath, depth + 2);
      }
    });
    items.push({ kind: 'end', path: `${listPath}/-`, depth, listPath });
  };
  visit('/steps', 0);
  return items;
}

/** Pointers of all steps, in reading order. */
export const stepPaths = (document: Document): string[] =>
  outline(document).flatMap((item) => (item.kind === 'step' ? [item.path] : []));
