import { hasRole, type Identity, personOf, type Role, roles } from '../../identity/roles.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { within } from '../../platform/server/temporal/within.ts';
import { insertNotice } from '../db/notices.ts';
import type { RunRow } from '../db/playbook-runs.ts';
import { type StepChange, type StepRow, unclaimed } from '../db/step-runs.ts';
import { stepChangedName } from '../playbook-contract.ts';
import type { StepView } from '../run-schemas.ts';
import { definitionOf } from '../steps/registry.ts';
import { assigneeColumns } from './assignees.ts';
import { findStep, type StepRef, type StepSituation } from './find-step.ts';
import { type Involved, readInvolved } from './involved.ts';
import { whyNotApprover } from './may-approve.ts';
import { readStepView } from './read-runs.ts';
import type { PlaybookContext, RunChange } from './run-context.ts';
import { runHandle } from './run-workflow.ts';
import { peopleOf, refusedByState, refusedBySubject } from './step-rules.ts';
import { refuseIf } from './step-subject.ts';
import { changeStep } from './step-transitions.ts';

type Situation = StepSituation & Involved;

/**
 * Claims a step.
 * @throws InterlockError `forbidden`, or `conflict` when someone else has claimed it, unless it is taken over
 */
export function claimStep(
  context: RunChange,
  { takeOver, ...ref }: StepRef & { takeOver: boolean },
): Promise<StepView> {
  const { identity } = context;
  const { actor } = identity;
  return changeAssignee(context, ref, 'StepClaimed', ({ step, row, ...situation }) => {
    refuseIf(refusedBySubject(step, { ...situation, row: { ...row, ...unclaimed } }, identity));
    if (row.claimed_by_id === actor.id) return null;
    if (row.claimed_by_id !== null && !takeOver)
      throw new InterlockError(
        'conflict',
        `${row.claimed_by_name} has claimed this step. Take it over first.`,
        { details: { claimedBy: claimOf(row) } },
      );
    return {
      claimed_by_id: actor.id,
      claimed_by_name: actor.name,
      claimed_by_person: identity.person,
      claimed_at: new Date(),
    };
  });
}

/** Releases a claimed step. A tenant admin may release the steps of others. */
export function releaseStep(context: RunChange, ref: StepRef): Promise<StepView> {
  const { identity } = context;
  return changeAssignee(context, ref, 'StepReleased', ({ row }) => {
    if (row.claimed_by_id === null) return null;
    if (row.claimed_by_id !== identity.actor.id && !hasRole(identity.roles, 'tenant_admin'))
      throw new InterlockError('conflict', `${row.claimed_by_name} has claimed this step.`);
    return unclaimed;
  });
}

/**
 * Assigns a step to a role or a person. Allowed for people who may complete it, and for tenant admins; a vote that they
 * could not give, tenant admins assign to others only.
 * @throws InterlockError `forbidden`, `invalid_input`; also when a vote would go to someone who could not give it
 */
export async function assignStep(
  context: RunChange,
  request: StepRef & { role?: string | undefined; user?: string | undefined; reason?: string | undefined },
): Promise<StepView> {
  const { services, identity } = context;
  const { role, user, reason, ...ref } = request;
  const to = newAssignee({ role, user });
  const found = await findStep(services, identity.tenantId, ref);
  const { step } = found;
  const unfit = definitionOf(step).votes ? await whyNotApprover(services, found, to) : null;
  const columns = await assigneeColumns({ db: services.db, tenantId: identity.tenantId }, step, to, {});
  const assign = ({ row, ...situation }: Situation) => {
    // Otherwise people could assign a step that they may not complete to themselves.
    const refusal = refusedBySubject(step, { ...situation, row: { ...row, ...unclaimed } }, identity);
    if (!hasRole(identity.roles, 'tenant_admin')) refuseIf(refusal);
    else if (refusal && definitionOf(step).votes && isTo(identity, to)) throw notToYourself();
    if (unfit) throw unfit;
    return { ...columns, ...unclaimed };
  };
  return changeAssignee(context, ref, 'StepAssigned', assign, reason);
}

