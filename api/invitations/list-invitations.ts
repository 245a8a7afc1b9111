import { invitationSchema } from '../../shared/people/people-schemas.ts';
import { readInvitations } from '../../shared/people/server/invitations.ts';
import { wholeList } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const listInvitations = procedure('members.write', {
  method: 'GET',
  path: '/api/invitations',
  summary: 'List the invitations that no one has accepted yet, newest first',
  tags: ['members'],
})
  .output(wholeList(invitationSchema))
  .query(async ({ ctx }) => ({ items: await readInvitations(ctx), nextCursor: null }));
