import { z } from 'zod';
import type { Step } from '../registry.ts';
import {
  expressionSchema,
  humanStep,
  type StepDefinition,
  skipOutcome,
  stepIdSchema,
} from '../step-common.ts';

const decisionFields = {
  ...humanStep,
  type: z.literal('decision'),
  /** Gives the id of an option; without it a person chooses. */
  choose: expressionSchema.optional(),
};
const optionFields = {
  id: stepIdSchema,
  title: z.string().min(1).max(120),
  description: z.string().max(1024).default(''),
  /** The run ends after this option's steps; inside of `parallel`, the branch does. */
  end: z.boolean().default(false),
};

/** @param steps the list of any steps, which this file cannot know */
export const decisionStepSchema = <S>(steps: z.ZodType<S[], unknown>) =>
  z.strictObject({
    ...decisionFields,
    options: z
      .array(z.strictObject({ ...optionFields, steps: steps.default([]) }))
      .min(2)
      .max(20),
  });
export interface DecisionStep extends z.output<z.ZodObject<typeof decisionFields>> {
  options: (z.output<z.ZodObject<typeof optionFields>> & { steps: Step[] })[];
}

export const decisionStep: StepDefinition<DecisionStep, Step> = {
  label: 'Decide',
  defaultRole: 'operator',
  outcomes: (step) => [
    ...step.options.map(({ id, title }) => ({ id, title, needsReason: false, takesInput: false })),
    ...(step.optional ? [skipOutcome] : []),
  ],
  groups: (step) =>
    step.options.map(({ id, title, steps }, index) => ({
      id,
      title,
      steps,
      path: `/options/${index}/steps`,
    })),
  expressions: (step) => (step.choose ? [{ path: '/choose', text: step.choose }] : []),
  outputSchema: () => null,
};
