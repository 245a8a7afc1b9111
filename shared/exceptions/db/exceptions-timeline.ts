import { and, eq, getTableColumns, inArray, sql } from 'drizzle-orm';
import { type ApprovalJson, approvalJson } from '../../executions/db/executions-approval.ts';
import { executionListColumns } from '../../executions/db/executions-read.ts';
import type { AttemptJson, ExecutionRow } from '../../executions/db/executions-row.ts';
import type { Actor } from '../../identity/roles.ts';
import { createdByOf } from '../../platform/db/columns.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { commentMention, comment as commentTable } from './tables.ts';

export type CommentRow = typeof commentTable.$inferSelect;
interface Mentioned {
  id: string;
  name: string;
}
export type MentioningRow = CommentRow & { mentioned: Mentioned[] };

/** @param comment.id uuid v7 */
export async function insertComment(
  connection: TenantConnection,
  comment: { id: string; exceptionId: string; body: string; actor: Actor },
): Promise<CommentRow> {
  const { id, exceptionId, body, actor } = comment;
  const [row] = await connection.orm
    .insert(commentTable)
    .values({
      id,
      tenant_id: connection.tenantId,
      exception_id: exceptionId,
      body,
      ...createdByOf(actor),
    })
    .returning();
  return row!;
}

export async function insertMentions(
  connection: TenantConnection,
  comment: CommentRow,
  people: readonly Mentioned[],
): Promise<void> {
  await connection.orm.insert(commentMention).values(
    people.map(({ id, name }) => ({
      comment_id: comment.id,
      tenant_id: connection.tenantId,
      exception_id: comment.exception_id,
      user_id: id,
      user_name: name,
    })),
  );
}

/** With those whom they name, by the names that they had. */
export async function readComments(
  connection: TenantConnection,
  exceptionId: string,
  ids: string[],
): Promise<MentioningRow[]> {
  return connection.orm
    .select({
      ...getTableColumns(commentTable),
      mentioned: sql<
        Mentioned[]
      >`(SELECT coalesce(json_agg(json_build_object('id', m.user_id, 'name', m.user_name)), '[]')
        FROM comment_mention m WHERE m.comment_id = ${commentTable.id} AND m.tenant_id = ${connection.tenantId})`,
    })
    .from(commentTable)
    .where(
      and(
        eq(commentTable.tenant_id, connection.tenantId),
        eq(commentTable.exception_id, exceptionId),
        inArray(commentTable.id, ids),
      ),
    );
}

/** An execution with its payloads cut. Its own times are dates; those of its attempts are text. */
export interface TimelineExecutionRow extends Omit<ExecutionRow, 'input_sealed'> {
  /** Without what was sent and received. */
  attempt_rows: AttemptJson[];
  /** A payload was too long; it is then the beginning of its JSON, as text. */
  truncated: boolean;
  approval: ApprovalJson | null;
  /** The step that requested it. */
  step: { runId: string; stepId: string; title: string } | null;
}

const cut = (column: string) =>
  `CASE WHEN length(e.${column}::text) > $3 THEN to_jsonb(left(e.${column}::text, $3)) ELSE e.${column} END AS ${column}`;

/** The executions of these ids, each payload cut to `maxCharacters` of JSON. */
export async function readTimelineExecutions(
  connection: TenantConnection,
  ids: string[],
  maxCharacters: number,
): Promise<TimelineExecutionRow[]> {
  return connection.query<TimelineExecutionRow>({
    name: 'timeline_executions',
    text: `SELECT ${executionListColumns}, issues, ${cut('input_payload')}, ${cut('output_payload')},
        coalesce(greatest(length(e.input_payload::text), length(e.output_payload::text)) > $3, false) AS truncated,
        (SELECT coalesce(json_agg(to_jsonb(a) - 'request' - 'response' ORDER BY a.number), '[]') FROM execution_attempt a
         WHERE a.execution_id = e.id AND a.tenant_id = e.tenant_id) AS attempt_rows,
        (SELECT json_build_object('runId', s.run_id, 'stepId', s.step_id, 'title', s.title) FROM playbook_step_run s
         WHERE s.id = e.playbook_step_run_id AND s.tenant_id = e.tenant_id) AS step,
        CASE WHEN e.approval_status IS NOT NULL THEN ${approvalJson('e')} END AS approval
      FROM tool_execution e WHERE e.tenant_id = $1 AND e.id = ANY($2::uuid[])`,
    values: [connection.tenantId, ids, maxCharacters],
  });
}
