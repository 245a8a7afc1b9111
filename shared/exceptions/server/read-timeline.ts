import { type EventRow, listEvents } from '../../events/db/events.ts';
import type { EventType } from '../../events/event-types.ts';
import type { ReadContext } from '../../events/server/change-context.ts';
import { eventView } from '../../events/server/event-view.ts';
import { eventCursorSchema } from '../../events/server/list-events.ts';
import { unlinked } from '../../executions/db/executions-read.ts';
import type { ExecutionServices } from '../../executions/server/execution-services.ts';
import { toExecution } from '../../executions/server/execution-view.ts';
import type { Accounts } from '../../identity/server/accounts.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { isUuid } from '../../platform/ids.ts';
import { type Page, pageFrom, readCursor, writeCursor } from '../../platform/server/paging.ts';
import { readExceptionRow } from '../db/exceptions.ts';
import {
  type MentioningRow,
  readComments,
  readTimelineExecutions,
  type TimelineExecutionRow,
} from '../db/exceptions-timeline.ts';
import type { TimelineItem } from '../exception-schemas.ts';
import { type Comment, commentViews } from './comment-exception.ts';
import { exceptionNotFound } from './exception-views.ts';

/** The timeline shows an execution once, where it was requested; these events are part of its state. */
const withinExecution: EventType[] = [
  'ToolExecutionStarted',
  'ToolExecutionAttempted',
  'ToolExecutionCancelRequested',
  'ToolExecutionCompleted',
  'ToolExecutionFailed',
  'ToolExecutionQuarantined',
  'ToolExecutionReleased',
  'ToolExecutionSettled',
  // Those that follow are shown.
  'UndoContinued',
  'PlaybookRunPauseRequested',
  'PlaybookRunResumeRequested',
];

/** Of the JSON of each payload. */
const maxPayloadCharacters = 2048;

/**
 * A page of the timeline, oldest first. The first page is the newest one; `nextCursor` leads to earlier items. It costs
 * four statements, and one where comments name people, whatever its length.
 * @throws InterlockError `not_found`, or `invalid_input` for an invalid cursor
 */
export async function readTimeline(
  { services, identity }: ReadContext<ExecutionServices & { accounts: Accounts }>,
  { id, limit, cursor }: { id: string; limit: number; cursor?: string | undefined },
): Promise<Page<TimelineItem>> {
  const before = cursor === undefined ? undefined : BigInt(readCursor(cursor, eventCursorSchema)[0]);
  const { items, nextCursor, found } = await services.db.tenant(identity.tenantId, async (connection) => {
    const exception = await readExceptionRow(connection, id);
    if (!exception) throw exceptionNotFound();
    const rows = await listEvents(connection, {
      exceptionId: exception.id,
      except: withinExecution,
      before,
      limit: limit + 1,
    });
    const page = pageFrom(
      rows,
      limit,
      (row) => writeCursor([row.id.toString()]),
      (row) => row,
    );
    return { ...page, found: await readDetails(connection, exception.id, page.items) };
  });
  const comments = await commentViews(services.accounts, identity.tenantId, found.comments);
  const shown = { ...found, comments: new Map(comments.map((each) => [each.id, each])) };
  return { items: items.toReversed().map((row) => timelineItem(services, row, shown)), nextCursor };
}

interface Found {
  comments: MentioningRow[];
  executions: Map<string, TimelineExecutionRow>;
}

/** The comments and executions that these events are about. */
async function readDetails(
  connection: TenantConnection,
  exceptionId: string,
  rows: EventRow[],
): Promise<Found> {
  const commentIds = rows.flatMap((row) => commentIdOf(row) ?? []);
  const executionIds = rows.flatMap((row) => executionIdOf(row) ?? []);
  const comments = commentIds.length > 0 ? await readComments(connection, exceptionId, commentIds) : [];
  const executions =
    executionIds.length > 0
      ? await readTimelineExecutions(connection, executionIds, maxPayloadCharacters)
      : [];
  return {
    comments,
    executions: new Map(executions.map((row) => [row.id, row])),
  };
}

function timelineItem(
  services: ExecutionServices,
  row: EventRow,
  { comments, executions }: Omit<Found, 'comments'> & { comments: Map<string, Comment> },
): TimelineItem {
  const common = { key: row.id.toString(), at: row.created_at.toISOString() };
  const comment = comments.get(commentIdOf(row) ?? '');
  if (comment) return { kind: 'comment', ...common, comment };
  const execution = executions.get(executionIdOf(row) ?? '');
  if (execution) {
    const { truncated, step } = execution;
    const shown = toExecution(services, { ...execution, ...unlinked, input_sealed: null });
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
