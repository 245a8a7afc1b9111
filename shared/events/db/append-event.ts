import type { Actor } from '../../identity/roles.ts';
import { originOf } from '../../identity/server/request-origin.ts';
import type { SystemConnection, TenantConnection } from '../../platform/db/database.ts';
import type { EventSubject, EventType } from '../event-types.ts';
import { event } from './tables.ts';

export interface NewEvent {
  type: EventType;
  subjectType: EventSubject;
  subjectId: string;
  actor: Actor;
  exceptionId?: string | null;
  /** Field names and short facts, never payloads or secrets. */
  data?: Record<string, unknown>;
  requestId?: string | null;
}

/** Appends to the event log; call it in the transaction of the change. */
export async function appendEvent(
  connection: TenantConnection | SystemConnection,
  tenantId: string,
  { type, subjectType, subjectId, actor, exceptionId, data, requestId }: NewEvent,
): Promise<void> {
  await connection.orm.insert(event).values({
    tenant_id: tenantId,
    type,
    subject_type: subjectType,
    subject_id: subjectId,
    exception_id: exceptionId,
    actor_type: actor.type,
    actor_id: actor.id,
    actor_name: actor.name,
    data,
    request_id: requestId,
    ...originOf(actor),
  });
}
