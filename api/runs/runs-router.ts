import { router } from '../trpc.ts';
import { assignStep } from './assign-step.ts';
import { cancelRun } from './cancel-run.ts';
import { claimStep } from './claim-step.ts';
import { completeStep } from './complete-step.ts';
import { getRun } from './get-run.ts';
import { getStep } from './get-step.ts';
import { listRuns } from './list-runs.ts';
import { pauseRun } from './pause-run.ts';
import { previewStep } from './preview-step.ts';
import { previewStepBatch } from './preview-step-batch.ts';
import { previewUndo } from './preview-undo.ts';
import { releaseRun } from './release-run.ts';
import { releaseStep } from './release-step.ts';
import { resumeRun } from './resume-run.ts';
import { sendEvent } from './send-event.ts';
import { startRun } from './start-run.ts';
import { undoRun } from './undo-run.ts';
import { withdrawStep } from './withdraw-step.ts';

export const runsRouter = router({
  list: listRuns,
  start: startRun,
  get: getRun,
  step: getStep,
  complete: completeStep,
  preview: previewStep,
  previewBatch: previewStepBatch,
  claim: claimStep,
  release: releaseStep,
  assign: assignStep,
  withdraw: withdrawStep,
  sendEvent: sendEvent,
  pause: pauseRun,
  resume: resumeRun,
  releaseRun: releaseRun,
  cancel: cancelRun,
  undo: undoRun,
  previewUndo,
});
