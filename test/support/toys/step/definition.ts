import { z } from 'zod';
import { humanStep } from '../../../../shared/playbooks/steps/step-common.ts';
import { defineStep, issue, templateAt } from '../../../../shared/playbooks/steps/step-definition.ts';

const toyStepSchema = z.strictObject({
  ...humanStep,
  type: z.literal('toy'),
  /** May hold `${{ expression }}`. */
  question: z.string().min(1),
});
export type ToyStep = z.output<typeof toyStepSchema>;

const form = { type: 'object', required: ['score'], properties: { score: { type: 'integer' } } };

/** A step type that the product does not know: it asks a question and takes a score. */
export const toyStep = defineStep(() => toyStepSchema, {
  label: 'Ask for a score',
  defaultRole: 'approver',
  outcomes: () => [
    { id: 'scored', title: 'Give a score', needsReason: false, takesInput: true, byDefault: true },
    { id: 'passed', title: 'Pass', needsReason: true, takesInput: false },
  ],
  human: (step) => step,
  form: () => form,
  expressions: (step) => [templateAt('/question', step.question)],
  check: ({ question }) =>
    question.endsWith('?') ? [] : [issue('/question', 'A question ends with a question mark', 'question')],
  outputSchema: () => form,
});
