import { isObject } from '../../../../shared/platform/schema-properties.ts';
import type { StepType } from '../../../../shared/playbooks/steps/registry.ts';
import { getAt } from '../../../kit/schema-form/json-edit.ts';

/** A document that may not hold together yet: read loosely, so that whatever is there can be shown. */
export type Document = Record<string, unknown>;
export type LooseStep = Record<string, unknown>;

/** Where the steps inside of a step stand. */
export type GroupKey = 'options' | 'branches';
const groupKeys: Partial<Record<StepType, GroupKey>> = { decision: 'options', parallel: 'branches' };

export interface LooseGroup {
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

/** The options of a decision, the branches of a parallel step; none of any other. */
export function groupsAt(document: Document, path: string): LooseGroup[] {
  const step = stepAt(document, path);
  const key = groupKeys[textOf(step, 'type') as StepType];
  const groups = key === undefined ? undefined : step[key];
  if (!Array.isArray(groups)) return [];
  return groups.map((group: unknown, index) => {
    const read = isObject(group) ? group : {};
    const at = `${path}/${key}/${index}`;
    return {
      path: at,
      listPath: `${at}/steps`,
      id: textOf(read, 'id'),
      title: textOf(read, 'title'),
      end: read.end === true,
    };
  });
}

/** Steps, groups and the ends of lists in the order of reading; an `end` is where one more step could stand. */
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

/** Pointers of all steps, in the order of reading. */
export const stepPaths = (document: Document): string[] =>
  outline(document).flatMap((item) => (item.kind === 'step' ? [item.path] : []));
