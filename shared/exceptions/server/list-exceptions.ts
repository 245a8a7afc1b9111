import { z } from 'zod';
import type { ExecutionServices } from '../../executions/server/execution-services.ts';
import type { Identity } from '../../identity/roles.ts';
import { invalidCursor } from '../../platform/server/paging.ts';
import { listExceptions } from '../db/exceptions-list.ts';
import type { ExceptionSummary, exceptionListInputSchema } from '../exception-schemas.ts';
import { assertStorable } from './check-attributes.ts';
import { exceptionSummary } from './exception-views.ts';

type ListInput = z.output<typeof exceptionListInputSchema>;

/** A page in the order asked for; a cursor belongs to its order. */
export async function exceptionPage(
  { services, identity }: { services: ExecutionServices; identity: Identity },
  { cursor, assignee, ...input }: ListInput,
): Promise<{ items: ExceptionSummary[]; nextCursor: string | null }> {
  assertStorable({ ...input, assignee: assignee ?? null });
  const page = await services.db.tenant(identity.tenantId, (connection) =>
    listExceptions(connection, {
      ...input,
      ...(cursor === undefined ? {} : { after: readCursor(input.sort, cursor) }),
      ...(assignee === undefined ? {} : { assignee: assigneeId(identity, assignee) }),
    }),
  );
  const { next } = page;
  return {
    items: page.items.map(exceptionSummary),
    nextCursor: next && Buffer.from(JSON.stringify([input.sort, next.key, next.id])).toString('base64url'),
  };
}

function assigneeId(identity: Identity, assignee: string): string | null {
  if (assignee === 'none') return null;
  return assignee === 'me' ? identity.actor.id : assignee;
}

const cursors = {
  newest: z.tuple([z.literal('newest'), z.literal(0), z.uuid()]),
  due: z.tuple([z.literal('due'), z.iso.datetime().or(z.literal('infinity')), z.uuid()]),
  severity: z.tuple([z.literal('severity'), z.int().min(1).max(4), z.uuid()]),
};

function readCursor(sort: ListInput['sort'], cursor: string): { key: string | number; id: string } {
  try {
    const [, key, id] = cursors[sort].parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return { key, id };
  } catch {
    throw invalidCursor();
  }
}
