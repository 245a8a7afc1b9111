import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import { type CommentRow, insertComment } from '../db/exceptions-timeline.ts';
import type { commentSchema } from '../exception-schemas.ts';
import { assertStorable } from './check-attributes.ts';
import { changing, type ExceptionContext, tell } from './exception-context.ts';

type Comment = z.output<typeof commentSchema>;

/** Said for good: a comment is neither changed nor taken back. */
export function commentException(
  context: ExceptionContext,
  { id, body }: { id: string; body: string },
): Promise<Comment> {
  assertStorable({ body });
  return changing(context, id, async (connection, row) => {
    const comment = await insertComment(connection, {
      id: uuidv7(),
      exceptionId: row.id,
      body,
      actor: context.identity.actor,
    });
    await tell(connection, context, 'ExceptionCommented', row.id, { commentId: comment.id });
    return commentView(comment);
  });
}

export function commentView(row: CommentRow): Comment {
  return {
    id: row.id,
    body: row.body,
    author: { type: row.created_by_type, id: row.created_by_id, name: row.created_by_name },
    createdAt: row.created_at.toISOString(),
  };
}
