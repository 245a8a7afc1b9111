import type { EventType } from '../../events/event-types.ts';
import { type ExecutionWithAttempts, readExecution } from '../../executions/db/executions-read.ts';
import { isTerminal } from '../../executions/db/executions-row.ts';
import type { Actor } from '../../identity/roles.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import type { JsonValue } from '../../platform/json.ts';
import { ExpressionError, evaluateCondition } from '../../platform/server/expressions.ts';
import { isRunOpen, type RunRow, readRun, touchRun } from '../db/playbook-runs.ts';
import { listAccepted } from '../db/step-completions.ts';
import { listStepRuns, readStepRun, type StepChange, type StepRow, updateStepRun } from '../db/step-runs.ts';
import type { StepState } from '../playbook-contract.ts';
import type { CallToolStep } from '../steps/call-tool/definition.ts';
import type { Step } from '../steps/registry.ts';
import type { StepAddress } from './open-step.ts';
import { type PlaybookContext, playbookActor } from './run-context.ts';
import { loadStep } from './run-document.ts';
import { stepState } from './step-state.ts';
import { tellStep } from './tell.ts';

interface Settlement {
  change: StepChange;
  type: EventType;
  actor: Actor;
  data: Record<string, unknown>;
}

/** Records on the step what its tool's run came to; a run that has not ended leaves it as it is. */
export async function settleToolStep(
  context: PlaybookContext,
  { executionId, ...address }: StepAddress & { executionId: string },
): Promise<StepState> {
  const { tenantId } = address;
  const execution = await context.db.tenant(tenantId, (connection) =>
    readExecution(connection, tenantId, executionId),
  );
  return settle(context, address, async (connection, { run, row, step }) => {
    if (!execution || !isTerminal(execution) || step.type !== 'call_tool') return null;
    if (row.detail.probeExecutionId === executionId) return probed(step, row, execution);
    if (row.execution_ids.at(-1) !== executionId) return null;
    const votes = await listAccepted(connection, run.id);
    const by = votes.find((each) => each.execution_id === executionId);
    const actor: Actor = by ? { type: by.actor_type, id: by.actor_id, name: by.actor_name } : playbookActor;
    const settlement = called(step, execution, actor);
    return { ...settlement, change: { ...settlement.change, ...personOf(settlement, by?.person ?? null) } };
  });
}

const personOf = ({ change }: Settlement, person: string | null): StepChange =>
  change.status === 'completed' ? { completed_by_person: person } : {};

function called(step: CallToolStep, execution: ExecutionWithAttempts, actor: Actor): Settlement {
  const data = { executionId: execution.id };
  if (execution.status === 'succeeded') {
    return {
      change: { ...endedBy(actor), status: 'completed', outcome: 'run', output: execution.output_payload },
      type: 'StepCompleted',
      actor,
      data,
    };
  }
  const code = execution.failure_code ?? 'internal';
  const message = execution.error_message ?? 'Failed.';
  const failure = { failure_code: code, failure_message: message };
  const told = { actor: playbookActor, data: { ...data, code, message } };
  // Of a call that is safe to repeat nobody needs to know what it came to.
  if (code === 'outcome_unknown' && !execution.failure_retryable) {
    const output = execution.output_payload;
    return { change: { ...failure, status: 'outcome_unknown', output }, type: 'StepOutcomeUnknown', ...told };
  }
  if (step.onFailure === 'stay_open')
    return { change: { ...failure, status: 'waiting' }, type: 'StepFailed', ...told };
  const ended = { ...endedBy(playbookActor), ...failure, outcome: 'failed' };
  return step.onFailure === 'skip'
    ? { change: { ...ended, status: 'skipped', reason: message }, type: 'StepSkipped', ...told }
    : { change: { ...ended, status: 'failed', reason: message }, type: 'StepFailed', ...told };
}

