import { triedRedactionSchema, tryRedactionInputSchema } from '../../shared/tools/redaction-settings.ts';
import { tryRedaction as tryOut } from '../../shared/tools/server/redaction-settings.ts';
import { payloadOf } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

/** Who may try values can find out whose hash one is, so that takes the right to choose. */
export const tryRedaction = procedure('settings.write', {
  method: 'POST',
  path: '/api/redaction/try',
  summary: 'Show what would be stored of a text or JSON; nothing is stored now',
  tags: ['settings'],
})
  .input(tryRedactionInputSchema)
  .output(triedRedactionSchema)
  .mutation(({ ctx, input }) => tryOut(ctx, { ...input, value: payloadOf(input.value) }));
