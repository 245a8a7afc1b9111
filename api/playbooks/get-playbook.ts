import { playbookViewSchema } from '../../shared/playbooks/playbook-schemas.ts';
import { readPlaybook } from '../../shared/playbooks/server/read-playbooks.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { playbookState } from './playbook-state.ts';

export const getPlaybook = procedure('playbooks.read', {
  method: 'GET',
  path: '/api/playbooks/{id}',
  summary: 'Get a playbook: its published version and its draft',
  tags: ['playbooks'],
  state: playbookState,
})
  .input(byId)
  .output(playbookViewSchema)
  .query(({ ctx, input }) => readPlaybook(ctx, input.id));
