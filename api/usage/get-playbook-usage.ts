import { readPlaybookUsage } from '../../shared/usage/server/playbook-usage.ts';
import { playbookUsageRows } from '../../shared/usage/usage-csv.ts';
import { playbookUsageSchema, usageInput } from '../../shared/usage/usage-schemas.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const getPlaybookUsage = procedure('playbooks.read', {
  method: 'GET',
  path: '/api/usage/playbooks/{id}',
  summary: 'Get how often a playbook runs, and where its runs wait, branch and drop out',
  tags: ['usage'],
  csv: playbookUsageRows,
})
  .input(byId.extend(usageInput))
  .output(playbookUsageSchema)
  .query(({ ctx, input }) => readPlaybookUsage(ctx, input));
