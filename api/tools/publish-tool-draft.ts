import { assertToolUnused } from '../../shared/playbooks/server/tool-uses.ts';
import { readTool } from '../../shared/tools/server/read-tools.ts';
import { publishToolDraft as publish } from '../../shared/tools/server/tool-drafts.ts';
import { toolViewSchema } from '../../shared/tools/tool-schemas.ts';
import { byId, flag, ifMatch, versionNumber } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { toolState } from './tool-state.ts';

export const publishToolDraft = procedure('tools.write', {
  method: 'POST',
  path: '/api/tools/{id}/draft/publish',
  summary:
    'Make the draft of a tool the version that everyone gets; a new name only with force where it is used',
  tags: ['tools'],
  state: toolState,
  headers: { 'if-match': 'ifMatch' },
})
  .input(byId.extend({ version: versionNumber, force: flag, ifMatch }))
  .output(toolViewSchema)
  .mutation(async ({ ctx, input: { id, version, force, ifMatch } }) => {
    const beforeRename = force ? undefined : () => assertToolUnused(ctx, id, 'renamed');
    await publish(ctx, id, { version, ifMatch, beforeRename });
    return readTool(ctx, id);
  });
