import { v7 as uuidv7 } from 'uuid';
import {
  ExpressionError,
  type ExpressionScope,
  evaluateCondition,
  evaluateExpression,
  resolveTemplate,
} from '../../platform/server/expressions.ts';
import { type RunRow, readRun } from '../db/playbook-runs.ts';
import { readStepRun } from '../db/step-runs.ts';
import type { StepState } from '../playbook-contract.ts';
import { definitionOf, type Step, type StepType } from '../steps/registry.ts';
import { humanColumns } from './assignees.ts';
import type { PlaybookContext } from './run-context.ts';
import { playbookActor } from './run-context.ts';
import { loadStep } from './run-document.ts';
import { loadScope } from './run-scope.ts';
import { expressionFailed } from './step-rules.ts';
import type { OpeningValues, StepEffect, StepEvent } from './step-runner.ts';
import { runnerOf } from './step-runners.ts';
import { stepState } from './step-state.ts';
import { openStepRow, type StepAddress, type Transition } from './step-transitions.ts';

/** Opens a step of a run, once: evaluates its condition, its assignee and its input. */
export async function openStep(context: PlaybookContext, address: StepAddress): Promise<StepState> {
  const { tenantId, runId, stepId } = address;
  const { run, row, step, scope } = await context.db.tenant(tenantId, async (connection) => {
    const run = await readRun(connection, runId);
    if (!run) throw new Error('Run not found');
    const row = await readStepRun(connection, runId, stepId);
    return {
      run,
      row,
      step: await loadStep(connection, run, stepId),
      scope: await loadScope(connection, run),
    };
  });
  if (row) return stepState(context, run, row);
  const id = uuidv7();
  const { status, transition } = await findOpening(context, { run, step, stepRunId: id, scope });
  const opened = await context.db.tenantTransaction(tenantId, async (connection) => {
    // A parsed document has registered types only.
    const type = step.type as StepType;
    const fields = { id, step_id: stepId, type, title: step.title, status };
    return (
      (await openStepRow(connection, run, fields, transition)) ??
      (await readStepRun(connection, runId, stepId))
    );
  });
  return stepState(context, run, opened!);
}

interface Opening {
  run: RunRow;
  step: Step;
  stepRunId: string;
  scope: ExpressionScope;
}

/** The result of opening the step now. A step with an expression that fails waits for an operator. */
export async function findOpening(
  context: PlaybookContext,
  opening: Opening,
): Promise<{ status: StepEffect['change']['status']; transition: Transition }> {
  const effect = await openingEffect(context, opening);
  const events = effect.events ?? [openingEvent(effect.change)];
  return {
    status: effect.change.status,
    transition: { change: effect.change, by: { actor: playbookActor }, events, also: effect.also },
  };
}

async function openingEffect(context: PlaybookContext, opening: Opening): Promise<StepEffect> {
  const { step, scope, run } = opening;
  try {
    if (step.when !== undefined && !(await evaluateCondition(step.when, scope, '/when', run.tenant_id)))
      return { change: { status: 'skipped', outcome: 'condition', reason: 'Its condition is not met.' } };
    const values = await openingValues(step, scope, run.tenant_id);
    const effect = await runnerOf(step).open(step, { context, ...opening, values });
    return effect.change.status === 'waiting'
      ? {
          ...effect,
          change: { ...(await humanColumns(context, step, scope)), ...effect.change },
        }
      : effect;
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const message = `${error.message}${error.path ? ` (${error.path})` : ''}.`;
    const fallback = { assignee_role: 'operator', candidate_roles: ['operator'] };
    return {
      change: { ...fallback, status: 'waiting', failure_code: expressionFailed, failure_message: message },
    };
  }
}

/** @throws ExpressionError for the first expression that fails */
async function openingValues(step: Step, scope: ExpressionScope, tenantId: string): Promise<OpeningValues> {
  const values: OpeningValues = {};
  for (const place of definitionOf(step).expressions(step)) {
    if (!place.atOpening) continue;
    const { path } = place;
    values[path] =
      place.kind === 'template'
        ? await resolveTemplate(place.template, scope, path, tenantId)
        : await evaluateExpression(place.expression, scope, path, tenantId);
  }
  return values;
}

function openingEvent(change: StepEffect['change']): StepEvent {
  if (change.status === 'skipped') return { type: 'StepSkipped', data: { reason: change.reason } };
  if (change.status === 'completed') return { type: 'StepCompleted', data: { outcome: change.outcome } };
  const problem = change.failure_message ? { problem: change.failure_message } : {};
  return {
    type: 'StepOpened',
    data: {
      role: change.assignee_role ?? null,
      user: change.assignee_user ?? null,
      dueAt: change.due_at?.toISOString(),
      ...problem,
    },
  };
}

/** The state of an open step, for its workflow. */
export async function lookAtStep(context: PlaybookContext, address: StepAddress): Promise<StepState> {
  const { tenantId, runId, stepId } = address;
  const [run, row] = await context.db.tenant(tenantId, async (connection) => [
    await readRun(connection, runId),
    await readStepRun(connection, runId, stepId),
  ]);
  if (!run || !row) throw new Error('Step not found');
  return stepState(context, run, row);
}
