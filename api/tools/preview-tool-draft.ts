import { z } from 'zod';
import { previewSchema } from '../../shared/executions/preview-schemas.ts';
import { authorize } from '../../shared/identity/roles.ts';
import { byId, payloadOf, versionNumber } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const previewToolDraft = procedure('tools.write', {
  method: 'POST',
  path: '/api/tools/{id}/draft/preview',
  summary: 'Show the exact request that a test of the draft would send, redacted, and its digest',
  tags: ['tools'],
})
  .input(byId.extend({ version: versionNumber, payload: z.unknown().optional() }))
  .output(previewSchema)
  .mutation(({ ctx, input: { id, version, payload } }) => {
    authorize(ctx.identity, 'tools.execute');
    return ctx.services.executor.preview({
      identity: ctx.identity,
      toolId: id,
      payload: payloadOf(payload),
      test: { version },
    });
  });
