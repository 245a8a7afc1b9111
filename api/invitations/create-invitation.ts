import { z } from 'zod';
import {
  emailAddress,
  givenRoles,
  mailLanguage,
  newInvitationSchema,
} from '../../shared/people/people-schemas.ts';
import { invite } from '../../shared/people/server/invitations.ts';
import { procedure } from '../trpc.ts';

export const createInvitation = procedure('members.write', {
  method: 'POST',
  path: '/api/invitations',
  summary: 'Invite someone by a link that works once and is shown only here',
  tags: ['members'],
  status: 201,
})
  .input(z.object({ email: emailAddress, roles: givenRoles, language: mailLanguage }))
  .output(newInvitationSchema)
  .mutation(({ ctx, input }) => invite(ctx, input));
