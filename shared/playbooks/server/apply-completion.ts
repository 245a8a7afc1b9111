import { type PreparedBatch, prepareBatch } from '../../batches/server/prepare-batch.ts';
import { insertExecution, type NewExecution } from '../../executions/db/executions-insert.ts';
import { isSystem, type Role } from '../../identity/roles.ts';
import { withOrigin } from '../../identity/server/request-origin.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { type RunRow, readRun } from '../db/playbook-runs.ts';
import { type CompletionRow, decideCompletion, readCompletion } from '../db/step-completions.ts';
import { isStepFinal, listStepRuns, readStepRun, type StepRow } from '../db/step-runs.ts';
import type { AppliedCompletion, CompleteStepMessage, StepState } from '../playbook-contract.ts';
import { allSteps } from '../playbook-document.ts';
import { definitionOf, type Step } from '../steps/registry.ts';
import { stepIdSchema } from '../steps/step-common.ts';
import { type Recheck, requireApproval, requireShown } from './approval-guard.ts';
import { closeApprovals, settleCovered } from './approval-standing.ts';
import { readMessage, storeDirect } from './direct-completion.ts';
import { findOpening } from './find-opening.ts';
import { findStep, type StepSituation } from './find-step.ts';
import { readInvolved } from './involved.ts';
import { type PlaybookContext, temporalActor } from './run-context.ts';
import { loadDocument } from './run-document.ts';
import { loadScope } from './run-scope.ts';
import { causeOf } from './settle-step.ts';
import { notApproved, outcomesNow, refusedByState, refusedBySubject } from './step-rules.ts';
import type { Cause, Completing, StepEffect } from './step-runner.ts';
import { runnerOf } from './step-runners.ts';
import { stepState } from './step-state.ts';
import { type Refusal, refuseIf } from './step-subject.ts';
import { openStepInput, prepareStepExecution } from './step-tool.ts';
import { changeStep, eventsOf, type Transition } from './step-transitions.ts';
import { tellStep } from './tell.ts';

/**
 * Accepts or refuses a completion that the API stored, or one that was sent to Temporal directly. The rows are locked, so
 * one of many simultaneous completions is accepted; the same completion again gets the same result.
 */
export async function applyCompletion(
  context: PlaybookContext,
  { tenantId, runId, message: sent }: { tenantId: string; runId: string; message: CompleteStepMessage },
): Promise<AppliedCompletion> {
  const found = await context.db.tenant(tenantId, async (connection) => {
    const { success, data: stepId } = stepIdSchema.safeParse(sent.stepId);
    const run = success ? await readRun(connection, runId) : null;
    const row = run && success ? await readStepRun(connection, runId, stepId) : null;
    return run && row ? { run, row, document: await loadDocument(connection, run) } : null;
  });
  const placed = found && allSteps(found.document).find(({ step }) => step.id === found.row.step_id);
  if (!placed) return { accepted: false, code: 'conflict', message: 'This step has not been reached.' };
  const situation = { ...found, step: placed.step };
  let completion: CompletionRow | null = null;
  try {
    const message = readMessage(sent);
    completion = message.completionId
      ? await readStored(context, situation, message.completionId)
      : await storeDirect(context, found.document, situation, message);
    const stored = completion;
    const origin = { door: stored.door ?? 'worker', address: stored.address };
    return await withOrigin(origin, () =>
      decide(context, situation, stored, causeOf(stored, message.apiRequestId)),
    );
  } catch (error) {
    if (!(error instanceof InterlockError) || error.code === 'internal' || error.code === 'unavailable')
      throw error;
    return refuse(context, situation, completion, error);
  }
}

/** The completion of this step that the API stored. @throws InterlockError `not_found`, for another step's alike */
async function readStored(
  { db }: PlaybookContext,
  { run, row }: StepSituation,
  completionId: string,
): Promise<CompletionRow> {
  const stored = await db.tenant(run.tenant_id, (connection) => readCompletion(connection, completionId));
  if (stored?.step_run_id !== row.id) throw new InterlockError('not_found', 'Completion not found.');
  return stored;
}

