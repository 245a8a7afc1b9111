import { z } from 'zod';
import { playbookViewSchema } from '../../shared/playbooks/playbook-schemas.ts';
import { saveDraft as save } from '../../shared/playbooks/server/playbook-service.ts';
import { readPlaybook } from '../../shared/playbooks/server/read-playbooks.ts';
import { anyObject, byId, ifMatch } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { playbookState } from './playbook-state.ts';

export const saveDraft = procedure('playbooks.write', {
  method: 'PUT',
  path: '/api/playbooks/{id}',
  summary: 'Save a new draft',
  tags: ['playbooks'],
  state: playbookState,
  bodyField: 'document',
  headers: { 'if-match': 'ifMatch', 'x-draft-revision': 'draftRevision' },
})
  .input(byId.extend({ document: anyObject, draftRevision: z.coerce.number().int().optional(), ifMatch }))
  .output(playbookViewSchema)
  .mutation(async ({ ctx, input }) => {
    await save(ctx, input.id, input.document, input);
    return readPlaybook(ctx, input.id);
  });
