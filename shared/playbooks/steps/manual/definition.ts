import { z } from 'zod';
import { humanStep, jsonSchemaSchema } from '../step-common.ts';
import { defineStep, skipOutcome } from '../step-definition.ts';

const manualStepSchema = z.strictObject({
  ...humanStep,
  type: z.literal('manual'),
  /** JSON Schema of what the person fills in: the step's output. */
  form: jsonSchemaSchema.optional(),
});
export type ManualStep = z.output<typeof manualStepSchema>;

export const manualStep = defineStep(() => manualStepSchema, {
  label: 'Do something by hand',
  defaultRole: 'operator',
  outcomes: (step) => [
    {
      id: 'done',
      title: 'Complete step',
      needsReason: false,
      takesInput: step.form !== undefined,
      byDefault: true,
      alias: 'complete',
    },
    ...(step.optional ? [skipOutcome] : []),
  ],
  human: (step) => step,
  form: (step) => step.form ?? null,
  outputSchema: (step) => step.form ?? null,
});
