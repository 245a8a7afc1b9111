import type { EventType } from '../../events/event-types.ts';
import { hasRole, type Identity, type Role, roles } from '../../identity/roles.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { type RunRow, readRun, touchRun } from '../db/playbook-runs.ts';
import { type CompletionRow, listAccepted } from '../db/step-completions.ts';
import { readStepRun, type StepChange, type StepRow, updateStepRun } from '../db/step-runs.ts';
import type { Step } from '../steps/registry.ts';
import { findStep } from './complete-step.ts';
import { assigneeColumns } from './open-step.ts';
import type { PlaybookContext } from './run-context.ts';
import { refusedByState, refusedBySubject, waitingOn } from './step-rules.ts';
import { tellStep } from './tell.ts';

interface Request {
  identity: Identity;
  runId: string;
  stepId: string;
}

interface Situation {
  run: RunRow;
  row: StepRow;
  step: Step;
  /** Completions of the run. */
  accepted: CompletionRow[];
}

/** Says that somebody is at it. @throws InterlockError `conflict` when somebody else is, unless it is taken over */
export function claimStep(context: PlaybookContext, request: Request & { takeOver: boolean }): Promise<void> {
  const { identity, takeOver } = request;
  const { actor } = identity;
  return changeStep(context, request, 'StepClaimed', ({ run, row, step }) => {
    const held = row.claimed_by_id !== null && row.claimed_by_id !== actor.id;
    if (held && !takeOver)
      throw new InterlockError('conflict', `${row.claimed_by_name} has claimed this step. Take it over?`);
    const free = { ...row, claimed_by_id: null };
    // Whether they may approve in the end is another question than whether they may look at it.
    const refusal =
      step.type === 'approval' ? null : refusedBySubject(step, { run, row: free, accepted: [] }, identity);
    if (refusal) throw new InterlockError(refusal.code, refusal.message);
    if (row.claimed_by_id === actor.id) return null;
    return { claimed_by_id: actor.id, claimed_by_name: actor.name, claimed_at: new Date() };
  });
}

/** Gives a claimed step back; an admin of the tenant may do so for others. */
export function releaseStep(context: PlaybookContext, request: Request): Promise<void> {
  const { identity } = request;
  return changeStep(context, request, 'StepReleased', ({ row }) => {
    if (row.claimed_by_id === null) return null;
    if (row.claimed_by_id !== identity.actor.id && !hasRole(identity.roles, 'tenant_admin'))
      throw new InterlockError('conflict', `${row.claimed_by_name} has claimed this step.`);
    return { claimed_by_id: null, claimed_by_name: null, claimed_at: null };
  });
}

/**
 * Hands a step to a role or a person. Whoever may complete it may do so; of what is no approval, an admin of the tenant too.
 * @throws InterlockError `forbidden`, `invalid_input`
 */
export async function assignStep(
  context: PlaybookContext,
  request: Request & { role?: string | undefined; user?: string | undefined; reason?: string | undefined },
): Promise<void> {
  const { identity, role, user } = request;
  if ((role === undefined) === (user === undefined))
    throw new InterlockError('invalid_input', 'Name a role or a user.', {
      issues: [{ path: '/user', message: 'give this or a role', keyword: 'required' }],
    });
  if (role !== undefined && !roles.includes(role as Role))
    throw new InterlockError('invalid_input', 'There is no such role.', {
      issues: [{ path: '/role', message: `is none of ${roles.join(', ')}`, keyword: 'enum' }],
    });
  if (user !== undefined && !/^[^\s@$]+@[^\s@]+$/.test(user))
    throw new InterlockError('invalid_input', 'This is no e-mail address.', {
      issues: [{ path: '/user', message: 'is no e-mail address', keyword: 'format' }],
    });
  const { step } = await findStep(context, identity.tenantId, request.runId, request.stepId);
  const others = step.type === 'approval' ? step.approvers : [];
  const to = role === undefined ? { user } : { role: role as Role };
  const columns = await assigneeColumns(context, to, others, {});
  await changeStep(context, request, 'StepAssigned', ({ run, row, accepted }) => {
    // Who could hand a step to themselves or a friend could do what the step keeps from them.
    const free = { ...row, claimed_by_id: null };
    const refusal = refusedBySubject(step, { run, row: free, accepted }, identity);
    const admin = step.type !== 'approval' && hasRole(identity.roles, 'tenant_admin');
    if (refusal && !admin) throw new InterlockError(refusal.code, refusal.message);
    return { ...columns, claimed_by_id: null, claimed_by_name: null, claimed_at: null };
  });
}

/** Changes whom an open step is with, under its lock, and tells of it. `change` gives null when nothing is to be done. */
async function changeStep(
  context: PlaybookContext,
  { identity, runId, stepId, reason }: Request & { reason?: string | undefined },
  type: EventType,
  change: (situation: Situation) => StepChange | null,
): Promise<void> {
  const { run: seen, step, row: reached } = await findStep(context, identity.tenantId, runId, stepId);
  if (!reached) throw new InterlockError('conflict', 'This step has not been reached.');
  await context.db.tenantTransaction(identity.tenantId, async (connection: TenantConnection) => {
    const run = (await readRun(connection, seen.id, 'lock'))!;
    const row = (await readStepRun(connection, seen.id, stepId, 'lock'))!;
    const refusal = refusedByState({ ...run, paused_at: null }, row);
    if (refusal) throw new InterlockError(refusal.code, refusal.message);
    const wanted = change({ run, row, step, accepted: await listAccepted(connection, run.id) });
    if (!wanted) return;
    const changed = await updateStepRun(connection, row.id, wanted);
    const data = { from: waitingOn(row), to: waitingOn(changed), reason };
    await tellStep(connection, run, changed, type, identity.actor, data);
    await touchRun(connection, run.id);
  });
}
