import type { Identity, Role } from '../../identity/roles.ts';
import { countAssigned, listClaims } from '../db/claims.ts';
import { insertNotice } from '../db/notices.ts';
import { unclaimed } from '../db/step-runs.ts';
import { showInTemporal } from './assign-step.ts';
import { findStep } from './find-step.ts';
import type { RunChange, RunRead } from './run-context.ts';
import { peopleOf } from './step-rules.ts';
import { isCandidate } from './step-subject.ts';
import { changeStep } from './step-transitions.ts';

export interface Holder {
  /** Ids of the person and of API keys. */
  actorIds: readonly string[];
  /** Keeps the claims on steps that they may complete with these roles; without it, none. */
  still?: { roles: readonly Role[]; person: string };
  /** "Ben was removed". */
  reason: string;
}

/** How many open steps a person has claimed, and how many others are assigned to them. */
export function countHeldSteps(
  { services, identity }: RunRead,
  { actorId, person }: { actorId: string; person: string },
): Promise<{ claimedSteps: number; assignedSteps: number }> {
  return services.db.tenant(identity.tenantId, async (connection) => ({
    claimedSteps: (await listClaims(connection, [actorId])).length,
    assignedSteps: await countAssigned(connection, person),
  }));
}

/**
 * Releases steps whose holder has lost the right to complete them, so that others find them in their inbox. Whoever is
 * still a member is told. @returns how many
 */
export async function releaseClaims(context: RunChange, holder: Holder): Promise<number> {
  const { services, identity } = context;
  const { tenantId } = identity;
  const claims = await services.db.tenant(tenantId, (connection) => listClaims(connection, holder.actorIds));
  let released = 0;
  for (const claim of claims)
    if (await release(context, holder, { runId: claim.run_id, stepId: claim.step_id })) released += 1;
  return released;
}

async function release(
  { services, identity, requestId }: RunChange,
  { actorIds, still, reason }: Holder,
  ref: { runId: string; stepId: string },
): Promise<boolean> {
  const { tenantId, actor }: Identity = identity;
  const { run: seen } = await findStep(services, tenantId, ref);
  let done = false;
  await changeStep(services, { tenantId, ...ref }, ({ run, row }) => {
    const { claimed_by_id: id, claimed_by_name: name } = row;
    if (id === null || !actorIds.includes(id) || (still && isCandidate(row, still))) return null;
    done = true;
    const data = {
      from: peopleOf(row),
      to: peopleOf({ ...row, ...unclaimed }),
      reason,
      takenFrom: { id, name },
    };
    return {
      change: unclaimed,
      by: { actor, requestId },
      events: [{ type: 'StepReleased', data }],
      also: still
        ? (connection) =>
            insertNotice(connection, {
              kind: 'taken_over',
              to: { role: null, user: still.person },
              text: `${row.title}, which you had claimed, was released: ${reason}. What you typed is kept.`,
              exceptionId: run.exception_id,
              runId: run.id,
              stepRunId: row.id,
            })
        : undefined,
    };
  });
  if (done) await showInTemporal(services, seen, ref.stepId);
  return done;
}