async function decide(
  context: PlaybookContext,
  before: StepSituation,
  completion: CompletionRow,
  by: Cause,
): Promise<AppliedCompletion> {
  const { step } = before;
  if (completion.status === 'accepted') return acceptedBefore(context, before);
  if (completion.status !== 'pending') {
    const message = completion.refusal_message ?? withdrawn.message;
    return { accepted: false, code: completion.refusal_code ?? 'conflict', message };
  }
  refuseIf(refusedByState(before.run, before.row));
  const reopened = completion.outcome === 'retry' ? await reopen(context, before, by) : null;
  const shown = reopened ? null : await requireShown(context, before, { completion, by });
  const { execution, approved } = reopened ? noCall : await prepareExecution(context, before, completion, by);
  const batch = reopened ? null : await prepareStepBatch(context, before, completion);

  const address = { tenantId: before.run.tenant_id, runId: before.run.id, stepId: step.id };
  const { run, row } = await changeStep(context, address, async ({ run, row }, connection) => {
    const involved = await readInvolved(connection, run, step);
    const subject = { ...by, roles: completion.actor_roles as Role[], person: completion.person };
    // A refusal rolls everything back.
    refuseIf(
      refusedByState(run, row) ??
        refusedAsLate(step, row, completion, involved.accepted) ??
        refusedBySubject(step, { run, row, ...involved }, subject, completion.outcome),
    );
    const decision = { status: 'accepted', executionId: execution?.id ?? null } as const;
    refuseIf((await shown?.(row, connection)) ?? (await approved?.(row, connection)) ?? null);
    if (!(await decideCompletion(connection, completion.id, decision))) refuseIf(withdrawn);
    if (reopened) return reopened;
    const votes = involved.accepted.filter((each) => each.step_run_id === row.id);
    const effect = effectOf(step, { row, completion, votes, by, execution, batch });
    const transition = transitionOf(effect, completion, by);
    return {
      ...transition,
      // After the event of the step, which says who started the execution.
      also: async (each) => {
        await effect.also?.(each);
        if (execution) await insertExecution(each, execution);
        await settleCovered(each, run, row, transition.change, completion.outcome, by);
        if (row.failure_code === notApproved) await closeApprovals(each, run, row, transition.change);
      },
    };
  });
  return accepted(context, run, row);
}

/**
 * A completion is for the step as it was when it was sent. It may be delivered much later: when another one has run the
 * tool meanwhile, its sender did not know the result, and a second call could act twice.
 */
function refusedAsLate(
  step: Step,
  row: StepRow,
  { outcome, created_at }: CompletionRow,
  accepted: readonly CompletionRow[],
): Refusal | null {
  const earlier = definitionOf(step).votes
    ? undefined
    : accepted.find(
        ({ step_run_id, decided_at }) => step_run_id === row.id && decided_at && decided_at > created_at,
      );
  if (earlier)
    return {
      code: 'conflict',
      message: `${earlier.actor_name} was faster. Nothing was done. Look at the result before you complete ${row.title} again.`,
    };
  if (outcomesNow(step, row).some(({ id }) => id === outcome)) return null;
  return { code: 'conflict', message: `${row.title} has changed. Nothing was done. Look at it again.` };
}

const withdrawn: Refusal = {
  code: 'conflict',
  message: 'The completion was withdrawn before it was decided.',
};

/** The step may have been read before the completion was accepted, so it is read again. */
async function acceptedBefore(
  context: PlaybookContext,
  { run: { id, tenant_id }, row: { step_id } }: StepSituation,
): Promise<AppliedCompletion> {
  const { run, row } = await findStep(context, tenant_id, { runId: id, stepId: step_id });
  return accepted(context, run, row);
}

async function accepted(context: PlaybookContext, run: RunRow, row: StepRow): Promise<AppliedCompletion> {
  const ended = await endedWith(context, run, row);
  return {
    accepted: true,
    stepId: row.step_id,
    status: row.status,
    state: await stepState(context, run, row),
    ...(ended.length > 0 && { ended }),
  };
}

/** What has ended with an approval or a call that it holds: the calls that it rejected, the approval without calls. */
async function endedWith(
  context: PlaybookContext,
  run: RunRow,
  row: StepRow,
): Promise<{ stepId: string; state: StepState }[]> {
  if (!row.covers && row.failure_code !== notApproved) return [];
  const rows = await context.db.tenant(run.tenant_id, (connection) => listStepRuns(connection, [run.id]));
  const ended = rows.filter((each) => isStepFinal(each) && (holds(row, each) || holds(each, row)));
  return Promise.all(
    ended.map(async (each) => ({ stepId: each.step_id, state: await stepState(context, run, each) })),
  );
}

