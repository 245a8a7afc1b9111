import { tell } from '../../events/server/tell.ts';
import type { Identity } from '../../identity/roles.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import type { KeyedDigest } from '../../platform/server/keyed-digest.ts';
import {
  type ApprovalJson,
  deleteVote,
  endUnapproved,
  insertVote,
  lockExecution,
  markApproved,
  readApproval,
} from '../db/executions-approval.ts';
import type { ExecutionRow } from '../db/executions-row.ts';
import type { Execution } from '../execution-schemas.ts';
import { approvals, ownVote, refuse, refusedByApproval, refusedByPerson } from './approval-rules.ts';
import { prepareShown } from './check-approved.ts';
import type { ExecutionContext } from './execution-context.ts';
import { countEndedLater } from './execution-metrics.ts';
import { getExecution, mustReadExecution } from './read-executions.ts';
import { tellWorkflow } from './tell-workflow.ts';

export interface DecideRequest {
  identity: Identity;
  executionId: string;
  outcome: 'approved' | 'rejected';
  /** A rejection needs one. */
  reason: string | null;
  requestId: string;
  /** Of a decision about many executions. */
  together?: {
    /** Of what was shown, as `askedOf` says. */
    shown: string;
    /** The same for the same decision of the same request. */
    intent: string;
  };
}

/** No one waits longer than this for Temporal: the decision is in the row, and the reconciler carries it there. */
const tellMs = 2000;

/**
 * Records the vote of a person. With the last approval that is required the execution begins; the first rejection ends it,
 * also one by who has approved.
 * A request that could no longer be sent as it was shown ends it too, and nothing is sent.
 * @throws InterlockError `not_found`; `forbidden` for those who may not; `conflict` when it was decided, has expired or
 * ended, or this person has voted; `preview_changed` when the tool was changed meanwhile
 */
export async function decideExecution(context: ExecutionContext, request: DecideRequest): Promise<Execution> {
  await decideOnce(context, request);
  return getExecution(context, request.identity, request.executionId);
}

/** The same, without reading what the execution has become. The same decision of the same request counts once. */
export async function decideOnce(context: ExecutionContext, request: DecideRequest): Promise<void> {
  const { db, waiters, log } = context;
  const { identity, executionId, outcome } = request;
  const seen = await mustReadExecution(context, identity, executionId);
  if (!seen.approval)
    throw new InterlockError('conflict', 'This execution needs no approval. Nothing was done.');
  if (wasCounted(seen.approval, request)) return;
  refuse(
    refusedByApproval(seen, seen.approval, false) ?? refusedByPerson(seen, seen.approval, identity, outcome),
  );
  refuseChanged(context, seen.id, seen.approval, request);
  // Events keep it for good.
  const reason = request.reason && (await context.written.note(identity.tenantId, request.reason));
  const changed = outcome === 'approved' ? await whatChanged(context, seen, seen.approval) : null;
  const decided = await db.tenantTransaction(identity.tenantId, async (connection) => {
    const row = (await lockExecution(connection, executionId))!;
    // After the lock, so that no vote is missing.
    const approval = (await readApproval(connection, executionId))!;
    if (wasCounted(approval, request)) return null;
    refuse(
      refusedByApproval(row, approval, row.approval_over ?? false) ??
        refusedByPerson(row, approval, identity, outcome),
    );
    refuseChanged(context, row.id, approval, request);
    return changed
      ? endChanged(connection, row, changed, request)
      : vote(connection, row, approval, { ...request, reason });
  });
  if (!decided) return;
  if (decided.ended) {
    countEndedLater(context, seen, 'denied');
    waiters.settled(executionId);
  }
  if (decided.done)
    await tellWorkflow(context, seen, tellMs).catch((error: unknown) => {
      log.warn(
        { executionId, err: error },
        'a workflow was not told that its approval is decided; it will be later',
      );
    });
  if (changed) throw new InterlockError('preview_changed', `${changed} Nothing was sent.`);
}

/** What people are asked, for a decision about many: the request, and who has to say yes. A vote that was taken back changes it. */
export function askedOf(
  digest: KeyedDigest,
  executionId: string,
  { request, required, roles, four_eyes, withdrawn }: ApprovalJson,
): string {
  const shown = request as unknown as JsonValue;
  return digest('preview', ['approval', executionId, shown, required, [...roles], four_eyes, withdrawn]);
}

const wasCounted = (approval: ApprovalJson, { identity, together }: DecideRequest): boolean =>
  together !== undefined && ownVote(approval, identity)?.request_id === together.intent;

function refuseChanged(
  { digest }: ExecutionContext,
  executionId: string,
  approval: ApprovalJson,
  { together }: DecideRequest,
): void {
  if (together && together.shown !== askedOf(digest, executionId, approval))
    throw new InterlockError(
      'preview_changed',
      'What was asked has changed since the preview. Nothing was done.',
    );
}

/** Whether the request that was shown could still be sent. @returns why not */
async function whatChanged(
  context: ExecutionContext,
  row: ExecutionRow,
  approval: ApprovalJson,
): Promise<string | null> {
  try {
    await prepareShown(context, row, approval);
    return null;
  } catch (error) {
    if (!(error instanceof InterlockError) || error.code === 'internal' || error.code === 'unavailable')
      throw error;
    return `${error.message} The request that was shown can no longer be sent, so the execution has ended.`;
  }
}

interface Decided {
  /** The execution has ended. */
  ended: boolean;
  /** It no longer waits. */
  done: boolean;
}

async function vote(
  connection: TenantConnection,
  row: ExecutionRow,
  approval: ApprovalJson,
  { identity, executionId, outcome, reason, requestId, together }: DecideRequest,
): Promise<Decided> {
  const { actor } = identity;
  const before = ownVote(approval, identity);
  if (before) await deleteVote(connection, executionId, before.person);
  // `refusedByPerson` lets no one through without.
  await insertVote(connection, {
    executionId,
    person: identity.person!,
    actor,
    outcome,
    reason,
    requestId: together?.intent ?? null,
  });
  if (outcome === 'rejected') {
    await endUnapproved(connection, executionId, {
      status: 'rejected',
      message: `Rejected by ${actor.name}${reason ? `: ${withStop(reason)}` : '.'}`,
      event: { type: 'ToolExecutionRejected', data: { reason, ...(before && { before: before.outcome }) } },
      actor,
      requestId,
    });
    return { ended: true, done: true };
  }
  const given = approvals(approval).length + 1;
  const done = given >= approval.required;
  if (done) await markApproved(connection, executionId);
  await tell(
    connection,
    { identity, requestId },
    {
      type: 'ToolExecutionApproved',
      subjectType: 'execution',
      subjectId: executionId,
      exceptionId: row.exception_id,
      data: { votes: given, required: approval.required, ...(reason && { reason }) },
    },
  );
  return { ended: false, done };
}

async function endChanged(
  connection: TenantConnection,
  row: ExecutionRow,
  message: string,
  { requestId }: DecideRequest,
): Promise<Decided> {
  const actor = { type: 'system', id: 'worker', name: 'Interlock' } as const;
  await endUnapproved(connection, row.id, { status: 'cancelled', message, event: null, actor, requestId });
  return { ended: true, done: true };
}

const withStop = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);
