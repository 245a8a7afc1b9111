import { durationMs } from '../../../platform/duration.ts';
import { ExpressionError, evaluateExpression } from '../../../platform/server/expressions.ts';
import type { StepRunner } from '../../server/step-runner.ts';
import type { WaitStep } from './definition.ts';

const inMs = (duration: string): string => new Date(Date.now() + (durationMs(duration) ?? 0)).toISOString();

export const wait: StepRunner<WaitStep> = {
  async open(step, { scope }) {
    if (step.event !== undefined) {
      const timeoutAt = step.timeout === undefined ? {} : { timeoutAt: inMs(step.timeout) };
      return { change: { status: 'waiting', detail: { event: step.event, ...timeoutAt } } };
    }
    if (step.for !== undefined) return { change: { status: 'waiting', detail: { until: inMs(step.for) } } };
    const until = await evaluateExpression(step.until ?? '', scope, '/until');
    const at = typeof until === 'string' ? Date.parse(until) : Number.NaN;
    if (Number.isNaN(at)) throw new ExpressionError('This gives no time (ISO 8601)', '/until');
    return { change: { status: 'waiting', detail: { until: new Date(at).toISOString() } } };
  },
  complete: (_, { completion }) => ({ change: { status: 'completed', output: completion.input } }),
};
