import { prepareCall } from '../../executions/server/prepare-execution.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import type { CompletionRow } from '../db/step-completions.ts';
import type { StepChange, StepRow } from '../db/step-runs.ts';
import type { PlacedStep } from '../playbook-document.ts';
import { definitionOf } from '../steps/registry.ts';
import { callNow, coversWords, findCovers, loadRunNow, placedIn } from './approval-covers.ts';
import {
  approvalsChanged,
  changesOf,
  isSameApproval,
  standingsOf,
  whyNot,
  writeApprovals,
} from './approval-standing.ts';
import { showInTemporal } from './assign-step.ts';
import { approvalsOver, callOf, placementOf } from './checks/covers.ts';
import type { Opening } from './evaluate-opening.ts';
import type { StepSituation } from './find-step.ts';
import { type PlaybookContext, playbookActor } from './run-context.ts';
import { loadDocument } from './run-document.ts';
import { expressionFailed, notApproved, refusedByState } from './step-rules.ts';
import type { Cause, StepEffect, ToolRequest } from './step-runner.ts';
import { type Refusal, refuseIf } from './step-subject.ts';
import { changeStep } from './step-transitions.ts';

/** An approval is what runs: a covered call is sent only when it is the request that its approvals show. */

/** What must still hold under the lock of the rows. */
export type Recheck = (row: StepRow, connection: TenantConnection) => Promise<Refusal | null>;

/** Adds to the opening of a step what it covers, or what its approvals say about its call. */
export async function withApprovals(
  context: PlaybookContext,
  { run, step }: Opening,
  effect: StepEffect,
): Promise<StepEffect> {
  const { change } = effect;
  if (change.status !== 'waiting' || change.failure_code === expressionFailed) return effect;
  if (definitionOf(step).covers(step) !== null) {
    const now = await loadRunNow(context, run);
    const before = now.rows.get(step.id)?.covers ?? null;
    return {
      ...effect,
      change: { ...change, covers: await findCovers(context, now, placedIn(now, step.id), before) },
    };
  }
  if (!callOf(step) || (await approvalsOf(context, { run, step })).length === 0) return effect;
  const now = await loadRunNow(context, run);
  // The step opens now: an earlier opening that failed says nothing.
  const opened = { ...now, rows: new Map([...now.rows].filter(([id]) => id !== step.id)) };
  const found = await callNow(context, opened, placedIn(now, step.id));
  const call = 'call' in found ? found.call : null;
  const standings = await standingsOf(context, opened, step.id, call, 'opening');
  const rejected = standings.find(({ kind }) => kind === 'rejected');
  if (rejected) {
    const reason = `${rejected.row.title} was rejected by ${rejected.row.completed_by_name ?? 'no one'}.`;
    return { change: { status: 'skipped', outcome: notApproved, reason } };
  }
  const proposal = call ? { stepId: step.id, call, by: null } : undefined;
  const changes = await changesOf(context, opened, standings, proposal, { actor: playbookActor });
  const missing = standings.find(({ kind }) => kind === 'changed' || kind === 'waiting');
  return {
    ...effect,
    change: missing
      ? { ...change, failure_code: notApproved, failure_message: whyNot(missing, step.id) }
      : change,
    also: async (connection) => {
      await effect.also?.(connection);
      await writeApprovals(connection, run.id, changes);
    },
  };
}

/**
 * Makes sure that the approvals of a call approved exactly this request. Otherwise they open again with the difference,
 * and the input that was sent becomes the step's input, so that people approve it.
 * @returns what must still hold under the lock; null when no approval covers the call
 * @throws InterlockError `not_approved`
 */
export async function requireApproval(
  context: PlaybookContext,
  { run, step, row }: StepSituation,
  { request, completion, by }: { request: ToolRequest; completion: CompletionRow; by: Cause },
): Promise<Recheck | null> {
  if (request.probe || (await approvalsOf(context, { run, step })).length === 0) return null;
  const now = await loadRunNow(context, run);
  const call = await prepareCall(context, request.tool, request.payload);
  const sent = completion.input !== null || completion.input_sealed !== null;
  const standings = await standingsOf(context, now, step.id, call, sent ? 'sent' : 'stored');
  const missing = standings.find(({ kind }) => kind !== 'approved' && kind !== 'passed');
  if (!missing) return (_, connection) => approvalsChanged(connection, run.id, standings);
  const proposer = { id: by.actor.id, person: by.person ?? null };
  const proposal = { stepId: step.id, call, by: sent ? proposer : null };
  const changes = await changesOf(context, now, standings, proposal, by);
  const message = `Not sent. ${whyNot(missing, step.id)}`;
  if (changes.length > 0) {
    const input = sent ? { input: completion.input, input_sealed: completion.input_sealed, issues: [] } : {};
    const change: StepChange = { failure_code: notApproved, failure_message: message, ...input };
    const address = { tenantId: run.tenant_id, runId: run.id, stepId: step.id };
    await changeStep(context, address, async ({ run: lockedRun, row: locked }, connection) => {
      refuseIf(refusedByState(lockedRun, locked));
      const isSame = locked.updated_at.getTime() === row.updated_at.getTime();
      if (!isSame || (await approvalsChanged(connection, run.id, standings)))
        throw new InterlockError('conflict', 'Not sent. The step has changed meanwhile. Try again.');
      return { change, by, events: [], also: (each) => writeApprovals(each, run.id, changes) };
    });
    // The workflow waits at the call, and now wakes for the approval too.
    await showInTemporal(context, run, step.id);
  }
  throw new InterlockError('not_approved', message);
}

/**
 * Makes sure that a vote is for the requests as they are now. Otherwise the approval shows the new ones, and earlier votes
 * no longer count.
 * @returns what must still hold under the lock
 * @throws InterlockError `preview_changed`
 */
export async function requireShown(
  context: PlaybookContext,
  { run, step, row }: StepSituation,
  { completion, by }: { completion: CompletionRow; by: Cause },
): Promise<Recheck | null> {
  if (definitionOf(step).covers(step) === null || completion.outcome !== 'approved') return null;
  const now = await loadRunNow(context, run);
  const covers = await findCovers(context, now, placedIn(now, step.id), row.covers);
  if (covers !== row.covers) {
    const reason = coversWords(covers);
    const cause = { actor: playbookActor, requestId: by.requestId ?? null };
    const address = { tenantId: run.tenant_id, runId: run.id, stepId: step.id };
    await changeStep(context, address, ({ run: lockedRun, row: locked }) => {
      refuseIf(refusedByState(lockedRun, locked));
      return isSameApproval(locked, row)
        ? { change: { covers }, by: cause, events: [{ type: 'StepReopened', data: { reason } }] }
        : null;
    });
    throw new InterlockError('preview_changed', `Not approved. ${reason} Read the requests again.`);
  }
  const outdated: Refusal = {
    code: 'preview_changed',
    message: 'Not approved. The requests have changed since they were shown. Read them again.',
  };
  return async (locked) =>
    isSameApproval(locked, row) && completion.preview_digest === (covers?.digest ?? null) ? null : outdated;
}

async function approvalsOf(
  { db }: Pick<PlaybookContext, 'db'>,
  { run, step }: Pick<StepSituation, 'run' | 'step'>,
): Promise<PlacedStep[]> {
  const document = await db.tenant(run.tenant_id, (connection) => loadDocument(connection, run));
  return approvalsOver(step.id, placementOf(document));
}
