import { z } from 'zod';
import { playbookViewSchema } from '../../shared/playbooks/playbook-schemas.ts';
import { saveDraft as save } from '../../shared/playbooks/server/playbook-service.ts';
import { readPlaybook } from '../../shared/playbooks/server/read-playbooks.ts';
import { anyObject, byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const saveDraft = procedure('playbooks.write', {
  method: 'PUT',
  path: '/api/playbooks/{id}',
  summary: 'Save a new draft',
  tags: ['playbooks'],
  bodyField: 'document',
  headers: { 'x-draft-revision': 'draftRevision' },
})
  .input(byId.extend({ document: anyObject, draftRevision: z.coerce.number().int().optional() }))
  .output(playbookViewSchema)
  .mutation(async ({ ctx, input }) => {
    await save(ctx, input.id, input.document, input.draftRevision);
    return readPlaybook(ctx, input.id);
  });
