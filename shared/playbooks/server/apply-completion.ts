import { v7 as uuidv7 } from 'uuid';
import { insertExecution, type NewExecution } from '../../executions/db/executions-insert.ts';
import type { Role } from '../../identity/roles.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import { resolveTemplate } from '../../platform/server/expressions.ts';
import { type RunRow, readRun, touchRun } from '../db/playbook-runs.ts';
import {
  type CompletionRow,
  decideCompletion,
  findCompletion,
  insertCompletion,
  listAccepted,
  readCompletion,
} from '../db/step-completions.ts';
import { readStepRun, type StepChange, type StepRow, updateStepRun } from '../db/step-runs.ts';
import type { AppliedCompletion, CompleteStepMessage } from '../playbook-contract.ts';
import type { Step } from '../steps/registry.ts';
import { checkCompletion } from './check-completion.ts';
import { findOpening, tellOpened } from './open-step.ts';
import { type PlaybookContext, temporalActor } from './run-context.ts';
import { loadStep } from './run-document.ts';
import { loadScope } from './run-scope.ts';
import { type Refusal, refusedByState, refusedBySubject } from './step-rules.ts';
import type { StepEffect } from './step-runner.ts';
import { runnerOf } from './step-runners.ts';
import { stepState } from './step-state.ts';
import { openStepInput, prepareToolRun, usableStepTool } from './step-tool.ts';
import { tellStep } from './tell.ts';

interface Situation {
  run: RunRow;
  step: Step;
  row: StepRow;
}

/**
 * Decides a completion, for good: the one place where a step is completed, whatever door it came through. The rows are
 * locked, so of many that come at once one is accepted; the same one again gets the same answer.
 */
export async function applyCompletion(
  context: PlaybookContext,
  { tenantId, runId, message }: { tenantId: string; runId: string; message: CompleteStepMessage },
): Promise<AppliedCompletion> {
  const found = await context.db.tenant(tenantId, async (connection) => {
    const run = await readRun(connection, runId);
    const row = run && (await readStepRun(connection, runId, message.stepId));
    return run && row ? { run, row, step: await loadStep(connection, run, message.stepId) } : null;
  });
  if (!found) return { accepted: false, code: 'conflict', message: 'This step has not been reached.' };
  try {
    const completion = message.completionId
      ? await context.db.tenant(tenantId, (connection) => readCompletion(connection, message.completionId!))
      : await storeDirect(context, found, message);
    if (!completion || completion.step_run_id !== found.row.id)
      return { accepted: false, code: 'not_found', message: 'There is no such completion.' };
    return await decide(context, found, completion);
  } catch (error) {
    if (!(error instanceof InterlockError) || error.code === 'internal' || error.code === 'unavailable')
      throw error;
    return refuse(context, found, message, error);
  }
}

/** A message that came to Temporal directly is stored like any other. */
async function storeDirect(
  context: PlaybookContext,
  situation: Situation,
  message: CompleteStepMessage,
): Promise<CompletionRow> {
  const { run, row } = situation;
  const requestId = message.requestId ?? uuidv7();
  const known = await context.db.tenant(run.tenant_id, (connection) =>
    findCompletion(connection, row.id, requestId),
  );
  if (known) return known;
  const closed = refusedByState(run, row);
  if (closed) throw new InterlockError(closed.code, closed.message);
  const checked = await checkCompletion(context, situation, {
    outcome: message.outcome,
    input: message.input as JsonValue | undefined,
    reason: message.reason,
  });
  return context.db.tenant(run.tenant_id, (connection) =>
    insertCompletion(connection, {
      ...checked,
      id: uuidv7(),
      runId: run.id,
      stepRunId: row.id,
      requestId,
      fingerprint: 'temporal',
      previewDigest: null,
      actor: temporalActor,
      roles: [],
      person: null,
    }),
  );
}

async function decide(
  context: PlaybookContext,
  before: Situation,
  completion: CompletionRow,
): Promise<AppliedCompletion> {
  const { run, step } = before;
  if (completion.status === 'accepted') return accepted(context, run, before.row);
  if (completion.status !== 'pending') {
    const message = completion.refusal_message ?? 'It was withdrawn before it was decided.';
    return { accepted: false, code: completion.refusal_code ?? 'conflict', message };
  }
  const closed = refusedByState(run, before.row);
  if (closed) throw new InterlockError(closed.code, closed.message);
  const tool = await prepareTool(context, before, completion);
  const reopened = completion.outcome === 'retry' ? await reopen(context, before) : null;

  const result = await context.db.tenantTransaction(run.tenant_id, async (connection) => {
    const situation = {
      step,
      run: (await readRun(connection, run.id, 'lock'))!,
      row: (await readStepRun(connection, run.id, step.id, 'lock'))!,
      accepted: await listAccepted(connection, run.id),
    };
    const refusal =
      refusedByState(situation.run, situation.row) ??
      refusedBySubject(step, situation, subjectOf(completion));
    if (refusal) return { refusal };
    const executionId = tool?.execution.id ?? null;
    if (!(await decideCompletion(connection, completion.id, { status: 'accepted', executionId })))
      return { refusal: { code: 'conflict', message: 'It was withdrawn before it was decided.' } as const };
    const votes = situation.accepted.filter((each) => each.step_run_id === situation.row.id);
    const effect = reopened ?? effectOf(step, { row: situation.row, completion, votes });
    const row = await updateStepRun(connection, situation.row.id, {
      ...effect.change,
      ...closing(effect, completion),
      ...(tool && toolColumns(situation.row, completion, tool.execution)),
    });
    if (reopened) await tellOpened(connection, situation.run, row, reopened);
    else await tellDecided(connection, situation.run, row, completion, votes.length + 1);
    // After the step's own event, which tells who started it.
    if (tool) await insertExecution(connection, tool.execution);
    await touchRun(connection, run.id);
    return { row };
  });
  if ('refusal' in result && result.refusal)
    throw new InterlockError(result.refusal.code, result.refusal.message);
  return accepted(context, run, result.row);
}

