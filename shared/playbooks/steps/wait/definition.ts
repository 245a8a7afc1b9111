import { z } from 'zod';
import type { Issue } from '../../../platform/error-codes.ts';
import { durationSchema, expressionSchema, humanStep } from '../step-common.ts';
import { defineStep, expressionAt, issue, scopeRoots } from '../step-definition.ts';

/** Exactly one of `for`, `until` and `event`. */
const waitStepSchema = z.strictObject({
  ...humanStep,
  type: z.literal('wait'),
  for: durationSchema.optional(),
  /** Gives a time (ISO 8601). */
  until: expressionSchema.optional(),
  /** The name of an event that is sent to the run; its data is the output. */
  event: z
    .string()
    .regex(/^[a-z][a-z0-9_.]{0,62}$/, 'Use lower-case letters, digits, dots and underscores')
    .optional(),
  /** A condition over `event`, the data sent. Events that do not match are ignored. */
  match: expressionSchema.optional(),
  /** Longest wait for the event. */
  timeout: durationSchema.optional(),
  onTimeout: z.enum(['continue', 'abort']).default('continue'),
});
export type WaitStep = z.output<typeof waitStepSchema>;

export const waitStep = defineStep(() => waitStepSchema, {
  label: 'Wait',
  defaultRole: 'operator',
  furtherOutcomes: ['elapsed', 'timed_out'],
  outcomes: (step) =>
    step.event === undefined
      ? [{ id: 'continue', title: 'Continue now', needsReason: true, takesInput: false, byDefault: true }]
      : [
          {
            id: 'received',
            title: 'Mark as received',
            needsReason: false,
            takesInput: true,
            byDefault: true,
          },
        ],
  human: (step) => step,
  expressions: (step) => [
    ...expressionAt('/until', 'value', step.until),
    ...expressionAt('/match', 'condition', step.match, {
      atOpening: false,
      roots: [...scopeRoots, 'event'],
    }),
  ],
  listensFor: ({ event, match }) => (event === undefined ? null : { event, match, outcome: 'received' }),
  check: checkWait,
});

function checkWait(step: WaitStep): Issue[] {
  const ways = (['for', 'until', 'event'] as const).filter((way) => step[way] !== undefined);
  const issues: Issue[] = [];
  if (ways.length === 0) issues.push(issue('', 'Set one of for, until and event', 'wait'));
  for (const way of ways.slice(1))
    issues.push(issue(`/${way}`, `Set only one of for, until and event: ${ways[0]} is set already`, 'wait'));
  if (step.event !== undefined) return issues;
  for (const key of ['match', 'timeout'] as const)
    if (step[key] !== undefined) issues.push(issue(`/${key}`, 'This needs an event', 'wait'));
  return issues;
}
