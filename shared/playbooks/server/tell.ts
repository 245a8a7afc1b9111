import { appendEvent } from '../../events/db/append-event.ts';
import type { EventType } from '../../events/event-types.ts';
import type { Actor } from '../../identity/roles.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import type { RunRow } from '../db/playbook-runs.ts';
import type { StepRow } from '../db/step-runs.ts';

/** Appends what happened to a run; call it in the transaction of the change. */
export function tellRun(
  connection: TenantConnection,
  run: RunRow,
  type: EventType,
  actor: Actor,
  data: Record<string, unknown>,
): Promise<void> {
  return appendEvent(connection, run.tenant_id, {
    type,
    subjectType: 'run',
    subjectId: run.id,
    actor,
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

/** Appends what happened to a step of a run; never what somebody sent for it. */
export function tellStep(
  connection: TenantConnection,
  run: RunRow,
  step: StepRow,
  type: EventType,
  actor: Actor,
  data: Record<string, unknown> = {},
): Promise<void> {
  return appendEvent(connection, run.tenant_id, {
    type,
    subjectType: 'step',
    subjectId: step.id,
    actor,
    exceptionId: run.exception_id,
    data: { runId: run.id, stepId: step.step_id, stepType: step.type, title: step.title, ...data },
  });
}
