import { egressInputSchema, egressSettingsSchema } from '../../shared/egress/egress-schemas.ts';
import { writeEgressSettings } from '../../shared/egress/server/egress-settings.ts';
import { ifMatch } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { egressState } from './egress-state.ts';

export const putEgressSettings = procedure('egress.write', {
  method: 'PUT',
  path: '/api/settings/egress',
  summary: 'Set which private addresses, which hosts, or both this tenant’s calls may reach',
  tags: ['settings'],
  headers: { 'if-match': 'ifMatch' },
  state: egressState,
})
  .input(egressInputSchema.extend({ ifMatch }))
  .output(egressSettingsSchema)
  .mutation(({ ctx, input: { ifMatch, ...input } }) => writeEgressSettings(ctx, input, ifMatch));
