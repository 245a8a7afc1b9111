import { z } from 'zod';
import { expressionSchema, humanStep, stepIdSchema } from '../step-common.ts';
import { defineStep, expressionAt, issue, type StepListSchema, skipOutcome } from '../step-definition.ts';

const decisionStepSchema = (steps: StepListSchema) =>
  z.strictObject({
    ...humanStep,
    type: z.literal('decision'),
    /** Gives the id of an option. Without it a person chooses. */
    choose: expressionSchema.optional(),
    options: z
      .array(
        z.strictObject({
          id: stepIdSchema,
          title: z.string().min(1).max(120),
          description: z.string().max(1024).default(''),
          /** The run ends after this option's steps; inside `parallel`, the branch does. */
          end: z.boolean().default(false),
          steps: steps.default([]),
        }),
      )
      .min(2)
      .max(20),
  });
export type DecisionStep = z.output<ReturnType<typeof decisionStepSchema>>;

/** Outcomes that any step may have. */
const reserved = ['skip', 'abort', 'retry', 'condition'];

export const decisionStep = defineStep(decisionStepSchema, {
  label: 'Decide',
  defaultRole: 'operator',
  inside: { key: 'options', noun: 'option', together: false, groups: (step) => step.options },
  outcomes: (step) => [
    ...step.options.map(({ id, title }) => ({ id, title, needsReason: false, takesInput: false })),
    ...(step.optional ? [skipOutcome] : []),
  ],
  human: (step) => step,
  expressions: (step) => expressionAt('/choose', 'choice', step.choose),
  check: ({ options }) =>
    options.flatMap(({ id }, index) =>
      reserved.includes(id) ? [issue(`/options/${index}/id`, `${id} is a reserved outcome`, 'reserved')] : [],
    ),
  outputSchema: (step) => ({
    type: 'object',
    properties: { option: { enum: step.options.map(({ id }) => id) } },
  }),
});
