import type { EventType } from '../../events/event-types.ts';
import { hasRole, type Identity, type Role, roles } from '../../identity/roles.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import type { RunRow } from '../db/playbook-runs.ts';
import { type CompletionRow, listAccepted } from '../db/step-completions.ts';
import type { StepChange, StepRow } from '../db/step-runs.ts';
import { definitionOf, type Step } from '../steps/registry.ts';
import { assigneeColumns } from './assignees.ts';
import { findStep } from './complete-step.ts';
import type { PlaybookContext } from './run-context.ts';
import { peopleOf, refusedByState, refusedBySubject } from './step-rules.ts';
import { changeStep } from './step-transitions.ts';

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

/** Claims a step. @throws InterlockError `conflict` when someone else has claimed it, unless it is taken over */
export function claimStep(context: PlaybookContext, request: Request & { takeOver: boolean }): Promise<void> {
  const { identity, takeOver } = request;
  const { actor } = identity;
  return changeAssignee(context, request, 'StepClaimed', ({ run, row, step }) => {
    const held = row.claimed_by_id !== null && row.claimed_by_id !== actor.id;
    if (held && !takeOver)
      throw new InterlockError('conflict', `${row.claimed_by_name} has claimed this step. Take it over?`);
    const free = { ...row, claimed_by_id: null };
    // A claim of a vote gives no right to vote.
    const refusal = definitionOf(step).votes
      ? null
      : refusedBySubject(step, { run, row: free, accepted: [] }, identity);
    if (refusal) throw new InterlockError(refusal.code, refusal.message);
    if (row.claimed_by_id === actor.id) return null;
    return { claimed_by_id: actor.id, claimed_by_name: actor.name, claimed_at: new Date() };
  });
}

/** Releases a claimed step. A tenant admin may release the steps of others. */
export function releaseStep(context: PlaybookContext, request: Request): Promise<void> {
  const { identity } = request;
  return changeAssignee(context, request, 'StepReleased', ({ row }) => {
    if (row.claimed_by_id === null) return null;
    if (row.claimed_by_id !== identity.actor.id && !hasRole(identity.roles, 'tenant_admin'))
      throw new InterlockError('conflict', `${row.claimed_by_name} has claimed this step.`);
    return { claimed_by_id: null, claimed_by_name: null, claimed_at: null };
  });
}

/**
 * Assigns a step to a role or a person. People who may complete it can do so, and tenant admins unless it is a vote.
 * @throws InterlockError `forbidden`, `invalid_input`
 */
export async function assignStep(
  context: PlaybookContext,
  request: Request & { role?: string | undefined; user?: string | undefined; reason?: string | undefined },
): Promise<void> {
  const { identity, role, user } = request;
  if ((role === undefined) === (user === undefined))
    throw new InterlockError('invalid_input', 'Name a role or a user.', {
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
  const { step } = await findStep(context, identity.tenantId, request.runId, request.stepId);
  const to = role === undefined ? { user } : { role: role as Role };
  const columns = await assigneeColumns(context, step, to, {});
  await changeAssignee(context, request, 'StepAssigned', ({ run, row, accepted }) => {
    // Otherwise people could assign a step that they may not complete to themselves.
    const free = { ...row, claimed_by_id: null };
    const refusal = refusedBySubject(step, { run, row: free, accepted }, identity);
    const admin = !definitionOf(step).votes && hasRole(identity.roles, 'tenant_admin');
    if (refusal && !admin) throw new InterlockError(refusal.code, refusal.message);
    return { ...columns, claimed_by_id: null, claimed_by_name: null, claimed_at: null };
  });
}

/** Changes who has an open step. `change` gives null when nothing changes. */
async function changeAssignee(
  context: PlaybookContext,
  { identity, runId, stepId, reason }: Request & { reason?: string | undefined },
  type: EventType,
  change: (situation: Situation) => StepChange | null,
): Promise<void> {
  const { tenantId, actor } = identity;
  const { run: seen, step, row: reached } = await findStep(context, tenantId, runId, stepId);
  if (!reached) throw new InterlockError('conflict', 'This step has not been reached.');
  const address = { tenantId, runId: seen.id, stepId };
  await changeStep(context, address, async ({ run, row }, connection) => {
    const refusal = refusedByState({ ...run, paused_at: null }, row);
    if (refusal) throw new InterlockError(refusal.code, refusal.message);
    const wanted = change({ run, row, step, accepted: await listAccepted(connection, run.id) });
    if (!wanted) return null;
    const data = { from: peopleOf(row), to: peopleOf({ ...row, ...wanted }), reason };
    return { change: wanted, by: { actor }, events: [{ type, data }] };
  });
}
