import { z } from 'zod';
import type { Step } from '../registry.ts';
import { type StepDefinition, stepCommon, stepIdSchema } from '../step-common.ts';

const parallelFields = { ...stepCommon, type: z.literal('parallel') };
const branchFields = { id: stepIdSchema, title: z.string().min(1).max(120) };

/** @param steps the list of any steps, which this file cannot know */
export const parallelStepSchema = <S>(steps: z.ZodType<S[], unknown>) =>
  z.strictObject({
    ...parallelFields,
    /** All at once; the step is done when every branch is. */
    branches: z
      .array(z.strictObject({ ...branchFields, steps }))
      .min(2)
      .max(20),
  });
export interface ParallelStep extends z.output<z.ZodObject<typeof parallelFields>> {
  branches: (z.output<z.ZodObject<typeof branchFields>> & { steps: Step[] })[];
}

export const parallelStep: StepDefinition<ParallelStep, Step> = {
  label: 'Do several things at once',
  defaultRole: null,
  outcomes: () => [],
  groups: (step) =>
    step.branches.map(({ id, title, steps }, index) => ({
      id,
      title,
      steps,
      path: `/branches/${index}/steps`,
    })),
  expressions: () => [],
  outputSchema: () => null,
};
