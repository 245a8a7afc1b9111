import type { TenantConnection } from '../../platform/db/database.ts';

/** A larger one is not read. */
const longestOutput = 65_536;
const most = 20;

export interface OutputRow {
  executionId: string;
  tool: string;
  toolTitle: string;
  /** Redacted. */
  output: unknown;
}

/** What the latest successful executions of an exception have returned, newest first. */
export function listOutputs(connection: TenantConnection, exceptionId: string): Promise<OutputRow[]> {
  return connection.query<OutputRow & Record<string, unknown>>({
    name: 'exception_outputs',
    text: `SELECT id AS "executionId", tool_name AS tool, tool_title AS "toolTitle",
        CASE WHEN length(output_payload::text) <= ${longestOutput} THEN output_payload END AS output
      FROM tool_execution WHERE tenant_id = $1 AND exception_id = $2 AND status = 'succeeded'
      ORDER BY id DESC LIMIT ${most}`,
    values: [connection.tenantId, exceptionId],
  });
}
