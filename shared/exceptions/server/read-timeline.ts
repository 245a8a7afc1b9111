import type { EventRow } from '../../events/db/events.ts';
import { eventView } from '../../events/server/event-view.ts';
import type { ExecutionServices } from '../../executions/server/execution-services.ts';
import { toExecution } from '../../executions/server/execution-view.ts';
import type { Identity } from '../../identity/roles.ts';
import { isUuid } from '../../platform/ids.ts';
import { invalidCursor } from '../../platform/server/paging.ts';
import { readExceptionRow } from '../db/exceptions.ts';
import {
  type CommentRow,
  listExceptionEvents,
  readComments,
  readTimelineExecutions,
  type TimelineExecutionRow,
} from '../db/exceptions-timeline.ts';
import type { TimelineItem } from '../exception-schemas.ts';
import { commentView } from './comment-exception.ts';
import { noException } from './exception-views.ts';

/** Of JSON, per payload. */
const maxPayloadCharacters = 2048;

/**
 * A page of what happened on an exception, oldest first; the first page is the newest one, `nextCursor` leads to
 * what came before. Four statements, however long it is.
 * @throws InterlockError `not_found`
 */
export function readTimeline(
  { services, identity }: { services: ExecutionServices; identity: Identity },
  { id, limit, cursor }: { id: string; limit: number; cursor?: string | undefined },
): Promise<{ items: TimelineItem[]; nextCursor: string | null }> {
  if (cursor !== undefined && !/^\d{1,18}$/.test(cursor)) throw invalidCursor();
  return services.db.tenant(identity.tenantId, async (connection) => {
    const exception = await readExceptionRow(connection, id);
    if (!exception) throw noException();
    const rows = await listExceptionEvents(connection, exception.id, {
      limit: limit + 1,
      ...(cursor ? { before: BigInt(cursor) } : {}),
    });
    const page = rows.slice(0, limit);
    const comments = new Map<string, CommentRow>();
    const commentIds = page.flatMap((row) => commentIdOf(row) ?? []);
    if (commentIds.length > 0) {
      for (const row of await readComments(connection, exception.id, commentIds)) comments.set(row.id, row);
    }
    const executions = new Map<string, TimelineExecutionRow>();
    const executionIds = page.flatMap((row) => executionIdOf(row) ?? []);
    if (executionIds.length > 0) {
      const found = await readTimelineExecutions(connection, executionIds, maxPayloadCharacters);
      for (const row of found) executions.set(row.id, row);
    }
    return {
      items: page.toReversed().map((row) => timelineItem(services, row, { comments, executions })),
      nextCursor: rows.length > limit ? page.at(-1)!.id.toString() : null,
    };
  });
}

interface Found {
  comments: Map<string, CommentRow>;
  executions: Map<string, TimelineExecutionRow>;
}

function timelineItem(
  services: ExecutionServices,
  row: EventRow,
  { comments, executions }: Found,
): TimelineItem {
  const common = { key: row.id.toString(), at: row.created_at.toISOString() };
  const comment = comments.get(commentIdOf(row) ?? '');
  if (comment) return { kind: 'comment', ...common, comment: commentView(comment) };
  const execution = executions.get(executionIdOf(row) ?? '');
  if (execution) {
    const { truncated, step } = execution;
    const shown = toExecution(services, { ...execution, input_sealed: null, reruns: [] });
    return { kind: 'tool_run', ...common, execution: { ...shown, truncated }, step };
  }
  const event = eventView(row);
  const { runId, stepId, title } = row.data;
  if (row.type.startsWith('Step') && typeof runId === 'string' && typeof stepId === 'string') {
    const text = typeof title === 'string' ? title : stepId;
    return { kind: 'step', ...common, event, runId, stepId, title: text };
  }
  return { kind: 'event', ...common, event };
}

function commentIdOf({ type, data }: EventRow): string | null {
  const { commentId } = data;
  return type === 'ExceptionCommented' && typeof commentId === 'string' && isUuid(commentId)
    ? commentId
    : null;
}

function executionIdOf({ type, subject_id }: EventRow): string | null {
  return type === 'ToolExecutionRequested' && isUuid(subject_id) ? subject_id : null;
}
