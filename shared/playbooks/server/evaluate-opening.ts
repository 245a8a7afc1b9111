import {
  ExpressionError,
  type ExpressionScope,
  evaluateCondition,
  evaluateExpression,
  resolveTemplate,
} from '../../platform/server/expressions.ts';
import type { RunRow } from '../db/playbook-runs.ts';
import { definitionOf, type Step } from '../steps/registry.ts';
import { humanColumns } from './assignees.ts';
import type { PlaybookContext } from './run-context.ts';
import { stuckColumns } from './step-rules.ts';
import type { OpeningValues, StepEffect } from './step-runner.ts';
import { runnerOf } from './step-runners.ts';

export interface Opening {
  run: RunRow;
  step: Step;
  stepRunId: string;
  scope: ExpressionScope;
}

/**
 * Evaluates the condition, the assignee, the times and the input of a step. A step with an expression that fails waits
 * for people who fix the cause.
 */
export async function evaluateOpening(context: PlaybookContext, opening: Opening): Promise<StepEffect> {
  const { step, scope } = opening;
  const tenantId = opening.run.tenant_id;
  try {
    if (step.when !== undefined && !(await evaluateCondition(step.when, scope, '/when', tenantId)))
      return { change: { status: 'skipped', outcome: 'condition', reason: 'Its condition is not met.' } };
    const values = await openingValues(step, scope, tenantId);
    const effect = await runnerOf(step).open(step, { context, ...opening, values });
    return effect.change.status === 'waiting'
      ? {
          ...effect,
          change: {
            ...(await humanColumns({ db: context.db, tenantId }, step, scope)),
            ...effect.change,
          },
        }
      : effect;
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return { change: { status: 'waiting', ...stuckColumns(step, error) } };
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
