import { redactionInputSchema, redactionSettingsSchema } from '../../shared/tools/redaction-settings.ts';
import { writeRedactionSettings } from '../../shared/tools/server/redaction-settings.ts';
import { ifMatch } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { redactionState } from './redaction-state.ts';

export const putRedactionSettings = procedure('settings.write', {
  method: 'PUT',
  path: '/api/settings/redaction',
  summary: 'Set what is stored and shown of personal data, for executions requested from now on',
  tags: ['settings'],
  headers: { 'if-match': 'ifMatch' },
  state: redactionState,
})
  .input(redactionInputSchema.extend({ ifMatch }))
  .output(redactionSettingsSchema)
  .mutation(({ ctx, input: { ifMatch, ...input } }) => writeRedactionSettings(ctx, input, ifMatch));
