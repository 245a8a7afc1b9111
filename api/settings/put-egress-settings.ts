import { egressSettingsSchema } from '../../shared/identity/identity-schemas.ts';
import { writeEgressSettings } from '../../shared/tools/server/egress-settings.ts';
import { procedure } from '../trpc.ts';

export const putEgressSettings = procedure('settings.write', {
  method: 'PUT',
  path: '/api/settings/egress',
  summary: 'Set the private addresses that this tenant’s tools may reach',
  tags: ['settings'],
})
  .input(egressSettingsSchema.strict())
  .output(egressSettingsSchema)
  .mutation(({ ctx, input }) => writeEgressSettings(ctx, input));
