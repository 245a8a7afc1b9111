import { playbookViewSchema } from '../../shared/playbooks/playbook-schemas.ts';
import { restoreVersion } from '../../shared/playbooks/server/playbook-service.ts';
import { readPlaybook } from '../../shared/playbooks/server/read-playbooks.ts';
import { byId, versionNumber } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const restorePlaybookVersion = procedure('playbooks.write', {
  method: 'POST',
  path: '/api/playbooks/{id}/versions/{version}/restore',
  summary: 'Make an old version the draft',
  tags: ['playbooks'],
})
  .input(byId.extend({ version: versionNumber }))
  .output(playbookViewSchema)
  .mutation(async ({ ctx, input }) => {
    await restoreVersion(ctx, input.id, input.version);
    return readPlaybook(ctx, input.id);
  });
