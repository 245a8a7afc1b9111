import { listOpenBreakers } from '../../limits/db/breakers.ts';
import { targetHosts } from '../../tools/providers/registry.ts';
import { loadToolOn } from '../../tools/server/tool-service.ts';
import type { Execution } from '../execution-schemas.ts';
import type { ExecutionServices } from './execution-services.ts';

/** Where no time is known: someone holds the calls, or the breaker has closed meanwhile. */
const otherwiseSeconds = 30;

/** How long whoever got `circuit_open` should wait before the call is sent again, in seconds. */
export async function pausedSeconds(
  { db }: Pick<ExecutionServices, 'db'>,
  tenantId: string,
  { toolId, toolVersion, connector }: Pick<Execution, 'toolId' | 'toolVersion' | 'connector'>,
): Promise<number> {
  const breakers = await db.tenant(tenantId, async (connection) => {
    const tool = await loadToolOn(connection, toolId, {
      version: toolVersion,
      connectorRevision: connector?.revision ?? null,
    });
    return tool ? listOpenBreakers(connection, targetHosts(tool.definition)) : [];
  });
  const waits = breakers.flatMap(({ state, retry_at: at }) => (state !== 'held' && at ? [at.getTime()] : []));
  const seconds = Math.ceil((Math.max(...waits) - Date.now()) / 1000);
  return waits.length < breakers.length || seconds < 1 || waits.length === 0 ? otherwiseSeconds : seconds;
}
