import { router } from '../trpc.ts';
import { archiveTool } from './archive-tool.ts';
import { checkToolDefinition } from './check-tool-definition.ts';
import { createTool } from './create-tool.ts';
import { diffToolVersions } from './diff-tool-versions.ts';
import { executeTool } from './execute-tool.ts';
import { getTool } from './get-tool.ts';
import { getToolUses } from './get-tool-uses.ts';
import { listToolVersions } from './list-tool-versions.ts';
import { listTools } from './list-tools.ts';
import { previewTool } from './preview-tool.ts';
import { replayTool } from './replay-tool.ts';
import { restoreToolVersion } from './restore-tool-version.ts';
import { setToolEnabled } from './set-tool-enabled.ts';
import { unarchiveTool } from './unarchive-tool.ts';
import { updateTool } from './update-tool.ts';
import { validatePayload } from './validate-payload.ts';

export const toolsRouter = router({
  list: listTools,
  create: createTool,
  get: getTool,
  uses: getToolUses,
  update: updateTool,
  archive: archiveTool,
  unarchive: unarchiveTool,
  versions: listToolVersions,
  restore: restoreToolVersion,
  diff: diffToolVersions,
  setEnabled: setToolEnabled,
  validate: validatePayload,
  checkDefinition: checkToolDefinition,
  execute: executeTool,
  preview: previewTool,
  replay: replayTool,
});
