import { z } from 'zod';
import { emailAddress, newInvitationSchema, personName } from '../../shared/people/people-schemas.ts';
import { createOrganization as create } from '../../shared/people/server/organizations.ts';
import { procedure } from '../trpc.ts';

export const createOrganization = procedure('organizations.write', {
  method: 'POST',
  path: '/api/organizations',
  summary: 'Create an organization, and invite its first tenant admin',
  tags: ['organizations'],
  status: 201,
})
  .input(
    z.object({
      name: personName,
      /** In URLs. */
      slug: z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, 'takes a-z, 0-9 and -'),
      adminEmail: emailAddress,
    }),
  )
  .output(z.object({ id: z.string(), slug: z.string(), name: z.string(), invitation: newInvitationSchema }))
  .mutation(({ ctx, input }) => create(ctx, input));
