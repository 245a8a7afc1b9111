import { alikePreviewSchema, previewCompletionInputSchema } from '../../shared/playbooks/bulk-schemas.ts';
import { optionalJson } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const previewCompletion = procedure('runs.read', {
  method: 'POST',
  path: '/api/inbox/preview-completion',
  summary:
    'Show what completing up to 100 steps would do: those that are alike, each with its exact request and a digest, and why the others are left out',
  tags: ['inbox'],
})
  .input(previewCompletionInputSchema)
  .output(alikePreviewSchema)
  .mutation(({ ctx, input }) =>
    ctx.services.runs.previewAlike(ctx, { ...input, input: optionalJson(input.input) }),
  );
