import type { TenantConnection } from '../../platform/db/database.ts';
import type { JsonObject, JsonValue } from '../../platform/json.ts';
import type { ExpressionScope } from '../../platform/server/expressions.ts';
import type { RunRow } from '../db/playbook-runs.ts';
import { listStepRuns, type StepRow } from '../db/step-runs.ts';

/** The scope of a run's expressions now. */
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

/** The exception as expressions see it; null when it does not exist. */
export async function readExceptionScope(
  connection: TenantConnection,
  exceptionId: string,
): Promise<JsonObject | null> {
  const [row] = await connection.query<{ scope: JsonObject }>({
    name: 'exception_scope',
    text: `SELECT json_build_object('id', id, 'number', number, 'title', title, 'description', description,
        'domain', domain, 'severity', severity, 'status', status, 'assignee', assignee_name, 'source', source,
        'dueAt', due_at, 'createdAt', created_at, 'attributes', attributes) AS scope
      FROM exception WHERE id = $2 AND tenant_id = $1`,
    values: [connection.tenantId, exceptionId],
  });
  return row?.scope ?? null;
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
