import { personOf } from '../../../identity/roles.ts';
import { readMembers } from '../../../identity/server/members.ts';
import type { Database } from '../../../platform/db/database.ts';
import type { Issue } from '../../../platform/error-codes.ts';
import { allSteps, type PlaybookDocument } from '../../playbook-document.ts';
import { issue } from '../../steps/step-definition.ts';
import { stepPeople } from './step-expressions.ts';

/** Addresses that no one in the tenant has: their steps would wait for no one. Expressions are not known yet. */
export async function checkPeople(
  { authPool }: Pick<Database, 'authPool'>,
  tenantId: string,
  document: PlaybookDocument,
): Promise<Issue[]> {
  const named = allSteps(document).flatMap(({ step, path }) =>
    stepPeople(step).flatMap(({ path: at, assignee: { user } }) =>
      user === undefined || user.includes('${{') ? [] : [{ path: `${path}${at}/user`, user }],
    ),
  );
  if (named.length === 0) return [];
  const members = new Set((await readMembers(authPool, tenantId)).map(({ email }) => personOf(email)));
  return named
    .filter(({ user }) => user.includes('@') && !members.has(personOf(user)))
    .map(({ path, user }) => issue(path, `No one in this organization has the address ${user}`, 'member'));
}
