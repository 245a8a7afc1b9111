import { z } from 'zod';
import { durationSchema, expressionSchema, humanStep, type StepDefinition } from '../step-common.ts';

/** Exactly one of `for`, `until` and `event`. */
export const waitStepSchema = z.strictObject({
  ...humanStep,
  type: z.literal('wait'),
  for: durationSchema.optional(),
  /** Gives a time (ISO 8601). */
  until: expressionSchema.optional(),
  /** The name of an event that somebody sends to the run; its data is the output. */
  event: z
    .string()
    .regex(/^[a-z][a-z0-9_.]{0,62}$/, 'Use lower-case letters, digits, dots and underscores')
    .optional(),
  /** Over `event`, the data sent: only an event for which it is true is meant. */
  match: expressionSchema.optional(),
  /** Longest wait for the event. */
  timeout: durationSchema.optional(),
  onTimeout: z.enum(['continue', 'abort']).default('continue'),
});
export type WaitStep = z.output<typeof waitStepSchema>;

export const waitStep: StepDefinition<WaitStep, never> = {
  label: 'Wait',
  defaultRole: 'operator',
  outcomes: (step) =>
    step.event === undefined
      ? [{ id: 'continue', title: 'Continue now', needsReason: true, takesInput: false }]
      : [{ id: 'received', title: 'It has happened', needsReason: false, takesInput: true }],
  groups: () => [],
  expressions: (step) => (step.until ? [{ path: '/until', text: step.until }] : []),
  outputSchema: () => null,
};