/** A role or a person whom a step can be assigned to. @throws InterlockError `invalid_input` */
export function newAssignee({
  role,
  user,
}: {
  role?: string | undefined;
  user?: string | undefined;
}): { role: Role } | { user: string } {
  if ((role === undefined) === (user === undefined))
    throw new InterlockError('invalid_input', 'Set either a role or a user.', {
      issues: [{ path: '/user', message: 'is required unless there is a role', keyword: 'required' }],
    });
  if (role !== undefined && !roles.includes(role as Role))
    throw new InterlockError('invalid_input', 'Role not found.', {
      issues: [{ path: '/role', message: `is not one of ${roles.join(', ')}`, keyword: 'enum' }],
    });
  if (user !== undefined && !/^[^\s@$]+@[^\s@]+$/.test(user))
    throw new InterlockError('invalid_input', 'Invalid email address.', {
      issues: [{ path: '/user', message: 'is not an email address', keyword: 'format' }],
    });
  return user === undefined ? { role: role as Role } : { user };
}

/** Whether the subject is among those whom a step is assigned to. */
const isTo = ({ roles: held, person }: Identity, to: { role: Role } | { user: string }): boolean =>
  'role' in to ? hasRole(held, to.role) : person === null || personOf(to.user) === person;

const notToYourself = () =>
  new InterlockError(
    'forbidden',
    'You may not approve this step, so you cannot assign it to yourself or to a role that you have. Assign it to another person.',
  );

/** What happened to a claim, for the person who had it: "Ana took over Check the account". */
const verbs = { StepClaimed: 'took over', StepReleased: 'released', StepAssigned: 'reassigned' } as const;

const claimOf = (row: StepRow) => ({
  id: row.claimed_by_id,
  name: row.claimed_by_name,
  at: row.claimed_at?.toISOString() ?? null,
});

/** Whose claim someone else ends with this change. */
function lostClaim(row: StepRow, change: StepChange, { actor, person }: Identity): StepRow | null {
  const { claimed_by_id: holder, claimed_by_person: held } = row;
  const isOwn = holder === actor.id || (held !== null && held === person);
  return holder === null || isOwn || change.claimed_by_id === holder ? null : row;
}

/** Changes who has claimed or is assigned an open step. `change` returns null when nothing changes. */
async function changeAssignee(
  context: RunChange,
  ref: StepRef,
  type: keyof typeof verbs,
  change: (situation: Situation) => StepChange | null,
  written?: string,
): Promise<StepView> {
  const { services, identity, requestId } = context;
  const { tenantId, actor } = identity;
  const reason = written && (await services.written.note(tenantId, written));
  const { run: seen, step } = await findStep(services, tenantId, ref);
  const address = { tenantId, runId: seen.id, stepId: step.id };
  await changeStep(services, address, async ({ run, row }, connection) => {
    refuseIf(refusedByState({ ...run, paused_at: null }, row));
    const wanted = change({ run, row, step, ...(await readInvolved(connection, run, step)) });
    if (!wanted) return null;
    const lost = lostClaim(row, wanted, identity);
    const data = {
      from: peopleOf(row),
      to: peopleOf({ ...row, ...wanted }),
      reason,
      ...(lost && { takenFrom: { id: lost.claimed_by_id, name: lost.claimed_by_name } }),
    };
    const to = lost?.claimed_by_person;
    return {
      change: wanted,
      by: { actor, requestId },
      events: [{ type, data }],
      also: to
        ? (each) =>
            insertNotice(each, {
              kind: 'taken_over',
              to: { role: null, user: to },
              text: `${actor.name} ${verbs[type]} ${row.title}, which you had claimed. What you typed is kept.`,
              exceptionId: run.exception_id,
              runId: run.id,
              stepRunId: row.id,
            })
        : undefined,
    };
  });
  await showInTemporal(services, seen, step.id);
  return readStepView(context, ref);
}

/** Temporal Web shows the assignee. A request does not fail when Temporal is unreachable. */
export async function showInTemporal(services: PlaybookContext, run: RunRow, stepId: string): Promise<void> {
  await within(services.temporal.client, 1000, () =>
    runHandle(services, run).signal(stepChangedName, stepId),
  ).catch(({ message }: Error) =>
    services.log.info({ runId: run.id, reason: message }, 'a run was not notified of a change'),
  );
}
