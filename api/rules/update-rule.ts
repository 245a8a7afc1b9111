import { ruleSchema } from '../../shared/rules/rule-schemas.ts';
import { anyObject, byId, ifMatch } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { ruleState } from './rule-state.ts';

export const updateRule = procedure('rules.write', {
  method: 'PUT',
  path: '/api/exception-rules/{id}',
  summary: 'Replace a rule, or enable or disable it; exceptions keep what it has set',
  tags: ['exception rules'],
  bodyField: 'rule',
  headers: { 'if-match': 'ifMatch' },
  state: ruleState,
})
  .input(byId.extend({ rule: anyObject, ifMatch }))
  .output(ruleSchema)
  .mutation(({ ctx, input: { id, rule, ifMatch } }) => ctx.services.rules.update(ctx, id, rule, ifMatch));
