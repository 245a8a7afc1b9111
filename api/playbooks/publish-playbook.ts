import { z } from 'zod';
import { playbookViewSchema } from '../../shared/playbooks/playbook-schemas.ts';
import { publishDraft } from '../../shared/playbooks/server/playbook-service.ts';
import { readPlaybook } from '../../shared/playbooks/server/read-playbooks.ts';
import { byId, ifMatch } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { playbookState } from './playbook-state.ts';

export const publishPlaybook = procedure('playbooks.write', {
  method: 'POST',
  path: '/api/playbooks/{id}/publish',
  summary: 'Publish the draft as the next version',
  tags: ['playbooks'],
  headers: { 'if-match': 'ifMatch' },
  state: playbookState,
})
  .input(
    byId.extend({
      note: z.string().trim().max(500).optional(),
      draftRevision: z.number().int().optional(),
      ifMatch,
    }),
  )
  .output(playbookViewSchema)
  .mutation(async ({ ctx, input: { id, note, draftRevision, ifMatch } }) => {
    await publishDraft(ctx, id, { note: note ?? null, draftRevision, ifMatch });
    return readPlaybook(ctx, id);
  });
