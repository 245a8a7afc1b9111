import { anyoneWith } from '../../identity/roles.ts';
import type { Member } from '../../identity/server/members.ts';
import { creatorOf } from '../../platform/db/columns.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { findPublishedPlaybook } from '../../playbooks/db/playbook-versions.ts';
import { type LastUse, listLastUses, type RuleRow } from '../db/rules.ts';
import type { RuleView } from '../rule-schemas.ts';
import { membersWith } from './choose-member.ts';
import { ruleOf } from './rule-context.ts';

/** The rules as every door returns them, in this order. */
export async function viewRules(
  connection: TenantConnection,
  rows: readonly RuleRow[],
  members: readonly Member[],
  places: ReadonlyMap<string, number>,
): Promise<RuleView[]> {
  const ids = rows.map(({ id }) => id);
  const uses = new Map((await listLastUses(connection, ids)).map((use) => [use.id, use]));
  const views: RuleView[] = [];
  for (const row of rows)
    views.push(await viewOf(connection, row, members, places.get(row.id) ?? 1, uses.get(row.id)));
  return views;
}

async function viewOf(
  connection: TenantConnection,
  row: RuleRow,
  members: readonly Member[],
  position: number,
  use: LastUse | undefined,
): Promise<RuleView> {
  const { id, ...document } = ruleOf(row);
  const { assignee, playbookId } = document.set;
  const playbook = playbookId === undefined ? null : await findPublishedPlaybook(connection, playbookId);
  const assigned = assignee && nameOf(assignee, members);
  const problems = [
    ...(playbookId !== undefined && !playbook ? ['Its playbook is not published, or is archived.'] : []),
    ...(assigned?.problem ? [assigned.problem] : []),
  ];
  return {
    id,
    position,
    revision: row.revision,
    ...document,
    names: { playbook: playbook?.title ?? null, assignee: assigned?.name ?? null },
    problem: problems.join(' ') || null,
    last: use ? lastOf(use) : null,
    createdBy: creatorOf(row),
    createdAt: row.created_at.toISOString(),
    updatedBy: { type: row.updated_by_type, id: row.updated_by_id, name: row.updated_by_name },
    updatedAt: row.updated_at.toISOString(),
  };
}

function nameOf(
  { user, role }: NonNullable<RuleView['set']['assignee']>,
  members: readonly Member[],
): { name: string | null; problem?: string } {
  if (role !== undefined)
    return membersWith(members, role).length > 0
      ? { name: anyoneWith(role) }
      : { name: anyoneWith(role), problem: `There is not ${anyoneWith(role)} to assign exceptions to.` };
  const member = members.find(({ id }) => id === user);
  return member
    ? { name: member.name }
    : { name: null, problem: 'Its assignee is not a member of this organization any more.' };
}

const lastOf = ({ type, data, created_at, exception_id, number }: LastUse) => ({
  at: created_at.toISOString(),
  exceptionId: exception_id,
  exceptionNumber: number,
  problem: type === 'ExceptionRuleFailed' && typeof data.problem === 'string' ? data.problem : null,
});
