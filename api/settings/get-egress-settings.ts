import { egressSettingsSchema } from '../../shared/egress/egress-schemas.ts';
import { readEgressSettings } from '../../shared/egress/server/egress-settings.ts';
import { procedure } from '../trpc.ts';
import { egressState } from './egress-state.ts';

export const getEgressSettings = procedure('settings.read', {
  method: 'GET',
  path: '/api/settings/egress',
  summary: 'Read which private addresses and which hosts this tenant’s calls may reach',
  tags: ['settings'],
  state: egressState,
})
  .output(egressSettingsSchema)
  .query(({ ctx }) => readEgressSettings(ctx));
