import { retentionInputSchema, retentionSettingsSchema } from '../../shared/retention/retention-schemas.ts';
import { writeRetentionSettings } from '../../shared/retention/server/retention-settings.ts';
import { ifMatch } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { retentionState } from './retention-state.ts';

export const putRetentionSettings = procedure('settings.write', {
  method: 'PUT',
  path: '/api/settings/retention',
  summary: 'Set after how many days payloads, events and deliveries are removed, from the next day (UTC) on',
  tags: ['settings'],
  headers: { 'if-match': 'ifMatch' },
  state: retentionState,
})
  .input(retentionInputSchema.extend({ ifMatch }))
  .output(retentionSettingsSchema)
  .mutation(({ ctx, input: { ifMatch, ...input } }) => writeRetentionSettings(ctx, input, ifMatch));
