import { z } from 'zod';
import { assigneeSchema, stepCommon } from '../step-common.ts';
import { defineStep, templateAt } from '../step-definition.ts';

const notifyStepSchema = z.strictObject({
  ...stepCommon,
  type: z.literal('notify'),
  to: assigneeSchema,
  /** May hold `${{ expression }}`. */
  message: z.string().min(1).max(4096),
});
export type NotifyStep = z.output<typeof notifyStepSchema>;

export const notifyStep = defineStep(() => notifyStepSchema, {
  label: 'Notify',
  furtherOutcomes: ['sent'],
  people: (step) => [{ path: '/to', assignee: step.to }],
  expressions: (step) => [templateAt('/message', step.message)],
});
