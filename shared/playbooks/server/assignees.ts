import { personOf } from '../../identity/roles.ts';
import type { Database } from '../../platform/db/database.ts';
import { durationMs } from '../../platform/duration.ts';
import { ExpressionError, resolveTemplate } from '../../platform/server/expressions.ts';
import { readMemberName } from '../db/member-names.ts';
import type { StepChange } from '../db/step-runs.ts';
import { definitionOf, type Step } from '../steps/registry.ts';
import type { Assignee } from '../steps/step-common.ts';

/** Whose members are looked up. */
export interface TenantPeople {
  db: Database;
  tenantId: string;
}

export interface ResolvedAssignee {
  columns: {
    assignee_role: string | null;
    assignee_user: string | null;
    assignee_name: string | null;
  };
  candidate: { role: string } | { user: string };
}

/**
 * A role, or a person by email address, with their name if they are a member of the tenant.
 * @throws ExpressionError when the result of an expression is not an email address
 */
export async function resolveAssignee(
  of: TenantPeople,
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
  const value = await resolveTemplate(assignee.user, scope, `${path}/user`, of.tenantId);
  if (typeof value !== 'string' || !/^[^\s@]+@[^\s@]+$/.test(value))
    throw new ExpressionError('The result is not an email address', `${path}/user`);
  const user = personOf(value);
  const name = await readMemberName(of.db, of.tenantId, value);
  return {
    columns: { assignee_role: null, assignee_user: user, assignee_name: name },
    candidate: { user },
  };
}

/** The columns that say who may complete a step. @throws ExpressionError */
export async function assigneeColumns(
  of: TenantPeople,
  step: Step,
  assignee: Assignee,
  scope: object,
): Promise<StepChange> {
  const { columns, candidate } = await resolveAssignee(of, assignee, scope, '/assignee');
  const others = definitionOf(step).people(step);
  const further = await Promise.all(
    others.map((other) => resolveAssignee(of, other.assignee, scope, other.path)),
  );
  const candidates = [candidate, ...further.map((each) => each.candidate)];
  return {
    ...columns,
    candidate_roles: [...new Set(candidates.flatMap((each) => ('role' in each ? [each.role] : [])))],
    candidate_users: [...new Set(candidates.flatMap((each) => ('user' in each ? [each.user] : [])))],
  };
}

/** Who may complete a step that opens now, and when they are reminded. @throws ExpressionError */
export async function humanColumns(of: TenantPeople, step: Step, scope: object): Promise<StepChange> {
  const definition = definitionOf(step);
  const human = definition.human(step);
  if (!human) return {};
  const { due, reminder, escalation } = human;
  const assignee = human.assignee ?? { role: definition.defaultRole ?? 'operator' };
  const openedAt = Date.now();
  const dueAt = due === undefined ? null : openedAt + (durationMs(due) ?? 0);
  const first = escalation[0];
  return {
    ...(await assigneeColumns(of, step, assignee, scope)),
    due_at: dueAt === null ? null : new Date(dueAt),
    remind_at:
      dueAt === null || reminder === undefined
        ? null
        : new Date(Math.max(openedAt, dueAt - (durationMs(reminder) ?? 0))),
    escalate_at: first ? new Date((dueAt ?? openedAt) + (durationMs(first.after) ?? 0)) : null,
  };
}
