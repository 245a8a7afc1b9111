import { egressSettingsSchema } from '../../shared/identity/identity-schemas.ts';
import { readEgressSettings } from '../../shared/tools/server/egress-settings.ts';
import { procedure } from '../trpc.ts';

export const getEgressSettings = procedure('settings.read', {
  method: 'GET',
  path: '/api/settings/egress',
  summary: 'List the private addresses that this tenant’s tools may reach',
  tags: ['settings'],
})
  .output(egressSettingsSchema)
  .query(({ ctx }) => readEgressSettings(ctx));
