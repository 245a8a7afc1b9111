import { z } from 'zod';
import { memberSchema } from '../../shared/identity/identity-schemas.ts';
import { storableText } from '../../shared/platform/storable-text.ts';
import { wholeList } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const findMembers = procedure('members.read', {
  method: 'GET',
  path: '/api/members/search',
  summary: 'Find members by the beginning of a word of their name, or of their email address; at most 50',
  tags: ['members'],
})
  .input(z.object({ q: storableText.max(200).default('') }))
  .output(wholeList(memberSchema))
  .query(async ({ ctx, input }) => ({
    items: await ctx.services.accounts.findMembers(ctx.identity.tenantId, input.q),
    nextCursor: null,
  }));
