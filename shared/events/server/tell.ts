import type { SystemConnection, TenantConnection } from '../../platform/db/database.ts';
import { appendEvent, type NewEvent } from '../db/append-event.ts';
import type { ChangeContext } from './change-context.ts';

/** Who causes an event, in which tenant. A change without a request (a timer, a sweep) has no `requestId`. */
export interface Teller {
  identity: Pick<ChangeContext['identity'], 'tenantId' | 'actor'>;
  requestId?: string | null;
}

/** Appends one event to the tenant's log. Call it in the transaction of the change. */
export function tell(
  connection: TenantConnection | SystemConnection,
  { identity, requestId }: Teller,
  event: Omit<NewEvent, 'actor' | 'requestId'>,
): Promise<void> {
  return appendEvent(connection, identity.tenantId, {
    ...event,
    actor: identity.actor,
    requestId: requestId ?? null,
  });
}
