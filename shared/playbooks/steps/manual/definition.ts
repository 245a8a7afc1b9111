import { z } from 'zod';
import { humanStep, jsonSchemaSchema, type StepDefinition, skipOutcome } from '../step-common.ts';

export const manualStepSchema = z.strictObject({
  ...humanStep,
  type: z.literal('manual'),
  /** What the person fills in: the step's output. */
  form: jsonSchemaSchema.optional(),
});
export type ManualStep = z.output<typeof manualStepSchema>;

export const manualStep: StepDefinition<ManualStep, never> = {
  label: 'Do something by hand',
  defaultRole: 'operator',
  outcomes: (step) => [
    { id: 'done', title: 'Complete step', needsReason: false, takesInput: step.form !== undefined },
    ...(step.optional ? [skipOutcome] : []),
  ],
  groups: () => [],
  expressions: () => [],
  outputSchema: (step) => step.form ?? null,
};
