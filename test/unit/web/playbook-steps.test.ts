import { describe, expect, it } from 'vitest';
import { stepSchema, stepTypes } from '../../../shared/playbooks/steps/registry.ts';
import { insertStep, moveStep, removeStep } from '../../../web/features/playbooks/edit/move-step.ts';
import { newStep } from '../../../web/features/playbooks/edit/new-step.ts';
import { copyStep, idOfTitle, renameStep, usedIds } from '../../../web/features/playbooks/edit/step-ids.ts';
import { issuesByStep, stepOf } from '../../../web/features/playbooks/edit/step-issues.ts';
import {
  type Document,
  outline,
  stepAt,
  stepPaths,
  textOf,
} from '../../../web/features/playbooks/parts/outline.ts';

const step = (id: string, extra: object = {}) => ({ id, type: 'manual', title: id, ...extra });
const document: Document = {
  steps: [
    step('first'),
    {
      id: 'choice',
      type: 'decision',
      title: 'Choice',
      options: [
        { id: 'yes', title: 'Yes', steps: [step('a'), step('b')] },
        { id: 'no', title: 'No', steps: [] },
      ],
    },
    step('last', { when: '${{ steps.first.output.ok and steps.first_two.output.ok }}' }),
  ],
};
const ids = (of: Document) => stepPaths(of).map((path) => `${path} ${textOf(stepAt(of, path), 'id')}`);

describe('the steps of a playbook as one list', () => {
  it('numbers steps in the order of reading and leaves a place at the end of every list', () => {
    expect(outline(document).map((item) => [item.kind, item.depth, item.path].join(' '))).toEqual([
      'step 0 /steps/0',
      'step 0 /steps/1',
      'group 1 /steps/1/options/0',
      'step 2 /steps/1/options/0/steps/0',
      'step 2 /steps/1/options/0/steps/1',
      'end 2 /steps/1/options/0/steps/-',
      'group 1 /steps/1/options/1',
      'end 2 /steps/1/options/1/steps/-',
      'step 0 /steps/2',
      'end 0 /steps/-',
    ]);
  });

  it('reads what does not hold together', () => {
    expect(outline({ steps: [null, { type: 'decision', options: 'x' }] })).toHaveLength(3);
    expect(outline({})).toHaveLength(1);
  });

  it('moves a step through every place there is, down and back up', () => {
    let at = { document, path: '/steps/0' };
    const places = [at.path];
    const seen = [ids(at.document)];
    for (let next = moveStep(at.document, at.path, 1); next; next = moveStep(at.document, at.path, 1)) {
      at = next;
      places.push(at.path);
      seen.push(ids(at.document));
    }
    expect(places).toEqual([
      '/steps/0',
      '/steps/0/options/0/steps/0',
      '/steps/0/options/0/steps/1',
      '/steps/0/options/0/steps/2',
      '/steps/0/options/1/steps/0',
      '/steps/1',
      '/steps/2',
    ]);
    for (let back = seen.length - 2; back >= 0; back -= 1) {
      at = moveStep(at.document, at.path, -1)!;
      expect(at.path).toBe(places[back]);
      expect(ids(at.document)).toEqual(seen[back]);
    }
    expect(moveStep(at.document, at.path, -1)).toBeNull();
    expect(at.document).toEqual(document);
  });

  it('adds and removes a step without touching the others', () => {
    const added = insertStep(document, '/steps/1/options/1/steps', 0, step('new'));
    expect(ids(added.document)).toContain('/steps/1/options/1/steps/0 new');
    expect(removeStep(added.document, added.path)).toEqual(document);
  });
});

describe('the ids of steps', () => {
  it('come from the title, else the type, and are never taken twice', () => {
    expect(idOfTitle('Check the account', 'manual', new Set())).toBe('check_the_account');
    expect(idOfTitle('', 'call_tool', new Set(['call_tool']))).toBe('call_tool_2');
  });

  it('are followed by the expressions that name the step, and by no others', () => {
    const renamed = renameStep(document, '/steps/0', 'check');
    expect(stepAt(renamed, '/steps/2').when).toBe(
      '${{ steps.check.output.ok and steps.first_two.output.ok }}',
    );
  });

  it('are not followed while two steps share one: it is unknown which was meant', () => {
    const twice = insertStep(document, '/steps', 0, step('first')).document;
    expect(stepAt(renameStep(twice, '/steps/0', 'x'), '/steps/3').when).toContain('steps.first.output');
  });

  it('of a copy are its own, inside it too, and the copy speaks of itself', () => {
    const choice = {
      ...stepAt(document, '/steps/1'),
      options: [
        { id: 'yes', title: 'Yes', steps: [step('a'), step('b', { when: 'steps.a.output.ok' })] },
        { id: 'no', title: 'No', steps: [] },
      ],
    };
    const copy = copyStep(choice, usedIds(document));
    expect(ids({ steps: [copy] }).map((line) => line.split(' ')[1])).toEqual(['choice_2', 'a_2', 'b_2']);
    expect(stepAt({ steps: [copy] }, '/steps/0/options/0/steps/1').when).toBe('steps.a_2.output.ok');
  });
});

describe('a new step', () => {
  it('of every type lacks nothing but what only a person can know', () => {
    for (const type of stepTypes) {
      const made = newStep(type, new Set());
      const filled = { ...made, title: 'A', ...('tool' in made && { tool: 'refund' }) };
      const missing = stepSchema.safeParse(filled).error?.issues.map(({ path }) => path.join('/')) ?? [];
      expect(missing, type).toEqual(
        { notify: ['message'], for_each: ['items'], batch: ['calls/0/tool'], playbook: ['playbook'] }[
          type as string
        ] ?? [],
      );
    }
  });
});

describe('issues', () => {
  const issue = (path: string) => ({ path, message: '', keyword: '' });

  it('belong to the innermost step around their place', () => {
    expect(stepOf(document, '/steps/1/options/0/steps/1/title')).toBe('/steps/1/options/0/steps/1');
    expect(stepOf(document, '/steps/1/options/0/title')).toBe('/steps/1');
    expect(stepOf(document, '/name')).toBeNull();
    expect(
      issuesByStep(document, [
        issue('/steps/1'),
        issue('/steps/1/options/0/steps/1/id'),
        issue('/steps/10/id'),
        issue('/title'),
      ]),
    ).toEqual(
      new Map([
        ['/steps/1', 1],
        ['/steps/1/options/0/steps/1', 1],
      ]),
    );
  });
});
