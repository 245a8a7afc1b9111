import { ExpressionError } from '../../../platform/server/expressions.ts';
import type { StepRunner } from '../../server/step-runner.ts';
import type { DecisionStep } from './definition.ts';

export const decision: StepRunner<DecisionStep> = {
  async open(step, { values }) {
    if (step.choose === undefined) return { change: { status: 'waiting' } };
    const { id } = chosenOption(step, values['/choose']);
    return { change: { status: 'completed', outcome: id, output: { option: id } } };
  },
  complete: (_, { completion }) => ({
    change: { status: 'completed', output: { option: completion.outcome } },
  }),
  async dryRun(step, { answer, who, resolve }) {
    const decided = (option: DecisionStep['options'][number]) => ({
      result: step.choose ? ('would_run' as const) : ('would_wait' as const),
      message: `Continues with ${option.title}`,
      outcome: option.id,
      output: { option: option.id },
    });
    const answered = answer?.outcome;
    if (answered === 'skip')
      return { result: 'would_skip', message: 'Skipped, as answered', outcome: answered };
    if (answered !== undefined) {
      const option = step.options.find(({ id }) => id === answered);
      if (!option) throw new ExpressionError(`Option ${answered} not found`, '/outcome');
      return decided(option);
    }
    if (step.choose === undefined) return { result: 'would_wait', message: `Waits for ${who} to choose` };
    const { value, holes } = await resolve('/choose');
    return holes.size > 0
      ? { result: 'unknown', message: 'The choice depends on a step without an answer' }
      : decided(chosenOption(step, value));
  },
};

/** @throws ExpressionError */
function chosenOption({ options }: DecisionStep, chosen: unknown) {
  const option = options.find(({ id }) => id === chosen);
  if (option) return option;
  const ids = options.map(({ id }) => id).join(', ');
  throw new ExpressionError(`The result is not an option: only ${ids}`, '/choose');
}
