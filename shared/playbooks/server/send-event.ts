import type { ExecutionServices } from '../../executions/server/execution-services.ts';
import type { Identity } from '../../identity/roles.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import { ExpressionError, evaluateCondition } from '../../platform/server/expressions.ts';
import type { RunRow } from '../db/playbook-runs.ts';
import { listStepRuns } from '../db/step-runs.ts';
import { allSteps } from '../playbook-document.ts';
import { definitionOf } from '../steps/registry.ts';
import { completeStep } from './complete-step.ts';
import type { PlaybookContext } from './run-context.ts';
import { loadDocument } from './run-document.ts';
import { loadScope } from './run-scope.ts';

export interface SendEventRequest {
  identity: Identity;
  name: string;
  data?: JsonValue | undefined;
  requestId?: string | undefined;
}

/**
 * Completes the steps of a run that listen for this event.
 * @returns the ids of the steps that received it
 */
export async function sendEvent(
  services: ExecutionServices,
  context: PlaybookContext,
  run: RunRow,
  { identity, name, data = null, requestId }: SendEventRequest,
): Promise<string[]> {
  const { rows, document, scope } = await context.db.tenant(run.tenant_id, async (connection) => ({
    rows: await listStepRuns(connection, [run.id]),
    document: await loadDocument(connection, run),
    scope: await loadScope(connection, run),
  }));
  const steps = new Map(allSteps(document).map(({ step }) => [step.id, step]));
  const received: string[] = [];
  for (const { step_id: stepId, status } of rows) {
    const step = steps.get(stepId);
    const listener = step && definitionOf(step).listensFor(step);
    if (listener?.event !== name || (status !== 'waiting' && requestId === undefined)) continue;
    if (listener.match !== undefined && !(await matches(listener.match, { ...scope, event: data }))) continue;
    try {
      await completeStep(services, context, {
        identity,
        runId: run.id,
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
  return received;
}

/** A condition that cannot be evaluated does not hold. */
async function matches(match: string, scope: object): Promise<boolean> {
  try {
    return await evaluateCondition(match, scope);
  } catch (error) {
    if (error instanceof ExpressionError) return false;
    throw error;
  }
}
