import { z } from 'zod';
import { createToolDraft as create, readToolDraft } from '../../shared/tools/server/tool-drafts.ts';
import { toolDraftSchema } from '../../shared/tools/tool-schemas.ts';
import { anyObject } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const createToolDraft = procedure('tools.write', {
  method: 'POST',
  path: '/api/tools/drafts',
  summary: 'Create a tool that only tests may call until its draft is published',
  tags: ['tools'],
  status: 201,
  bodyField: 'definition',
  headers: { 'x-change-note': 'note' },
})
  .input(z.object({ definition: anyObject, note: z.string().max(500).optional() }))
  .output(toolDraftSchema)
  .mutation(async ({ ctx, input }) =>
    readToolDraft(ctx, await create(ctx, input.definition, input.note ?? null)),
  );
