import { z } from 'zod';
import { issueSchema } from '../../shared/platform/page-schemas.ts';
import { checkDraft } from '../../shared/playbooks/server/playbook-service.ts';
import { anyObject } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const checkPlaybook = procedure('playbooks.read', {
  method: 'POST',
  path: '/api/playbooks/check',
  summary: 'List the problems of a document, as a new playbook or of this one, without storing it',
  tags: ['playbooks'],
  bodyField: 'document',
  query: ['playbookId'],
})
  .input(z.object({ document: anyObject, playbookId: z.string().optional() }))
  .output(z.object({ issues: z.array(issueSchema) }))
  .mutation(async ({ ctx, input }) => ({
    issues: await checkDraft(ctx, input.document, input.playbookId),
  }));
