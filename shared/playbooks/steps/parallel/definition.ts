import { z } from 'zod';
import { stepCommon, stepIdSchema } from '../step-common.ts';
import { defineStep, type StepListSchema } from '../step-definition.ts';

const parallelStepSchema = (steps: StepListSchema) =>
  z.strictObject({
    ...stepCommon,
    type: z.literal('parallel'),
    /** All run at the same time; the step is completed when every branch is. */
    branches: z
      .array(z.strictObject({ id: stepIdSchema, title: z.string().min(1).max(120), steps }))
      .min(2)
      .max(20),
  });
export type ParallelStep = z.output<ReturnType<typeof parallelStepSchema>>;

export const parallelStep = defineStep(parallelStepSchema, {
  label: 'Do several things at once',
  furtherOutcomes: ['completed'],
  inside: { key: 'branches', noun: 'branch', together: true, groups: (step) => step.branches },
});
