import type { z } from 'zod';
import type { ApprovedExecution } from '../../executions/db/executions-approval.ts';
import { approvals, whoDecides } from '../../executions/server/approval-rules.ts';
import { requesterOf } from '../../executions/server/execution-view.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { isUuid } from '../../platform/ids.ts';
import { listExceptionRefs } from '../db/exceptions-of-runs.ts';
import type { executionItemSchema } from '../inbox-schemas.ts';

/** Executions that need an approval as the inbox lists them, by id. */
export async function executionItems(
  connection: TenantConnection,
  rows: readonly ApprovedExecution[],
): Promise<Map<string, z.infer<typeof executionItemSchema>>> {
  const named = [...new Set(rows.flatMap(({ exception_id }) => exception_id ?? []))].filter(isUuid);
  const refs = named.length === 0 ? [] : await listExceptionRefs(connection, named);
  const exceptions = new Map(refs.map((each) => [each.id, each]));
  return new Map(
    rows.map((row) => [
      row.id,
      {
        execution: {
          id: row.id,
          toolId: row.tool_id,
          toolName: row.tool_name,
          toolTitle: row.tool_title,
          toolVersion: row.tool_version,
          actor: requesterOf(row),
          createdAt: row.created_at.toISOString(),
          dueAt: (row.approval_expires_at ?? row.created_at).toISOString(),
          reason: row.approval.reason,
          required: row.approval.required,
          approved: approvals(row.approval).length,
          waitingOn: whoDecides(row.approval),
        },
        exception: exceptions.get(row.exception_id ?? '') ?? null,
      },
    ]),
  );
}
