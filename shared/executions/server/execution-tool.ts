import { type LoadedTool, loadTool } from '../../tools/server/tool-service.ts';
import type { ExecutionContext } from './execution-context.ts';

/** The tool of an execution, at the version it runs. Whether it is enabled or archived is as of now. */
export function loadExecutionTool(
  { db }: Pick<ExecutionContext, 'db'>,
  execution: { tenant_id: string; tool_id: string; tool_version: number },
): Promise<LoadedTool | null> {
  return loadTool(db, execution.tenant_id, execution.tool_id, execution.tool_version);
}
