import { retentionDaysSchema, retentionDueSchema } from '../../shared/retention/retention-schemas.ts';
import { readRetentionDue } from '../../shared/retention/server/retention-settings.ts';
import { procedure } from '../trpc.ts';

export const getRetentionDue = procedure('settings.write', {
  method: 'GET',
  path: '/api/settings/retention/due',
  summary: 'What the next removal would take with these days; nothing is changed',
  tags: ['settings'],
})
  .input(retentionDaysSchema)
  .output(retentionDueSchema)
  .query(({ ctx, input }) => readRetentionDue(ctx, input));