/** The provider was asked what an earlier call came to. */
async function probed(
  step: CallToolStep,
  row: StepRow,
  execution: ExecutionWithAttempts,
): Promise<Settlement> {
  const detail = { ...row.detail };
  delete detail.probeExecutionId;
  const data = { executionId: execution.id };
  const undecided = (message: string): Settlement => ({
    change: { detail, status: 'outcome_unknown', failure_code: 'outcome_unknown', failure_message: message },
    type: 'StepOutcomeUnknown',
    actor: playbookActor,
    data: { ...data, message },
  });
  if (execution.status !== 'succeeded')
    return undecided(`The provider could not be asked: ${execution.error_message ?? 'it failed.'}`);
  const output = execution.output_payload;
  try {
    if (await evaluateCondition(step.probe?.happened ?? 'false', { output }, '/probe/happened')) {
      return {
        change: { ...endedBy(playbookActor), detail, status: 'completed', outcome: 'happened', output },
        type: 'StepCompleted',
        actor: playbookActor,
        data: { ...data, outcome: 'happened' },
      };
    }
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return undecided(`${error.message} (${error.path}).`);
  }
  return {
    change: {
      detail,
      status: 'waiting',
      failure_code: 'did_not_happen',
      failure_message: 'The provider says that it did not happen: it may be run again.',
    },
    type: 'StepReopened',
    actor: playbookActor,
    data,
  };
}

/** Records on the step what the run of its playbook came to. */
export async function settleRunStep(context: PlaybookContext, address: StepAddress): Promise<StepState> {
  return settle(context, address, async (connection, { row, step }) => {
    const child = row.child_run_id ? await readRun(connection, row.child_run_id) : null;
    if (!child || isRunOpen(child) || step.type !== 'playbook') return null;
    const data = { childRunId: child.id, status: child.status };
    if (child.status === 'completed') {
      const steps = await listStepRuns(connection, [child.id]);
      const outputs = Object.fromEntries(
        steps.filter((each) => each.output !== null).map((each) => [each.step_id, each.output]),
      );
      const output = { status: child.status, steps: outputs } as JsonValue;
      const change = {
        ...endedBy(playbookActor),
        status: 'completed',
        outcome: 'completed',
        output,
      } as const;
      return { change, type: 'StepCompleted', actor: playbookActor, data };
    }
    const reason = child.reason ?? `The playbook ${child.playbook_title} was ${child.status}.`;
    const ended = { ...endedBy(playbookActor), outcome: child.status, reason };
    return step.onFailure === 'skip'
      ? { change: { ...ended, status: 'skipped' }, type: 'StepSkipped', actor: playbookActor, data }
      : { change: { ...ended, status: 'failed' }, type: 'StepFailed', actor: playbookActor, data };
  });
}

/** Every branch of a parallel step has ended. */
export async function settleGroups(context: PlaybookContext, address: StepAddress): Promise<StepState> {
  return settle(context, address, async (_, { step }) =>
    step.type === 'parallel'
      ? {
          change: { ...endedBy(playbookActor), status: 'completed', outcome: 'completed' },
          type: 'StepCompleted',
          actor: playbookActor,
          data: {},
        }
      : null,
  );
}

const endedBy = (actor: Actor): StepChange => ({
  completed_at: new Date(),
  completed_by_type: actor.type,
  completed_by_id: actor.id,
  completed_by_name: actor.name,
  failure_code: null,
  failure_message: null,
  input_sealed: null,
});

/** Changes a running step, once: rows are locked, and one that is not running any more stays as it is. */
async function settle(
  context: PlaybookContext,
  { tenantId, runId, stepId }: StepAddress,
  judge: (
    connection: TenantConnection,
    situation: { run: RunRow; row: StepRow; step: Step },
  ) => Promise<Settlement | null>,
): Promise<StepState> {
  const { run, row } = await context.db.tenantTransaction(tenantId, async (connection) => {
    const run = (await readRun(connection, runId, 'lock'))!;
    const row = (await readStepRun(connection, runId, stepId, 'lock'))!;
    if (row.status !== 'running') return { run, row };
    const step = await loadStep(connection, run, stepId);
    const settlement = await judge(connection, { run, row, step });
    if (!settlement) return { run, row };
    const settled = await updateStepRun(connection, row.id, settlement.change);
    await tellStep(connection, run, settled, settlement.type, settlement.actor, settlement.data);
    await touchRun(connection, runId);
    return { run, row: settled };
  });
  return stepState(context, run, row);
}
