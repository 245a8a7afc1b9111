import { type Document, groupsAt, stepAt, stepsIn, textOf } from '../outline.ts';

export interface FlowNode {
  /** The JSON Pointer of the step, option or branch; `start`, and `end` alone or after that of an option. */
  id: string;
  kind: 'start' | 'step' | 'group' | 'end';
  /** How many steps, options and branches are around it. */
  depth: number;
  /** The step that it is, or of which it is an option or branch; '' for start and end. */
  stepPath: string;
  /** 1, 2, … of a step. */
  number: number;
}

export interface FlowEdge {
  from: string;
  to: string;
  /** Goes past the options or branches of a step that can be skipped. */
  past: boolean;
}

export interface Flow {
  /** In reading order. */
  nodes: FlowNode[];
  edges: FlowEdge[];
}

/** The way through a playbook. Options and branches join again at the next step, unless they end there. */
export function flowOf(document: Document): Flow {
  const nodes: FlowNode[] = [{ id: 'start', kind: 'start', depth: 0, stepPath: '', number: 0 }];
  const edges: FlowEdge[] = [];
  let number = 0;
  type Tail = Pick<FlowEdge, 'from' | 'past'>;
  const add = (node: FlowNode, tails: readonly Tail[]) => {
    nodes.push(node);
    edges.push(...tails.map((tail) => ({ ...tail, to: node.id })));
  };
  const addEnd = (id: string, tails: readonly Tail[]) => {
    if (tails.length > 0) add({ id, kind: 'end', depth: 0, stepPath: '', number: 0 }, tails);
  };
  /**
   * @param branch what the branch around the list leads on with, where it ends early; null: the run ends there
   * @returns what the step after the list follows
   */
  const visit = (listPath: string, depth: number, before: Tail[], branch: Tail[] | null): Tail[] => {
    let tails = before;
    stepsIn(document, listPath).forEach((_, index) => {
      const path = `${listPath}/${index}`;
      number += 1;
      add({ id: path, kind: 'step', depth, stepPath: path, number }, tails);
      tails = [{ from: path, past: false }];
      const groups = groupsAt(document, path);
      if (groups.length === 0) return;
      const joined: Tail[] = canBeSkipped(document, path) ? [{ from: path, past: true }] : [];
      for (const group of groups) {
        add({ id: group.path, kind: 'group', depth: depth + 1, stepPath: path, number: 0 }, tails);
        // What ends inside a branch ends that branch alone.
        const inside = group.key === 'branches' ? joined : branch;
        const last = visit(group.listPath, depth + 2, [{ from: group.path, past: false }], inside);
        if (!group.end) joined.push(...last);
        else if (inside) inside.push(...last);
        else addEnd(`${group.path}/end`, last);
      }
      tails = joined;
    });
    return tails;
  };
  addEnd('end', visit('/steps', 0, [{ from: 'start', past: false }], null));
  return { nodes, edges };
}

const canBeSkipped = (document: Document, path: string): boolean => {
  const step = stepAt(document, path);
  return textOf(step, 'when') !== '' || step.optional === true;
};
