import { router } from '../trpc.ts';
import { approveExecution } from './approve-execution.ts';
import { cancelExecution } from './cancel-execution.ts';
import { getExecution } from './get-execution.ts';
import { listChecks } from './list-checks.ts';
import { listChunks } from './list-chunks.ts';
import { listExecutions } from './list-executions.ts';
import { previewUndo } from './preview-undo.ts';
import { rejectExecution } from './reject-execution.ts';
import { releaseExecution } from './release-execution.ts';
import { rerunExecution } from './rerun-execution.ts';
import { settleExecution } from './settle-execution.ts';
import { undoExecution } from './undo-execution.ts';
import { withdrawApproval } from './withdraw-approval.ts';

export const executionsRouter = router({
  list: listExecutions,
  get: getExecution,
  cancel: cancelExecution,
  rerun: rerunExecution,
  undo: undoExecution,
  previewUndo,
  release: releaseExecution,
  settle: settleExecution,
  approve: approveExecution,
  reject: rejectExecution,
  withdraw: withdrawApproval,
  checks: listChecks,
  chunks: listChunks,
});
