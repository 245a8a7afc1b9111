import { redactionSettingsSchema } from '../../shared/tools/redaction-settings.ts';
import { readRedactionSettings } from '../../shared/tools/server/redaction-settings.ts';
import { procedure } from '../trpc.ts';
import { redactionState } from './redaction-state.ts';

export const getRedactionSettings = procedure('settings.read', {
  method: 'GET',
  path: '/api/settings/redaction',
  summary: 'Read what is stored and shown of personal data',
  tags: ['settings'],
  state: redactionState,
})
  .output(redactionSettingsSchema)
  .query(({ ctx }) => readRedactionSettings(ctx));
