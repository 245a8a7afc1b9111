import { ruleTrialSchema, tryRulesInputSchema } from '../../shared/rules/rule-schemas.ts';
import { procedure } from '../trpc.ts';

export const tryRules = procedure('rules.read', {
  method: 'POST',
  path: '/api/exception-rules/try',
  summary: 'Ask what the rules would set of an exception, and why; nothing is stored or started',
  tags: ['exception rules'],
})
  .input(tryRulesInputSchema)
  .output(ruleTrialSchema)
  .mutation(({ ctx, input }) => ctx.services.rules.try(ctx, input));
