import { ApplicationFailure, CancelledFailure, Context } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';
import { makeStorable } from '../../shared/platform/server/json-schema.ts';
import { withDatabaseRetry } from '../../shared/platform/server/with-database-retry.ts';
import {
  type AppliedCompletion,
  type CompleteStepMessage,
  type RunOutline,
  runQuarantined,
  type StepState,
} from '../../shared/playbooks/playbook-contract.ts';
import { applyCompletion } from '../../shared/playbooks/server/apply-completion.ts';
import { endOpenRun, holdRun, type RunEnding } from '../../shared/playbooks/server/end-run.ts';
import { lookAtStep, openStep } from '../../shared/playbooks/server/open-step.ts';
import { guardTask } from '../../shared/playbooks/server/quarantine-run.ts';
import type { PlaybookContext } from '../../shared/playbooks/server/run-context.ts';
import { loadOutline } from '../../shared/playbooks/server/run-outline.ts';
import {
  settleBatchStep,
  settleGroups,
  settleRunStep,
  settleToolStep,
} from '../../shared/playbooks/server/settle-step.ts';
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
  settleBatchStep(step: StepAddress): Promise<StepState>;
  settleGroups(step: StepAddress): Promise<StepState>;
  holdRun(
    hold: RunAddress & { paused: { by: string | null; reason: string | null } | null },
  ): Promise<{ paused: boolean }>;
  endRun(end: RunAddress & { status: RunEnding }): Promise<void>;
}

const heartbeatMs = 3000;

/** The effects of `runPlaybookWorkflow`, each guarded by its rows: retried, it changes nothing. */
export function createPlaybookActivities(
  context: PlaybookContext & { workerId: string },
): PlaybookActivities {
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
  /** The same for what depends on what a tenant wrote: it may end this process, but not every process in turn. */
  const watched = <Args extends RunAddress & { stepId?: string }, Result>(
    work: (args: Args) => Promise<Result>,
  ) =>
    guarded(async (args: Args): Promise<Result> => {
      const temporal = Context.current();
      const { tenantId, runId, stepId = '' } = args;
      const { activityType, activityId, isLocal } = temporal.info;
      // Local activities of a run are in one worker at a time; others may be in several, for different messages.
      const task = `${activityType} ${isLocal ? stepId : activityId}`;
      const beat = setInterval(() => temporal.heartbeat(), heartbeatMs);
      try {
        const done = await guardTask(
          context,
          { tenantId, runId, task, worker: context.workerId },
          async () => ({
            result: await work(args),
          }),
        );
        if (done) return done.result;
      } finally {
        clearInterval(beat);
      }
      throw ApplicationFailure.create({
        message: 'The run is quarantined. Release it to try once more.',
        type: runQuarantined,
        nonRetryable: true,
        category: ApplicationFailureCategory.BENIGN,
      });
    });
  return {
    loadRun: watched((run) => loadOutline(context, run)),
    openStep: watched((step) => openStep(context, step)),
    lookAtStep: watched((step) => lookAtStep(context, step)),
    wakeStep: watched((step) => wakeStep(context, step)),
    applyCompletion: watched((completion) => applyCompletion(context, completion)),
    settleToolStep: watched((step) => settleToolStep(context, step)),
    settleRunStep: watched((step) => settleRunStep(context, step)),
    settleBatchStep: watched((step) => settleBatchStep(context, step)),
    settleGroups: watched((step) => settleGroups(context, step)),
    holdRun: guarded(({ paused, ...run }) =>
      holdRun(context, run, paused && { by: words(paused.by, 120), reason: words(paused.reason, 4096) }),
    ),
    endRun: guarded(async ({ status, ...run }) => {
      await endOpenRun(context, run, status);
    }),
  };
}

/** Text as it can be stored: anyone with access to Temporal can put anything into a message. */
function words(sent: unknown, maxLength: number): string | null {
  const text = typeof sent === 'string' ? makeStorable(sent.slice(0, maxLength)) : null;
  return typeof text === 'string' ? text : null;
}
