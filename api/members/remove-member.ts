import { removeMember as remove } from '../../shared/people/server/members.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const removeMember = procedure('members.write', {
  method: 'DELETE',
  path: '/api/members/{id}',
  summary: 'Remove a member, and end what they hold',
  tags: ['members'],
  status: 204,
})
  .input(byId)
  .mutation(async ({ ctx, input }) => {
    const { member, keyIds } = await remove(ctx, input.id);
    await ctx.services.runs.releaseClaims(ctx, {
      actorIds: [member.id, ...keyIds],
      reason: `${member.name} was removed`,
    });
  });
