import { z } from 'zod';
import { policySchema } from '../../shared/policies/policy-schemas.ts';
import { createPolicy as create } from '../../shared/policies/server/policy-service.ts';
import { anyObject } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { policyState } from './policy-state.ts';

export const createPolicy = procedure('policies.write', {
  method: 'POST',
  path: '/api/policies',
  summary: 'Create a policy; it counts at once for every call',
  tags: ['policies'],
  state: policyState,
  status: 201,
  bodyField: 'policy',
  headers: { 'idempotency-key': 'idempotencyKey' },
})
  .input(z.object({ policy: anyObject, idempotencyKey: z.string().min(1).max(255).optional() }))
  .output(policySchema)
  .mutation(({ ctx, input }) => create(ctx, input.policy, input.idempotencyKey));
