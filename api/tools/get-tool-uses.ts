import { toolUsesSchema } from '../../shared/playbooks/playbook-schemas.ts';
import { readToolUses } from '../../shared/playbooks/server/tool-uses.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const getToolUses = procedure('tools.read', {
  method: 'GET',
  path: '/api/tools/{id}/uses',
  summary: 'List what uses a tool: published playbooks, waiting steps, tools that it undoes',
  tags: ['tools'],
})
  .input(byId)
  .output(toolUsesSchema)
  .query(({ ctx, input }) => readToolUses(ctx, input.id));