const holds = ({ covers }: StepRow, call: StepRow): boolean =>
  covers?.calls.some(({ stepId }) => stepId === call.step_id) ?? false;

/** Records the refusal, so that the same request gets it again. A rate-limited completion may be sent again. */
async function refuse(
  context: PlaybookContext,
  { run, row }: StepSituation,
  completion: CompletionRow | null,
  error: InterlockError,
): Promise<AppliedCompletion> {
  const refusal: Refusal = { code: error.code, message: error.message };
  const status = error.code === 'rate_limited' ? 'withdrawn' : 'refused';
  await context.db.tenantTransaction(run.tenant_id, async (connection) => {
    if (completion) await decideCompletion(connection, completion.id, { status, refusal });
    // The API reports a refusal to its caller. The sender of a signal gets no response, so the timeline shows it.
    if (!completion || isSystem({ type: completion.actor_type }))
      await tellStep(
        connection,
        run,
        row,
        'StepCompletionRefused',
        { actor: temporalActor },
        { reason: error.message },
      );
  });
  return { accepted: false, ...refusal };
}

/**
 * The execution that the completion requests.
 * @throws InterlockError when the call is refused; then nothing was written
 */
async function prepareExecution(
  context: PlaybookContext,
  { run, step, row }: StepSituation,
  completion: CompletionRow,
  by: Cause,
): Promise<{ execution: NewExecution | null; approved: Recheck | null }> {
  const { id, tenant_id } = row;
  const sent =
    completion.input === null && completion.input_sealed === null
      ? undefined
      : await openStepInput(context, { ...completion, id, tenant_id });
  const { outcome } = completion;
  const request = await runnerOf(step).toolRequest?.(step, { context, run, row, outcome, sent });
  if (!request) return noCall;
  const approved = await requireApproval(context, { run, step, row }, { request, completion, by });
  const { execution } = await prepareStepExecution(context, {
    ...request,
    tenantId: run.tenant_id,
    previewDigest: completion.preview_digest,
    actor: by.actor,
    roles: completion.actor_roles as Role[],
    person: completion.person,
    requestId: by.requestId ?? null,
    exceptionId: run.exception_id,
    stepRunId: id,
  });
  return { execution, approved };
}

/** The batch that it requests. @throws InterlockError when it is refused; then nothing was written */
async function prepareStepBatch(
  context: PlaybookContext,
  { run, step, row }: StepSituation,
  completion: CompletionRow,
): Promise<PreparedBatch | null> {
  const { outcome, preview_digest: previewDigest } = completion;
  const input = await runnerOf(step).batchRequest?.(step, { context, run, row, outcome });
  if (!input) return null;
  const checker = { tenantId: run.tenant_id, roles: completion.actor_roles as Role[] };
  const ids = { runId: run.id, stepRunId: row.id, stepId: row.step_id };
  return prepareBatch(context, checker, { input, exceptionId: run.exception_id, previewDigest, step: ids });
}

const noCall = { execution: null, approved: null };

/** Opens the step again. */
async function reopen(
  context: PlaybookContext,
  { run, step, row }: StepSituation,
  { requestId }: Cause,
): Promise<Transition> {
  const scope = await context.db.tenant(run.tenant_id, (connection) => loadScope(connection, run));
  const { transition } = await findOpening(context, { run, step, stepRunId: row.id, scope });
  return {
    ...transition,
    change: { failure_code: null, failure_message: null, ...transition.change },
    by: { ...transition.by, requestId },
  };
}

function effectOf(step: Step, completing: Completing): StepEffect {
  const { outcome } = completing.completion;
  if (outcome === 'skip') return { change: { status: 'skipped' } };
  if (outcome === 'abort') return { change: { status: 'failed' } };
  const effect = runnerOf(step).complete?.(step, completing);
  if (!effect) throw new Error(`A step of type ${step.type} has no completion`);
  return effect;
}

function transitionOf(
  { change, events = [], data }: StepEffect,
  completion: CompletionRow,
  by: Cause,
): Transition {
  const { outcome, reason } = completion;
  const common = { outcome, reason: reason?.slice(0, 500).toWellFormed() };
  return {
    change: isStepFinal(change) ? { outcome, ...change, reason } : change,
    by,
    events: [...events, ...eventsOf(change.status, data)].map(({ type, data: own }) => ({
      type,
      data: { ...common, ...own },
    })),
  };
}
