import type { EventType } from '../../events/event-types.ts';
import { type Teller, tell } from '../../events/server/tell.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import type { RunRow } from '../db/playbook-runs.ts';
import type { StepRow } from '../db/step-runs.ts';
import type { Cause } from './step-runner.ts';

/** Appends an event of a run, in the transaction of the change. */
export function tellRun(
  connection: TenantConnection,
  run: RunRow,
  type: EventType,
  by: Cause,
  data: Record<string, unknown>,
): Promise<void> {
  return tell(connection, tellerOf(run, by), {
    type,
    subjectType: 'run',
    subjectId: run.id,
    exceptionId: run.exception_id,
    data: {
      runId: run.id,
      playbookName: run.playbook_name,
      playbookTitle: run.playbook_title,
      playbookVersion: run.playbook_version,
      ...data,
    },
  });
}

/** Appends an event of a step. `data` never holds an input. */
export function tellStep(
  connection: TenantConnection,
  run: RunRow,
  step: StepRow,
  type: EventType,
  by: Cause,
  data: Record<string, unknown> = {},
): Promise<void> {
  return tell(connection, tellerOf(run, by), {
    type,
    subjectType: 'step',
    subjectId: step.id,
    exceptionId: run.exception_id,
    data: { runId: run.id, stepId: step.step_id, stepType: step.type, title: step.title, ...data },
  });
}

const tellerOf = (run: RunRow, { actor, requestId }: Cause): Teller => ({
  identity: { tenantId: run.tenant_id, actor },
  requestId: requestId ?? null,
});
