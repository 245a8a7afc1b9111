import type { ReadContext } from '../../events/server/change-context.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import { checkScope, loadToolOn } from '../../tools/server/tool-service.ts';
import { listTrials, readTrial, type TrialRow } from '../db/trials.ts';
import type { ComparedTrial, Trial } from '../trial-schemas.ts';
import { comparisonOf, trialView } from './trial-view.ts';

const mostListed = 100;

/** The newest trials of a tool. @throws InterlockError `not_found` */
export function readTrials({ services, identity }: ReadContext, toolId: string): Promise<Trial[]> {
  return services.db.tenant(identity.tenantId, async (connection) => {
    await mustSeeTool(connection, toolId);
    return (await listTrials(connection, toolId, mostListed)).map(trialView);
  });
}

/** A trial of a tool and what it has shown: this one, or the newest. @throws InterlockError `not_found` */
export function readComparedTrial(
  { services, identity }: ReadContext,
  toolId: string,
  trialId?: string,
): Promise<ComparedTrial> {
  return services.db.tenant(identity.tenantId, async (connection) => {
    await mustSeeTool(connection, toolId);
    const row = await mustReadTrial(connection, toolId, trialId);
    return { ...trialView(row), comparison: await comparisonOf(connection, row) };
  });
}

async function mustSeeTool(connection: TenantConnection, toolId: string): Promise<void> {
  checkScope(isUuid(toolId) ? await loadToolOn(connection, toolId) : null);
}

/** This trial of a tool, or its newest. @throws InterlockError `not_found` */
export async function mustReadTrial(
  connection: TenantConnection,
  toolId: string,
  trialId: string | undefined,
): Promise<TrialRow> {
  const [newest] = trialId === undefined ? await listTrials(connection, toolId, 1) : [];
  const row = trialId !== undefined && isUuid(trialId) ? await readTrial(connection, trialId) : newest;
  if (row?.tool_id !== toolId)
    throw new InterlockError(
      'not_found',
      trialId === undefined ? 'No version of this tool has been tried.' : 'Trial not found.',
    );
  return row;
}
