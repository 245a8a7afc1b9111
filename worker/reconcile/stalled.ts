import {
  forgetStalled,
  listStalled,
  noteStalled,
  type StalledSubject,
} from '../../shared/executions/db/stalled-workflows.ts';
import type { SystemConnection } from '../../shared/platform/db/database.ts';
import type { WorkflowLook } from '../../shared/platform/server/temporal/look-at-workflow.ts';

const perRound = 20;

/** The workflows that cannot go on, during one round. */
export interface StallNotes {
  /** Those that were looked at longest ago. */
  due: string[];
  /** Keeps what was seen of the workflow of this row. */
  keep(row: { id: string; tenant_id: string }, look: WorkflowLook): Promise<void>;
  /** The row has ended. */
  forget(id: string): Promise<void>;
}

export async function openStallNotes(
  connection: SystemConnection,
  type: StalledSubject,
): Promise<StallNotes> {
  const ids = await listStalled(connection, type, 1000);
  const known = new Set(ids);
  const forget = async (id: string) => {
    if (known.delete(id)) await forgetStalled(connection, id);
  };
  return {
    due: ids.slice(0, perRound),
    forget,
    async keep({ id, tenant_id: tenantId }, look) {
      if (look.state === 'open' && look.stalled)
        await noteStalled(connection, { id, tenantId, type }, look.stalled);
      else await forget(id);
    },
  };
}
