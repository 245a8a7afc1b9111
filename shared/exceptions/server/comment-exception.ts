import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import { tell } from '../../events/server/tell.ts';
import { creatorOf } from '../../platform/db/columns.ts';
import { type CommentRow, insertComment } from '../db/exceptions-timeline.ts';
import type { commentSchema } from '../exception-schemas.ts';
import { assertStorable } from './check-attributes.ts';
import { about, changing, type WritingContext } from './exception-context.ts';

type Comment = z.output<typeof commentSchema>;

/** Adds a comment, which is never changed or deleted. @throws InterlockError `not_found` or `invalid_input` */
export async function commentException(
  context: WritingContext,
  { id, body: sent }: { id: string; body: string },
): Promise<Comment> {
  assertStorable({ body: sent });
  const body = await context.services.written.text(context.identity.tenantId, sent);
  return changing(context, id, async (connection, row) => {
    const comment = await insertComment(connection, {
      id: uuidv7(),
      exceptionId: row.id,
      body,
      actor: context.identity.actor,
    });
    await tell(connection, context, about(row.id, 'ExceptionCommented', { commentId: comment.id }));
    return commentView(comment);
  });
}

export function commentView(row: CommentRow): Comment {
  return {
    id: row.id,
    body: row.body,
    author: creatorOf(row),
    createdAt: row.created_at.toISOString(),
  };
}
