import { playbookViewSchema } from '../../shared/playbooks/playbook-schemas.ts';
import { restorePlaybook } from '../../shared/playbooks/server/playbook-service.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { playbookState } from './playbook-state.ts';

export const unarchivePlaybook = procedure('playbooks.write', {
  method: 'POST',
  path: '/api/playbooks/{id}/restore',
  summary: 'Restore an archived playbook, unless tools that it calls are archived',
  tags: ['playbooks'],
  state: playbookState,
  errors: [409],
})
  .input(byId)
  .output(playbookViewSchema)
  .mutation(({ ctx, input }) => restorePlaybook(ctx, input.id));