async function accepted(context: PlaybookContext, run: RunRow, row: StepRow): Promise<AppliedCompletion> {
  return {
    accepted: true,
    stepId: row.step_id,
    status: row.status,
    state: await stepState(context, run, row),
  };
}

/** Notes the refusal, so that the same request is told the same again; one that may be sent again is set free. */
async function refuse(
  context: PlaybookContext,
  { run, row }: Situation,
  { completionId }: CompleteStepMessage,
  error: InterlockError,
): Promise<AppliedCompletion> {
  const refusal: Refusal = { code: error.code, message: error.message };
  const status = error.code === 'rate_limited' ? 'withdrawn' : 'refused';
  await context.db.tenantTransaction(run.tenant_id, async (connection) => {
    if (completionId) await decideCompletion(connection, completionId, { status, refusal });
    // Whoever came through the API has been told; of the others, the time line has to.
    else
      await tellStep(connection, run, row, 'StepCompletionRefused', temporalActor, { reason: error.message });
  });
  return { accepted: false, ...refusal };
}

const subjectOf = (completion: CompletionRow) => ({
  actor: actorOf(completion),
  roles: completion.actor_roles as Role[],
  person: completion.person,
});
const actorOf = ({ actor_type, actor_id, actor_name }: CompletionRow) => ({
  type: actor_type,
  id: actor_id,
  name: actor_name,
});

/** @throws InterlockError when the tool would not run; then nothing was written */
async function prepareTool(
  context: PlaybookContext,
  { run, step, row }: Situation,
  completion: CompletionRow,
) {
  if (step.type !== 'call_tool') return null;
  const common = {
    tenantId: run.tenant_id,
    actor: actorOf(completion),
    exceptionId: run.exception_id,
    stepRunId: row.id,
  };
  if (completion.outcome === 'run') {
    const tool = await usableStepTool(context, run.tenant_id, step);
    const sent = completion.input !== null || completion.input_sealed !== null;
    const payload = await openStepInput(context, {
      ...(sent ? completion : row),
      id: row.id,
      tenant_id: row.tenant_id,
    });
    return prepareToolRun(context, {
      ...common,
      tool,
      payload,
      previewDigest: completion.preview_digest,
    });
  }
  if (completion.outcome !== 'probe' || !step.probe) return null;
  const scope = await context.db.tenant(run.tenant_id, (connection) => loadScope(connection, run));
  const payload = (await resolveTemplate(step.probe.input, scope, '/probe/input')) ?? {};
  const tool = await usableStepTool(context, run.tenant_id, step.probe);
  return prepareToolRun(context, { ...common, tool, payload, previewDigest: null });
}

async function reopen(context: PlaybookContext, { run, step, row }: Situation): Promise<StepEffect> {
  const scope = await context.db.tenant(run.tenant_id, (connection) => loadScope(connection, run));
  const effect = await findOpening(context, { run, step, stepRunId: row.id, scope });
  return { ...effect, change: { failure_code: null, failure_message: null, ...effect.change } };
}

function effectOf(
  step: Step,
  situation: { row: StepRow; completion: CompletionRow; votes: CompletionRow[] },
): StepEffect {
  if (situation.completion.outcome === 'skip') return { change: { status: 'skipped' } };
  if (situation.completion.outcome === 'abort') return { change: { status: 'failed' } };
  return runnerOf(step).complete(step, situation);
}

/** Who ended the step, how and why. */
function closing({ change }: StepEffect, completion: CompletionRow): StepChange {
  if (change.status !== 'completed' && change.status !== 'failed' && change.status !== 'skipped') return {};
  return {
    outcome: change.outcome ?? completion.outcome,
    reason: completion.reason,
    completed_at: new Date(),
    completed_by_type: completion.actor_type,
    completed_by_id: completion.actor_id,
    completed_by_name: completion.actor_name,
    completed_by_person: completion.person,
    input_sealed: null,
  };
}

/** What was sent is what a further try starts from. */
function toolColumns(row: StepRow, completion: CompletionRow, execution: NewExecution): StepChange {
  if (completion.outcome === 'probe') return { detail: { ...row.detail, probeExecutionId: execution.id } };
  return {
    execution_ids: [...row.execution_ids, execution.id],
    input: execution.input,
    ...(completion.input === null ? {} : { input_sealed: completion.input_sealed }),
    issues: [],
  };
}

async function tellDecided(
  connection: TenantConnection,
  run: RunRow,
  row: StepRow,
  completion: CompletionRow,
  votes: number,
): Promise<void> {
  const actor = actorOf(completion);
  const reason = completion.reason?.slice(0, 500);
  const tell = (type: Parameters<typeof tellStep>[3], data: Record<string, unknown> = {}) =>
    tellStep(connection, run, row, type, actor, { outcome: completion.outcome, reason, ...data });
  if (row.type === 'approval' && completion.outcome === 'approved') await tell('StepApproved', { votes });
  if (row.type === 'approval' && completion.outcome === 'rejected') await tell('StepRejected');
  if (row.status === 'completed') await tell('StepCompleted');
  else if (row.status === 'skipped') await tell('StepSkipped');
  else if (row.status === 'failed') await tell('StepFailed');
  else if (row.status === 'running')
    await tell('StepStarted', { executionId: row.detail.probeExecutionId ?? row.execution_ids.at(-1) });
  else if (completion.outcome === 'did_not_happen') await tell('StepReopened');
}
