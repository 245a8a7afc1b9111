import type { TenantConnection } from '../../platform/db/database.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import type { JsonObject, JsonValue } from '../../platform/json.ts';
import type { ExpressionScope } from '../../platform/server/expressions.ts';
import { readExceptionScope } from '../db/exceptions-of-runs.ts';
import type { RunRow } from '../db/playbook-runs.ts';
import { listStepRuns, type StepRow } from '../db/step-runs.ts';

/** The scope of a run's expressions, with its steps as they are now. */
export async function loadScope(connection: TenantConnection, run: RunRow): Promise<ExpressionScope> {
  const exception = run.exception_id ? await readExceptionScope(connection, run.exception_id) : null;
  const steps = await listStepRuns(connection, [run.id]);
  return {
    exception,
    input: run.input,
    steps: Object.fromEntries(steps.map((step) => [step.step_id, stepScope(step)])),
    run: {
      id: run.id,
      playbook: run.playbook_name,
      version: run.playbook_version,
      startedBy: run.started_by_name,
      startedAt: run.created_at.toISOString(),
    },
  };
}

/** An exception as expressions see it. @throws InterlockError `not_found` */
export async function readExceptionForExpressions(
  connection: TenantConnection,
  id: string,
): Promise<JsonObject> {
  const exception = isUuid(id) ? await readExceptionScope(connection, id) : null;
  if (!exception) throw new InterlockError('not_found', 'Exception not found.');
  return exception;
}

function stepScope(step: StepRow): JsonObject {
  return {
    status: step.status,
    outcome: step.outcome,
    output: step.output as JsonValue,
    reason: step.reason,
    completedBy: step.completed_by_name,
    completedAt: step.completed_at?.toISOString() ?? null,
  };
}
