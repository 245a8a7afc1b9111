import { ruleSchema } from '../../shared/rules/rule-schemas.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { ruleState } from './rule-state.ts';

export const getRule = procedure('rules.read', {
  method: 'GET',
  path: '/api/exception-rules/{id}',
  summary: 'Get a rule',
  tags: ['exception rules'],
  state: ruleState,
})
  .input(byId)
  .output(ruleSchema)
  .query(({ ctx, input }) => ctx.services.rules.get(ctx, input.id));
