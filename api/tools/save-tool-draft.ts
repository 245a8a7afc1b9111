import { z } from 'zod';
import { readToolDraft, saveToolDraft as save } from '../../shared/tools/server/tool-drafts.ts';
import { toolDraftSchema } from '../../shared/tools/tool-schemas.ts';
import { anyObject, byId, ifMatch } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const saveToolDraft = procedure('tools.write', {
  method: 'PUT',
  path: '/api/tools/{id}/draft',
  summary: 'Save a version of a tool that only tests may call until it is published',
  tags: ['tools'],
  bodyField: 'definition',
  headers: { 'if-match': 'ifMatch', 'x-change-note': 'note' },
})
  .input(byId.extend({ definition: anyObject, note: z.string().max(500).optional(), ifMatch }))
  .output(toolDraftSchema)
  .mutation(async ({ ctx, input }) => {
    await save(ctx, input.id, input.definition, { note: input.note ?? null, ifMatch: input.ifMatch });
    return readToolDraft(ctx, input.id);
  });
