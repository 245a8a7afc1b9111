import { z } from 'zod';
import { playbookViewSchema } from '../../shared/playbooks/playbook-schemas.ts';
import { createPlaybook as create } from '../../shared/playbooks/server/playbook-service.ts';
import { readPlaybook } from '../../shared/playbooks/server/read-playbooks.ts';
import { anyObject } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { playbookState } from './playbook-state.ts';

export const createPlaybook = procedure('playbooks.write', {
  method: 'POST',
  path: '/api/playbooks',
  summary: 'Create a draft of a playbook',
  tags: ['playbooks'],
  state: playbookState,
  status: 201,
  bodyField: 'document',
})
  .input(z.object({ document: anyObject }))
  .output(playbookViewSchema)
  .mutation(async ({ ctx, input }) => readPlaybook(ctx, await create(ctx, input.document)));
