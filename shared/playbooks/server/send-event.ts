import { InterlockError } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import { ExpressionError, evaluateCondition } from '../../platform/server/expressions.ts';
import { listStepRuns } from '../db/step-runs.ts';
import { allSteps } from '../playbook-document.ts';
import { definitionOf } from '../steps/registry.ts';
import { submitCompletion } from './complete-step.ts';
import { mustReadOpenRun } from './load-runs.ts';
import type { RunChange } from './run-context.ts';
import { loadDocument } from './run-document.ts';
import { loadScope } from './run-scope.ts';

export interface SendEventRequest {
  runId: string;
  name: string;
  data?: JsonValue | undefined;
  requestId?: string | undefined;
}

/**
 * Completes the steps of a run that listen for this event.
 * @returns the ids of the steps that received it
 * @throws InterlockError `conflict` when the run has ended, and all of `submitCompletion`
 */
export async function sendEvent(
  context: RunChange,
  { runId, name, data = null, requestId }: SendEventRequest,
): Promise<{ received: string[] }> {
  const { services, identity } = context;
  const { rows, document, scope } = await services.db.tenant(identity.tenantId, async (connection) => {
    const run = await mustReadOpenRun(connection, runId);
    return {
      rows: await listStepRuns(connection, [run.id]),
      document: await loadDocument(connection, run),
      scope: await loadScope(connection, run),
    };
  });
  const steps = new Map(allSteps(document).map(({ step }) => [step.id, step]));
  const received: string[] = [];
  for (const { step_id: stepId, status } of rows) {
    const step = steps.get(stepId);
    const listener = step && definitionOf(step).listensFor(step);
    if (listener?.event !== name || (status !== 'waiting' && requestId === undefined)) continue;
    if (
      listener.match !== undefined &&
      !(await matches(listener.match, { ...scope, event: data }, identity.tenantId))
    )
      continue;
    try {
      await submitCompletion(context, {
        runId,
        stepId,
        outcome: listener.outcome,
        input: data,
        // The same request gets the same result, also from a step that has received it.
        ...(requestId === undefined ? {} : { requestId: `event/${requestId}` }),
      });
      received.push(stepId);
    } catch (error) {
      if (!(error instanceof InterlockError) || error.code !== 'conflict') throw error;
    }
  }
  return { received };
}

/** A condition that cannot be evaluated does not hold. */
async function matches(match: string, scope: object, tenantId: string): Promise<boolean> {
  try {
    return await evaluateCondition(match, scope, '', tenantId);
  } catch (error) {
    if (error instanceof ExpressionError) return false;
    throw error;
  }
}
