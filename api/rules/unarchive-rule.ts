import { ruleSchema } from '../../shared/rules/rule-schemas.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { ruleState } from './rule-state.ts';

export const unarchiveRule = procedure('rules.write', {
  method: 'POST',
  path: '/api/exception-rules/{id}/restore',
  summary: 'Restore an archived rule, below the others',
  tags: ['exception rules'],
  state: ruleState,
  errors: [409],
})
  .input(byId)
  .output(ruleSchema)
  .mutation(({ ctx, input }) => ctx.services.rules.restore(ctx, input.id));
