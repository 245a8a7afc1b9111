import { z } from 'zod';
import { issueSchema } from '../../shared/platform/page-schemas.ts';
import { checkDocument } from '../../shared/playbooks/server/check-document.ts';
import { anyObject } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const checkPlaybook = procedure('playbooks.read', {
  method: 'POST',
  path: '/api/playbooks/check',
  summary: 'List the problems of a document, without storing it',
  tags: ['playbooks'],
  bodyField: 'document',
})
  .input(z.object({ document: anyObject }))
  .output(z.object({ issues: z.array(issueSchema) }))
  .mutation(async ({ ctx, input }) => ({
    issues: await checkDocument(ctx.services.db, ctx.identity.tenantId, input.document),
  }));
