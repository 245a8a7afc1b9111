import { z } from 'zod';
import { setToolEnabled as setEnabled } from '../../shared/tools/server/manage-tool.ts';
import { readTool } from '../../shared/tools/server/read-tools.ts';
import { toolViewSchema } from '../../shared/tools/tool-schemas.ts';
import { byId, ifMatch } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { toolState } from './tool-state.ts';

export const setToolEnabled = procedure('tools.enable', {
  method: 'PUT',
  path: '/api/tools/{id}/enabled',
  summary: 'Enable or disable a tool for this tenant, also a global one',
  tags: ['tools'],
  headers: { 'if-match': 'ifMatch' },
  state: toolState,
})
  .input(byId.extend({ enabled: z.boolean(), ifMatch }))
  .output(toolViewSchema)
  .mutation(async ({ ctx, input }) => {
    await setEnabled(ctx, input.id, input.enabled, input.ifMatch);
    return readTool(ctx, input.id);
  });
