import { personOf } from '../../identity/roles.ts';
import { ExpressionError, resolveTemplate } from '../../platform/server/expressions.ts';
import type { Assignee } from '../steps/step-common.ts';
import type { PlaybookContext } from './run-context.ts';

export interface ResolvedAssignee {
  columns: {
    assignee_role: string | null;
    assignee_user: string | null;
    assignee_name: string | null;
  };
  candidate: { role: string } | { user: string };
}

/**
 * Whom a step is for, by role or by e-mail address, with the person's name where they have an account.
 * @throws ExpressionError when an expression gives no address
 */
export async function resolveAssignee(
  context: Pick<PlaybookContext, 'db'>,
  assignee: Assignee,
  scope: object,
  path: string,
): Promise<ResolvedAssignee> {
  if (assignee.user === undefined) {
    const role = assignee.role!;
    return {
      columns: { assignee_role: role, assignee_user: null, assignee_name: null },
      candidate: { role },
    };
  }
  const value = await resolveTemplate(assignee.user, scope, `${path}/user`);
  if (typeof value !== 'string' || !/^[^\s@]+@[^\s@]+$/.test(value))
    throw new ExpressionError('This gives no e-mail address', `${path}/user`);
  const user = personOf(value);
  return {
    columns: { assignee_role: null, assignee_user: user, assignee_name: await nameOf(context, value) },
    candidate: { user },
  };
}

async function nameOf({ db }: Pick<PlaybookContext, 'db'>, email: string): Promise<string | null> {
  const { rows } = await db.authPool.query<{ name: string }>(
    'SELECT name FROM auth."user" WHERE email = lower($1)',
    [email.trim()],
  );
  return rows[0]?.name ?? null;
}
