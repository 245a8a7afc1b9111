import type { ReadContext } from '../../events/server/change-context.ts';
import { listEnabledTools } from '../../tools/db/tools-by-name.ts';
import { readsOnly, targetHosts } from '../../tools/providers/registry.ts';
import { resolveVersion } from '../../tools/server/tool-service.ts';
import type { CheckTool } from '../execution-schemas.ts';
import type { ExecutionContext } from './execution-context.ts';
import { loadExecutionTool } from './execution-tool.ts';
import { mustReadExecution } from './read-executions.ts';

/**
 * The tools with which a person can find out whether an execution happened: they only read. Those that call the same
 * system come first.
 * @throws InterlockError `not_found`
 */
export async function listChecks(
  context: Pick<ExecutionContext, 'db'>,
  identity: ReadContext['identity'],
  executionId: string,
): Promise<CheckTool[]> {
  const execution = await mustReadExecution(context, identity, executionId);
  const tool = await loadExecutionTool(context, execution);
  const hosts = new Set(tool ? targetHosts(tool.definition) : []);
  const rows = await context.db.tenant(identity.tenantId, listEnabledTools);
  return rows
    .map((row) => ({ row, definition: resolveVersion(row) }))
    .filter(({ definition }) => readsOnly(definition))
    .map(({ row, definition }) => ({
      id: row.tool_id,
      name: definition.name,
      title: definition.title ?? definition.name,
      sameSystem: targetHosts(definition).some((host) => hosts.has(host)),
    }))
    .toSorted((a, b) => Number(b.sameSystem) - Number(a.sameSystem) || a.title.localeCompare(b.title));
}
