import { z } from 'zod';
import { assigneeSchema, type StepDefinition, stepCommon } from '../step-common.ts';
import { templateExpressions } from '../template-expressions.ts';

export const notifyStepSchema = z.strictObject({
  ...stepCommon,
  type: z.literal('notify'),
  to: assigneeSchema,
  /** May hold `${{ expression }}`. */
  message: z.string().min(1).max(4096),
});
export type NotifyStep = z.output<typeof notifyStepSchema>;

export const notifyStep: StepDefinition<NotifyStep, never> = {
  label: 'Notify',
  defaultRole: null,
  outcomes: () => [],
  groups: () => [],
  expressions: (step) => templateExpressions(step.message, '/message'),
  outputSchema: () => null,
};
