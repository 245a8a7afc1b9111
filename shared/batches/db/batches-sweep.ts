import { type DueRow, dueRows } from '../../executions/db/due-rows.ts';
import type { SystemConnection } from '../../platform/db/database.ts';

/** A batch whose workflow has to be there. */
export interface DueBatch extends DueRow {
  total: number;
}

export const dueBatches = dueRows<DueBatch>('batches', 'batch', ['running', 'cancelling'], ['total']);

/** A week after its end, a batch can no longer be retried: what it was asked for is removed. */
export async function forgetOldBatches(connection: SystemConnection): Promise<void> {
  await connection.query({
    name: 'batches_forget',
    text: `UPDATE batch SET definition_sealed = NULL
      WHERE definition_sealed IS NOT NULL AND ended_at < now() - interval '7 days'`,
  });
}
