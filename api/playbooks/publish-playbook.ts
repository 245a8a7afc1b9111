import { z } from 'zod';
import { playbookViewSchema } from '../../shared/playbooks/playbook-schemas.ts';
import { publishDraft } from '../../shared/playbooks/server/playbook-service.ts';
import { readPlaybook } from '../../shared/playbooks/server/read-playbooks.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const publishPlaybook = procedure('playbooks.write', {
  method: 'POST',
  path: '/api/playbooks/{id}/publish',
  summary: 'Publish the draft as the next version',
  tags: ['playbooks'],
})
  .input(
    byId.extend({
      note: z.string().trim().max(500).optional(),
      draftRevision: z.number().int().optional(),
    }),
  )
  .output(playbookViewSchema)
  .mutation(async ({ ctx, input: { id, note, draftRevision } }) => {
    await publishDraft(ctx, id, { note: note ?? null, draftRevision });
    return readPlaybook(ctx, id);
  });
