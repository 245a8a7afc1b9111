import { z } from 'zod';
import { emailAddress, newInvitationSchema } from '../../shared/people/people-schemas.ts';
import { inviteAdmin as invite } from '../../shared/people/server/organizations.ts';
import { procedure } from '../trpc.ts';

export const inviteAdmin = procedure('organizations.write', {
  method: 'POST',
  path: '/api/organizations/{slug}/admins',
  summary: 'Invite a tenant admin to an organization that has none',
  tags: ['organizations'],
  status: 201,
})
  .input(z.object({ slug: z.string(), email: emailAddress }))
  .output(newInvitationSchema)
  .mutation(({ ctx, input }) => invite(ctx, input));
