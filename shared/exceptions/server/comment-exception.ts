import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import { tell } from '../../events/server/tell.ts';
import { can } from '../../identity/roles.ts';
import type { Accounts } from '../../identity/server/accounts.ts';
import { creatorOf } from '../../platform/db/columns.ts';
import {
  type CommentRow,
  insertComment,
  insertMentions,
  type MentioningRow,
} from '../db/exceptions-timeline.ts';
import type { addedCommentSchema, commentSchema } from '../exception-schemas.ts';
import { maxMentions, mentionOf, referencesIn, replaceMentions } from '../mentions.ts';
import { assertStorable, invalidInput } from './check-attributes.ts';
import { about, changing, type MemberContext, type WritingContext } from './exception-context.ts';

export type Comment = z.output<typeof commentSchema>;

/**
 * Adds a comment, which is never changed or deleted. Whom it names is told; a reference to no one who may see the
 * exception stays a text.
 * @throws InterlockError `not_found` or `invalid_input`
 */
export async function commentException(
  context: WritingContext & MemberContext,
  { id, body: sent }: { id: string; body: string },
): Promise<z.output<typeof addedCommentSchema>> {
  assertStorable({ body: sent });
  const { text, people, notMentioned } = await readMentioned(context, sent);
  const body = await context.services.written.text(context.identity.tenantId, text);
  return changing(context, id, async (connection, row) => {
    const comment = await insertComment(connection, {
      id: uuidv7(),
      exceptionId: row.id,
      body,
      actor: context.identity.actor,
    });
    if (people.length > 0) await insertMentions(connection, comment, people);
    await tell(
      connection,
      context,
      about(row.id, 'ExceptionCommented', {
        commentId: comment.id,
        ...(people.length > 0 && { mentions: people.map((person) => person.id) }),
      }),
    );
    const mentions = people.map((person) => ({ id: person.id, name: person.name, member: true }));
    return { ...commentView(comment, mentions), notMentioned };
  });
}

/** Whom a text names, and the text with their ids. @throws InterlockError `invalid_input`: it names too many */
async function readMentioned({ services, identity }: MemberContext, sent: string) {
  const references = referencesIn(sent);
  const found =
    references.length > 0 ? await services.accounts.membersNamed(identity.tenantId, references) : [];
  const seeing = found.filter(({ roles }) => can({ roles }, 'exceptions.read'));
  const byReference = new Map(
    seeing.flatMap((each) => [[each.id, each] as const, [each.email, each] as const]),
  );
  const personOf = (reference: string) =>
    byReference.get(reference) ?? byReference.get(reference.toLowerCase());
  if (seeing.length > maxMentions)
    throw invalidInput([
      {
        path: '/body',
        message: `names ${seeing.length} people, and may name ${maxMentions}`,
        keyword: 'mentions',
      },
    ]);
  return {
    text: replaceMentions(sent, (reference) => {
      const person = personOf(reference);
      return person && mentionOf(person.id);
    }),
    people: [...new Set(references.flatMap((reference) => personOf(reference) ?? []))],
    notMentioned: references.filter((reference) => !personOf(reference)).slice(0, maxMentions),
  };
}

/** With the names that people have now; who has left has the name that they had. */
export async function commentViews(
  accounts: Pick<Accounts, 'membersNamed'>,
  tenantId: string,
  rows: readonly MentioningRow[],
): Promise<Comment[]> {
  const ids = [...new Set(rows.flatMap(({ mentioned }) => mentioned.map(({ id }) => id)))];
  const found = ids.length > 0 ? await accounts.membersNamed(tenantId, ids) : [];
  const members = new Map(found.map((each) => [each.id, each.name]));
  return rows.map((row) =>
    commentView(
      row,
      row.mentioned.map(({ id, name }) => ({ id, name: members.get(id) ?? name, member: members.has(id) })),
    ),
  );
}

function commentView(row: CommentRow, mentions: Comment['mentions']): Comment {
  return {
    id: row.id,
    body: row.body,
    author: creatorOf(row),
    mentions,
    createdAt: row.created_at.toISOString(),
  };
}
