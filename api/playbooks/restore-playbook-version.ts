import { playbookViewSchema } from '../../shared/playbooks/playbook-schemas.ts';
import { restoreVersion } from '../../shared/playbooks/server/playbook-service.ts';
import { readPlaybook } from '../../shared/playbooks/server/read-playbooks.ts';
import { byId, ifMatch, versionNumber } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { playbookState } from './playbook-state.ts';

export const restorePlaybookVersion = procedure('playbooks.write', {
  method: 'POST',
  path: '/api/playbooks/{id}/versions/{version}/restore',
  summary: 'Make an old version the draft',
  tags: ['playbooks'],
  headers: { 'if-match': 'ifMatch' },
  state: playbookState,
})
  .input(byId.extend({ version: versionNumber, ifMatch }))
  .output(playbookViewSchema)
  .mutation(async ({ ctx, input }) => {
    await restoreVersion(ctx, input.id, input.version, input.ifMatch);
    return readPlaybook(ctx, input.id);
  });
