import { and, desc, eq, lt, notInArray } from 'drizzle-orm';
import type { EventRow } from '../../events/db/events.ts';
import { executionListColumns } from '../../executions/db/executions-read.ts';
import type { AttemptJson, ExecutionRow } from '../../executions/db/executions-row.ts';
import type { Actor } from '../../identity/roles.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { event } from '../../platform/db/schema.ts';

/** An execution stands on the time line once, where it was asked for; these are part of its state. */
const withinExecution = [
  'ToolExecutionStarted',
  'ToolExecutionAttempted',
  'ToolExecutionCancelRequested',
  'ToolExecutionCompleted',
  'ToolExecutionFailed',
] as const;

/** What happened on an exception, newest first. */
export async function listExceptionEvents(
  connection: TenantConnection,
  exceptionId: string,
  { before, limit }: { before?: bigint; limit: number },
): Promise<EventRow[]> {
  return connection.orm
    .select()
    .from(event)
    .where(
      and(
        eq(event.tenantId, connection.tenantId),
        eq(event.exceptionId, exceptionId),
        notInArray(event.type, [...withinExecution]),
        before === undefined ? undefined : lt(event.id, before),
      ),
    )
    .orderBy(desc(event.id))
    .limit(limit);
}

export interface CommentRow {
  id: string;
  body: string;
  created_by_type: Actor['type'];
  created_by_id: string;
  created_by_name: string;
  created_at: Date;
}

const commentColumns = 'id, body, created_by_type, created_by_id, created_by_name, created_at';

/** @param comment.id uuid v7 */
export async function insertComment(
  connection: TenantConnection,
  comment: { id: string; exceptionId: string; body: string; actor: Actor },
): Promise<CommentRow> {
  const { id, exceptionId, body, actor } = comment;
  const [row] = await connection.query<CommentRow & Record<string, unknown>>({
    name: 'comment_insert',
    text: `INSERT INTO comment (tenant_id, id, exception_id, body, created_by_type, created_by_id, created_by_name)
      VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING ${commentColumns}`,
    values: [connection.tenantId, id, exceptionId, body, actor.type, actor.id, actor.name],
  });
  return row!;
}

export async function readComments(
  connection: TenantConnection,
  exceptionId: string,
  ids: string[],
): Promise<CommentRow[]> {
  return connection.query<CommentRow & Record<string, unknown>>({
    name: 'comments_read',
    text: `SELECT ${commentColumns} FROM comment WHERE tenant_id = $1 AND exception_id = $2 AND id = ANY($3::uuid[])`,
    values: [connection.tenantId, exceptionId, ids],
  });
}

/** An execution whose payloads are cut; its times are those of the row, those of its attempts are text. */
export interface TimelineExecutionRow extends Omit<ExecutionRow, 'input_sealed'> {
  attempt_rows: AttemptJson[];
  /** A payload was longer than asked for; then it is the beginning of its JSON, as text. */
  truncated: boolean;
  /** The step that asked for it. */
  step: { runId: string; stepId: string; title: string } | null;
}

const cut = (column: string) =>
  `CASE WHEN length(e.${column}::text) > $3 THEN to_jsonb(left(e.${column}::text, $3)) ELSE e.${column} END AS ${column}`;

/** The executions of these ids, each payload at most so many characters of JSON. */
export async function readTimelineExecutions(
  connection: TenantConnection,
  ids: string[],
  maxCharacters: number,
): Promise<TimelineExecutionRow[]> {
  return connection.query<TimelineExecutionRow & Record<string, unknown>>({
    name: 'timeline_executions',
    text: `SELECT ${executionListColumns}, issues, ${cut('input_payload')}, ${cut('output_payload')},
        coalesce(greatest(length(e.input_payload::text), length(e.output_payload::text)) > $3, false) AS truncated,
        (SELECT coalesce(json_agg(a ORDER BY a.number), '[]') FROM execution_attempt a
         WHERE a.execution_id = e.id AND a.tenant_id = e.tenant_id) AS attempt_rows,
        (SELECT json_build_object('runId', s.run_id, 'stepId', s.step_id, 'title', s.title) FROM playbook_step_run s
         WHERE s.id = e.playbook_step_run_id AND s.tenant_id = e.tenant_id) AS step
      FROM tool_execution e WHERE e.tenant_id = $1 AND e.id = ANY($2::uuid[])`,
    values: [connection.tenantId, ids, maxCharacters],
  });
}
