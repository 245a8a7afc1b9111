import { router } from '../trpc.ts';
import { archiveTool } from './archive-tool.ts';
import { checkToolDefinition } from './check-tool-definition.ts';
import { createTool } from './create-tool.ts';
import { createToolDraft } from './create-tool-draft.ts';
import { diffToolVersions } from './diff-tool-versions.ts';
import { discardToolDraft } from './discard-tool-draft.ts';
import { executeTool } from './execute-tool.ts';
import { getTool } from './get-tool.ts';
import { getToolDraft } from './get-tool-draft.ts';
import { getToolUses } from './get-tool-uses.ts';
import { inferSchema } from './infer-schema.ts';
import { listToolVersions } from './list-tool-versions.ts';
import { listTools } from './list-tools.ts';
import { previewTool } from './preview-tool.ts';
import { previewToolDraft } from './preview-tool-draft.ts';
import { publishToolDraft } from './publish-tool-draft.ts';
import { replayTool } from './replay-tool.ts';
import { restoreToolVersion } from './restore-tool-version.ts';
import { saveToolDraft } from './save-tool-draft.ts';
import { setToolEnabled } from './set-tool-enabled.ts';
import { testToolDraft } from './test-tool-draft.ts';
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
  createDraft: createToolDraft,
  draft: getToolDraft,
  saveDraft: saveToolDraft,
  discardDraft: discardToolDraft,
  previewDraft: previewToolDraft,
  testDraft: testToolDraft,
  publishDraft: publishToolDraft,
  inferSchema,
});
