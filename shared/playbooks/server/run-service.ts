import type { ChangeContext, ReadContext } from '../../events/server/change-context.ts';
import { assignStep, claimStep, releaseStep } from './assign-step.ts';
import { assignSteps, claimSteps, releaseSteps } from './bulk-steps.ts';
import { completeAlike, previewAlike } from './complete-alike.ts';
import { completeStep } from './complete-step.ts';
import { cancelRun, pauseRun, releaseRun, resumeRun } from './control-run.ts';
import { decideExecutions, previewDecisions } from './decide-executions.ts';
import { previewStep } from './preview-step.ts';
import { previewStepBatch } from './preview-step-batch.ts';
import {
  readRunPage,
  readRunPagesOf,
  readRunSummaries,
  readRunView,
  readRunViews,
  readStepView,
} from './read-runs.ts';
import { countHeldSteps, releaseClaims } from './release-claims.ts';
import type { PlaybookContext, RunChange, RunRead } from './run-context.ts';
import { sendEvent } from './send-event.ts';
import { startRun } from './start-run.ts';
import { withdrawApproval } from './withdraw-approval.ts';

/**
 * Runs of playbooks, for every door. Doors pass the context of a request as it is.
 * @throws InterlockError `not_found`, for the ids of other tenants too; each function names its other errors
 */
export function createRunService(services: PlaybookContext) {
  const reading =
    <Args extends unknown[], Result>(read: (context: RunRead, ...args: Args) => Result) =>
    ({ identity }: ReadContext, ...args: Args): Result =>
      read({ services, identity }, ...args);
  const changing =
    <Args extends unknown[], Result>(change: (context: RunChange, ...args: Args) => Result) =>
    ({ identity, requestId }: ChangeContext, ...args: Args): Result =>
      change({ services, identity, requestId }, ...args);
  return {
    list: reading(readRunPage),
    get: reading(readRunView),
    /** Of many at once. */
    summaries: reading(readRunSummaries),
    views: reading(readRunViews),
    pagesOf: reading(readRunPagesOf),
    step: reading(readStepView),
    preview: reading(previewStep),
    previewBatch: reading(previewStepBatch),
    start: changing(startRun),
    complete: changing(completeStep),
    claim: changing(claimStep),
    release: changing(releaseStep),
    assign: changing(assignStep),
    claimMany: changing(claimSteps),
    releaseMany: changing(releaseSteps),
    assignMany: changing(assignSteps),
    previewAlike: reading(previewAlike),
    completeAlike: changing(completeAlike),
    previewDecisions: reading(previewDecisions),
    decideExecutions: changing(decideExecutions),
    withdraw: changing(withdrawApproval),
    heldSteps: reading(countHeldSteps),
    releaseClaims: changing(releaseClaims),
    sendEvent: changing(sendEvent),
    pause: changing(pauseRun),
    resume: changing(resumeRun),
    releaseRun: changing(releaseRun),
    cancel: changing(cancelRun),
  };
}

export type RunService = ReturnType<typeof createRunService>;
