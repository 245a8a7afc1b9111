import { z } from 'zod';
import { policySchema } from '../../shared/policies/policy-schemas.ts';
import { readPolicies } from '../../shared/policies/server/policy-service.ts';
import { wholeList } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const listPolicies = procedure('policies.read', {
  method: 'GET',
  path: '/api/policies',
  summary: 'List the policies; with a tool ID, those that are about the tool',
  tags: ['policies'],
})
  .input(z.object({ toolId: z.string().optional() }))
  .output(wholeList(policySchema))
  .query(async ({ ctx, input }) => ({ items: await readPolicies(ctx, input.toolId), nextCursor: null }));
