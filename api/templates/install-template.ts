import { z } from 'zod';
import { installTemplate as install } from '../../shared/templates/server/install-template.ts';
import { installTemplateSchema } from '../../shared/templates/template-schemas.ts';
import { readTool } from '../../shared/tools/server/read-tools.ts';
import { toolViewSchema } from '../../shared/tools/tool-schemas.ts';
import { procedure } from '../trpc.ts';

export const installTemplate = procedure('tools.write', {
  method: 'POST',
  path: '/api/templates/{id}/install',
  summary: 'Make the tool of a template, with the connector of its service',
  tags: ['templates'],
  status: 201,
  headers: { 'idempotency-key': 'idempotencyKey' },
})
  .input(installTemplateSchema.extend({ id: z.string() }))
  .output(toolViewSchema)
  .mutation(async ({ ctx, input: { id, ...sent } }) => readTool(ctx, await install(ctx, id, sent)));
