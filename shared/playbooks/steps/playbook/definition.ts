import { z } from 'zod';
import { toolNameSchema } from '../../../tools/tool-name.ts';
import { type StepDefinition, stepCommon } from '../step-common.ts';
import { templateExpressions } from '../template-expressions.ts';

export const playbookStepSchema = z.strictObject({
  ...stepCommon,
  type: z.literal('playbook'),
  /** Runs at the version that is published when the step opens. */
  playbook: toolNameSchema,
  input: z.json().default({}),
  onFailure: z.enum(['skip', 'abort']).default('abort'),
});
export type PlaybookStep = z.output<typeof playbookStepSchema>;

export const playbookStep: StepDefinition<PlaybookStep, never> = {
  label: 'Run another playbook',
  defaultRole: null,
  outcomes: () => [],
  groups: () => [],
  expressions: (step) => templateExpressions(step.input, '/input'),
  outputSchema: () => null,
};
