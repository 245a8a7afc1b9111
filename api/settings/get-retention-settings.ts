import { retentionSettingsSchema } from '../../shared/retention/retention-schemas.ts';
import { readRetentionSettings } from '../../shared/retention/server/retention-settings.ts';
import { procedure } from '../trpc.ts';
import { retentionState } from './retention-state.ts';

export const getRetentionSettings = procedure('settings.read', {
  method: 'GET',
  path: '/api/settings/retention',
  summary: 'Read after how many days payloads, events and deliveries are removed',
  tags: ['settings'],
  state: retentionState,
})
  .output(retentionSettingsSchema)
  .query(({ ctx }) => readRetentionSettings(ctx));
