import { memberSchema } from '../../shared/identity/identity-schemas.ts';
import { wholeList } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const listMembers = procedure('members.read', {
  method: 'GET',
  path: '/api/members',
  summary: 'List the members of this tenant and their roles',
  tags: ['members'],
})
  .output(wholeList(memberSchema))
  .query(async ({ ctx }) => ({
    items: await ctx.services.accounts.members(ctx.identity.tenantId),
    nextCursor: null,
  }));
