import { z } from 'zod';
import { checkPolicy as check } from '../../shared/policies/server/check-policy.ts';
import { anyObject } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const checkPolicy = procedure('policies.write', {
  method: 'POST',
  path: '/api/policies/check',
  summary: 'Check a policy without saving it',
  tags: ['policies'],
  bodyField: 'policy',
})
  .input(z.object({ policy: anyObject }))
  .output(z.object({ valid: z.literal(true) }))
  .mutation(async ({ ctx, input }) => {
    await check(ctx, input.policy);
    return { valid: true as const };
  });
