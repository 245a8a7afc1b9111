import type { StepType } from '../../../../shared/playbooks/steps/registry.ts';
import { t } from '../../../words/words.ts';
import type { Document, LooseStep } from '../parts/outline.ts';
import { idOfTitle } from './step-ids.ts';

/** What a step of each type starts with, besides its ID and title. */
const starts: Record<StepType, () => LooseStep> = {
  call_tool: () => ({ tool: '', input: {} }),
  manual: () => ({ instructions: '' }),
  approval: () => ({ required: 1, noSelfApproval: true }),
  decision: () => ({
    options: [
      { id: 'yes', title: t('Yes'), steps: [] },
      { id: 'no', title: t('No'), steps: [] },
    ],
  }),
  wait: () => ({ for: 'PT1H' }),
  notify: () => ({ to: { role: 'operator' }, message: '' }),
  parallel: () => ({
    branches: [
      { id: 'first', title: t('First'), steps: [] },
      { id: 'second', title: t('Second'), steps: [] },
    ],
  }),
  playbook: () => ({ playbook: '', input: {} }),
  for_each: () => ({ tool: '', items: '', payload: {} }),
  batch: () => ({ calls: [{ id: 'first', tool: '', payload: {} }] }),
};

export const newStep = (type: StepType, used: ReadonlySet<string>): LooseStep => ({
  id: idOfTitle('', type, used),
  type,
  title: '',
  ...starts[type](),
});

export const newDocument = (): Document => ({
  name: '',
  title: '',
  description: '',
  triggers: [],
  inputSchema: { type: 'object', properties: {} },
  steps: [],
});

/** A copy to start from, under another name. */
export const copyOfDocument = (document: Document): Document => ({
  ...document,
  name: `${String(document.name)}_copy`.slice(0, 63),
  title: t`${String(document.title)} (copy)`.slice(0, 120),
});
