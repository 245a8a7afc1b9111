import { z } from 'zod';
import { pageInput, pageOf } from '../../shared/platform/page-schemas.ts';
import { playbookSummarySchema } from '../../shared/playbooks/playbook-schemas.ts';
import { playbookPage } from '../../shared/playbooks/server/read-playbooks.ts';
import { procedure } from '../trpc.ts';

export const listPlaybooks = procedure('playbooks.read', {
  method: 'GET',
  path: '/api/playbooks',
  summary: 'List playbooks by name',
  tags: ['playbooks'],
  errors: [404],
})
  .input(
    z.object({
      status: z.enum(['draft', 'published']).optional(),
      q: z.string().max(200).optional(),
      /** Only published playbooks one of whose triggers fits this exception. */
      exceptionId: z.string().optional(),
      ...pageInput,
    }),
  )
  .output(pageOf(playbookSummarySchema))
  .query(({ ctx, input }) => playbookPage(ctx, input));
