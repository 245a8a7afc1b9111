import { z } from 'zod';
import { personName } from '../../shared/people/people-schemas.ts';
import { renameOrganization as rename } from '../../shared/people/server/organizations.ts';
import { procedure } from '../trpc.ts';

export const renameOrganization = procedure('members.write', {
  method: 'PUT',
  path: '/api/organization',
  summary: 'Rename your organization; its name in URLs stays',
  tags: ['organizations'],
  status: 204,
})
  .input(z.object({ name: personName }))
  .mutation(({ ctx, input }) => rename(ctx, input.name));
