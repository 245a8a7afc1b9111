import { expect, test } from 'vitest';
import { playbookPrompt } from '../../../../api/mcp/playbook-prompt.ts';
import { playbookDocumentSchema } from '../../../../shared/playbooks/playbook-document.ts';

const manual = (id: string, more: object = {}) => ({
  id,
  type: 'manual' as const,
  title: `Do ${id}`,
  ...more,
});
const documentOf = (steps: object[]) =>
  playbookDocumentSchema.parse({ name: 'late_parcel', title: 'Late parcel', steps });

test('a playbook becomes instructions: its steps in order, with conditions, tools and where they are', () => {
  const document = documentOf([
    manual('look', { when: 'input.urgent', instructions: 'Ask the carrier.' }),
    {
      id: 'both',
      type: 'parallel',
      title: 'At once',
      branches: [
        { id: 'left', title: 'Left', steps: [manual('inner')] },
        { id: 'right', title: 'Right', steps: [manual('other')] },
      ],
    },
  ]);
  const text = playbookPrompt(document, { inputs: [['parcel', 'p_1']], uri: 'interlock://playbooks/1' });
  expect(text).toContain('Inputs:\n- parcel: p_1');
  expect(text).toContain('1. Do look (manual)\nOnly if: input.urgent\nAsk the carrier.');
  expect(text).toContain('3. Do inner (manual, inside both/left)');
});

test('a playbook that is too long to read at once says where the rest is', () => {
  const long = 'x'.repeat(16_000);
  const document = documentOf(
    Array.from({ length: 6 }, (_, index) => manual(`step_${index}`, { instructions: long })),
  );
  const text = playbookPrompt(document, { inputs: [], uri: 'interlock://playbooks/1' });
  expect(text.length).toBeLessThan(61_000);
  expect(text).toMatch(/Read the other steps in interlock:\/\/playbooks\/1\.$/);
});
