import { z } from 'zod';
import { anyJson } from '../../../platform/fit-numbers.ts';
import { toolNameSchema } from '../../../tools/tool-name.ts';
import { stepCommon } from '../step-common.ts';
import { defineStep, templateAt } from '../step-definition.ts';

const playbookStepSchema = z.strictObject({
  ...stepCommon,
  type: z.literal('playbook'),
  /** Runs the version that is published when the step opens. */
  playbook: toolNameSchema,
  input: anyJson.default({}),
  onFailure: z.enum(['skip', 'abort']).default('abort'),
});
export type PlaybookStep = z.output<typeof playbookStepSchema>;

export const playbookStep = defineStep(() => playbookStepSchema, {
  label: 'Run another playbook',
  furtherOutcomes: ['completed', 'failed', 'cancelled'],
  expressions: (step) => [templateAt('/input', step.input)],
  playbookCalls: ({ playbook, input }) => [{ playbook, input }],
});
