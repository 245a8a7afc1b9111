import { ExpressionError, evaluateExpression } from '../../../platform/server/expressions.ts';
import type { StepRunner } from '../../server/step-runner.ts';
import type { DecisionStep } from './definition.ts';

export const decision: StepRunner<DecisionStep> = {
  async open(step, { scope }) {
    if (step.choose === undefined) return { change: { status: 'waiting' } };
    const chosen = await evaluateExpression(step.choose, scope, '/choose');
    if (!step.options.some(({ id }) => id === chosen)) {
      const options = step.options.map(({ id }) => id).join(', ');
      throw new ExpressionError(`The choice is none of ${options}`, '/choose');
    }
    return { change: { status: 'completed', outcome: String(chosen), output: { option: chosen } } };
  },
  complete: (_, { completion }) => ({
    change: { status: 'completed', output: { option: completion.outcome } },
  }),
};
