import type { EventType } from '../../events/event-types.ts';
import { type Teller, tell } from '../../events/server/tell.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import type { BatchRow } from '../db/batches.ts';

/** Appends an event of a batch, in the transaction of the change. It is in the timeline of its exception too. */
export function tellBatch(
  connection: TenantConnection,
  teller: Teller,
  { id, title, exception_id }: Pick<BatchRow, 'id' | 'title' | 'exception_id'>,
  type: EventType,
  data: Record<string, unknown>,
): Promise<void> {
  return tell(connection, teller, {
    type,
    subjectType: 'batch',
    subjectId: id,
    exceptionId: exception_id,
    data: { title, ...data },
  });
}
