import { ApplicationFailure, CancelledFailure } from '@temporalio/activity';
import { makeStorable } from '../../shared/platform/server/json-schema.ts';
import { withDatabaseRetry } from '../../shared/platform/server/with-database-retry.ts';
import type {
  AppliedCompletion,
  CompleteStepMessage,
  RunOutline,
  StepState,
} from '../../shared/playbooks/playbook-contract.ts';
import { applyCompletion } from '../../shared/playbooks/server/apply-completion.ts';
import { endOpenRun, holdRun, type RunEnding } from '../../shared/playbooks/server/end-run.ts';
import { lookAtStep, openStep } from '../../shared/playbooks/server/open-step.ts';
import type { PlaybookContext } from '../../shared/playbooks/server/run-context.ts';
import { loadOutline } from '../../shared/playbooks/server/run-outline.ts';
import { settleGroups, settleRunStep, settleToolStep } from '../../shared/playbooks/server/settle-step.ts';
import type { StepAddress } from '../../shared/playbooks/server/step-transitions.ts';
import { wakeStep } from '../../shared/playbooks/server/wake-step.ts';

interface RunAddress {
  tenantId: string;
  runId: string;
}

export interface PlaybookActivities {
  loadRun(run: RunAddress): Promise<RunOutline>;
  openStep(step: StepAddress): Promise<StepState>;
  lookAtStep(step: StepAddress): Promise<StepState>;
  wakeStep(step: StepAddress): Promise<StepState>;
  applyCompletion(completion: RunAddress & { message: CompleteStepMessage }): Promise<AppliedCompletion>;
  settleToolStep(step: StepAddress & { executionId: string }): Promise<StepState>;
  settleRunStep(step: StepAddress): Promise<StepState>;
  settleGroups(step: StepAddress): Promise<StepState>;
  holdRun(
    hold: RunAddress & { paused: { by: string | null; reason: string | null } | null },
  ): Promise<{ paused: boolean }>;
  endRun(end: RunAddress & { status: RunEnding }): Promise<void>;
}

/** The effects of `runPlaybookWorkflow`, each guarded by its rows: retried, it changes nothing. */
export function createPlaybookActivities(context: PlaybookContext): PlaybookActivities {
  /** Waits while the database is unavailable. Any other error may quote payloads, so it goes to the log only. */
  const guarded =
    <Args extends Partial<StepAddress>, Result>(work: (args: Args) => Promise<Result>) =>
    async (args: Args): Promise<Result> => {
      try {
        return await withDatabaseRetry(() => work(args));
      } catch (error) {
        if (error instanceof ApplicationFailure || error instanceof CancelledFailure) throw error;
        const { runId, stepId } = args;
        context.log.error({ err: error, runId, stepId }, 'a playbook activity failed unexpectedly');
        throw ApplicationFailure.retryable('Unexpected error. See the log of the worker.', 'internal');
      }
    };
  return {
    loadRun: guarded((run) => loadOutline(context, run)),
    openStep: guarded((step) => openStep(context, step)),
    lookAtStep: guarded((step) => lookAtStep(context, step)),
    wakeStep: guarded((step) => wakeStep(context, step)),
    applyCompletion: guarded((completion) => applyCompletion(context, completion)),
    settleToolStep: guarded((step) => settleToolStep(context, step)),
    settleRunStep: guarded((step) => settleRunStep(context, step)),
    settleGroups: guarded((step) => settleGroups(context, step)),
    holdRun: guarded(({ paused, ...run }) =>
      holdRun(context, run, paused && { by: words(paused.by, 120), reason: words(paused.reason, 4096) }),
    ),
    endRun: guarded(async ({ status, ...run }) => {
      await endOpenRun(context, run, status);
    }),
  };
}

/** Text as it can be stored: whoever has access to Temporal can put anything into a message. */
function words(sent: unknown, maxLength: number): string | null {
  const text = typeof sent === 'string' ? makeStorable(sent.slice(0, maxLength)) : null;
  return typeof text === 'string' ? text : null;
}
