import { z } from 'zod';
import { ruleSchema } from '../../shared/rules/rule-schemas.ts';
import { anyObject } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { ruleState } from './rule-state.ts';

export const createRule = procedure('rules.write', {
  method: 'POST',
  path: '/api/exception-rules',
  summary: 'Add a rule below the others; it counts for every exception that is opened from now on',
  tags: ['exception rules'],
  state: ruleState,
  status: 201,
  bodyField: 'rule',
  headers: { 'idempotency-key': 'idempotencyKey' },
})
  .input(z.object({ rule: anyObject, idempotencyKey: z.string().min(1).max(255).optional() }))
  .output(ruleSchema)
  .mutation(({ ctx, input }) => ctx.services.rules.create(ctx, input.rule, input.idempotencyKey));
