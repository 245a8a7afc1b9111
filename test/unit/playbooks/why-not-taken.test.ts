import { expect, test } from 'vitest';
import { allSteps, playbookDocumentSchema } from '../../../shared/playbooks/playbook-document.ts';
import { whyNotTaken } from '../../../shared/playbooks/server/why-not-taken.ts';

const manual = (id: string, more = {}) => ({ id, type: 'manual', title: `Step ${id}`, ...more });
const document = playbookDocumentSchema.parse({
  name: 'paths',
  title: 'Paths',
  steps: [
    {
      id: 'choice',
      type: 'decision',
      title: 'Which?',
      options: [
        { id: 'yes', title: 'Yes', steps: [manual('a')] },
        {
          id: 'no',
          title: 'No',
          steps: [
            {
              id: 'both',
              type: 'parallel',
              title: 'Both',
              branches: [
                { id: 'one', title: 'One', steps: [manual('b')] },
                { id: 'two', title: 'Two', steps: [manual('c')] },
              ],
            },
          ],
        },
      ],
    },
    {
      id: 'rare',
      type: 'parallel',
      title: 'Rare',
      when: '${{ input.amount > 5 }}',
      branches: [
        { id: 'one', title: 'One', steps: [manual('d')] },
        { id: 'two', title: 'Two', steps: [manual('e')] },
      ],
    },
    manual('last'),
  ],
});
const placed = allSteps(document);
const steps = new Map(placed.map(({ step }) => [step.id, step]));
type Row = { status: 'completed' | 'skipped' | 'waiting'; outcome: string | null };
const why = (rows: Record<string, Row>) =>
  Object.fromEntries(
    placed.flatMap((each) => {
      const found = whyNotTaken(
        each,
        (id) => steps.get(id),
        (id) => rows[id],
      );
      return found ? [[each.step.id, `${found.title}: ${found.when ?? found.chosen}`]] : [];
    }),
  );

test('a step is not taken when its condition, or that of a step around it, was false, or another option was chosen', () => {
  expect(
    why({
      choice: { status: 'completed', outcome: 'yes' },
      a: { status: 'skipped', outcome: 'skip' },
      rare: { status: 'skipped', outcome: 'condition' },
    }),
  ).toEqual({
    both: 'Which?: Yes',
    b: 'Which?: Yes',
    c: 'Which?: Yes',
    rare: 'Rare: input.amount > 5',
    d: 'Rare: input.amount > 5',
    e: 'Rare: input.amount > 5',
  });
});

test('what is still ahead, and the branches of a step that runs all of them, are not said to be not taken', () => {
  expect(why({ choice: { status: 'waiting', outcome: null } })).toEqual({});
  expect(
    why({
      choice: { status: 'completed', outcome: 'no' },
      both: { status: 'completed', outcome: 'done' },
    }),
  ).toEqual({ a: 'Which?: No' });
});
