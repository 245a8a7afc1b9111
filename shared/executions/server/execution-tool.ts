import { type LoadedTool, loadTool } from '../../tools/server/tool-service.ts';
import type { ExecutionRow } from '../db/executions-row.ts';
import type { ExecutionContext } from './execution-context.ts';

/**
 * The tool of an execution, at the version and the revision of the connector that it was requested with. Whether it is
 * enabled or archived is as of now.
 */
export function loadExecutionTool(
  { db }: Pick<ExecutionContext, 'db'>,
  execution: Pick<ExecutionRow, 'tenant_id' | 'tool_id' | 'tool_version' | 'connector_revision'>,
): Promise<LoadedTool | null> {
  return loadTool(db, execution.tenant_id, execution.tool_id, {
    version: execution.tool_version,
    connectorRevision: execution.connector_revision,
  });
}
