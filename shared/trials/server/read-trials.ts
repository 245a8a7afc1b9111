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

/** This trial of a tool with what it has shown, or the newest; null when there is none. @throws InterlockError `not_found` */
export function readNewestTrial(
  { services, identity }: ReadContext,
  toolId: string,
  trialId?: string,
): Promise<{ trial: ComparedTrial | null }> {
  return services.db.tenant(identity.tenantId, async (connection) => {
    await mustSeeTool(connection, toolId);
    const [newest] = trialId === undefined ? await listTrials(connection, toolId, 1) : [];
    const row = trialId === undefined ? newest : await mustReadTrial(connection, toolId, trialId);
    return { trial: row ? await comparedView(connection, row) : null };
  });
}

/** @throws InterlockError `not_found` */
export function readComparedTrial(
  { services, identity }: ReadContext,
  toolId: string,
  trialId: string,
): Promise<ComparedTrial> {
  return services.db.tenant(identity.tenantId, async (connection) =>
    comparedView(connection, await mustReadTrial(connection, toolId, trialId)),
  );
}

const comparedView = async (connection: TenantConnection, row: TrialRow): Promise<ComparedTrial> => ({
  ...trialView(row),
  comparison: await comparisonOf(connection, row),
});

async function mustSeeTool(connection: TenantConnection, toolId: string): Promise<void> {
  checkScope(isUuid(toolId) ? await loadToolOn(connection, toolId) : null);
}

/** This trial of a tool. @throws InterlockError `not_found` */
async function mustReadTrial(
  connection: TenantConnection,
  toolId: string,
  trialId: string,
): Promise<TrialRow> {
  return ofTool(toolId, isUuid(trialId) ? await readTrial(connection, trialId) : null);
}

/** This trial of a tool that is locked, or its newest. @throws InterlockError `not_found` */
export async function mustReadWhich(
  connection: TenantConnection,
  toolId: string,
  trialId: string | undefined,
): Promise<TrialRow> {
  if (trialId !== undefined) return mustReadTrial(connection, toolId, trialId);
  const [newest] = await listTrials(connection, toolId, 1);
  return ofTool(toolId, newest ?? null);
}

function ofTool(toolId: string, row: TrialRow | null): TrialRow {
  if (row?.tool_id !== toolId) throw new InterlockError('not_found', 'Trial not found.');
  return row;
}
