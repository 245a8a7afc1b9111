import { revokeInvitation as revoke } from '../../shared/people/server/invitations.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const revokeInvitation = procedure('members.write', {
  method: 'DELETE',
  path: '/api/invitations/{id}',
  summary: 'Revoke an invitation; its link stops working',
  tags: ['members'],
  status: 204,
})
  .input(byId)
  .mutation(({ ctx, input }) => revoke(ctx, input.id));
