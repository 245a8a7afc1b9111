import type { Actor } from '../../identity/roles.ts';
import type { SystemConnection, TenantConnection } from '../../platform/db/database.ts';
import { event } from '../../platform/db/schema.ts';
import type { EventSubject, EventType } from '../event-types.ts';

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

/** Appends to the one log; call it in the transaction of the change it tells of. */
export async function appendEvent(
  connection: TenantConnection | SystemConnection,
  tenantId: string,
  { actor, ...fields }: NewEvent,
): Promise<void> {
  await connection.orm.insert(event).values({
    tenantId,
    ...fields,
    actorType: actor.type,
    actorId: actor.id,
    actorName: actor.name,
  });
}
