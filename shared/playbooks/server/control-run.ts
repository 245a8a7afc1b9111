import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowNotFoundError } from '@temporalio/client';
import { InterlockError } from '../../platform/error-codes.ts';
import { within } from '../../platform/server/temporal/within.ts';
import {
  isRunOpen,
  notePause,
  type RunRow,
  readRun,
  releaseRow,
  requestRunCancel,
} from '../db/playbook-runs.ts';
import { forgiveTasks } from '../db/playbook-tasks.ts';
import { pauseRunName, releaseRunName, resumeRunName } from '../playbook-contract.ts';
import type { RunView } from '../run-schemas.ts';
import { mustReadOpenRun } from './load-runs.ts';
import { tooManyLost } from './quarantine-run.ts';
import { readRunView } from './read-runs.ts';
import type { RunChange } from './run-context.ts';
import { runHandle } from './run-workflow.ts';
import { tellRun } from './tell.ts';
import { whyUnreached } from './why-unreached.ts';

/** Timeout for the workflow to pause, resume or cancel. */
const controlMs = 3000;

interface ControlRequest {
  runId: string;
  /** For people: the timeline and the page of the run show it. */
  reason: string;
}

/**
 * @throws InterlockError `conflict` when the run has ended, `unavailable` when Temporal did not confirm it, or has no
 * workflow for it
 */
export async function pauseRun(
  context: RunChange,
  { runId, reason: sent }: ControlRequest,
): Promise<RunView> {
  const { services, identity, requestId } = context;
  const reason = await services.written.note(identity.tenantId, sent);
  const run = await services.db.tenantTransaction(identity.tenantId, async (connection) => {
    const open = await mustReadOpenRun(connection, runId);
    await notePause(connection, open.id, identity.actor.name, reason);
    // The event of the workflow knows a name only.
    const by = { actor: identity.actor, requestId };
    await tellRun(connection, open, 'PlaybookRunPauseRequested', by, {
      reason: reason.slice(0, 500).toWellFormed(),
    });
    return open;
  });
  await update(context, run, pauseRunName);
  return readRunView(context, runId);
}

/** @throws InterlockError `conflict` when the run has ended, `unavailable` when Temporal is unreachable */
export async function resumeRun(context: RunChange, { runId }: { runId: string }): Promise<RunView> {
  const { services, identity, requestId } = context;
  const run = await services.db.tenant(identity.tenantId, async (connection) => {
    const open = await mustReadOpenRun(connection, runId);
    if (open.quarantined_at)
      throw new InterlockError(
        'conflict',
        'This run is quarantined. Nothing was changed. Release it instead.',
      );
    const by = { actor: identity.actor, requestId };
    await tellRun(connection, open, 'PlaybookRunResumeRequested', by, {});
    return open;
  });
  await update(context, run, resumeRunName);
  return readRunView(context, runId);
}

/**
 * Ends the quarantine of a run and resumes it. When its work ends one more worker, it is quarantined again.
 * @throws InterlockError `conflict` when the run has ended or is not quarantined; `unavailable` when Temporal is
 * unreachable: then it is only paused, and can be resumed
 */
export async function releaseRun(context: RunChange, { runId }: { runId: string }): Promise<RunView> {
  const { services, identity, requestId } = context;
  const run = await services.db.tenantTransaction(identity.tenantId, async (connection) => {
    await mustReadOpenRun(connection, runId);
    const released = await releaseRow(connection, runId);
    if (!released) throw new InterlockError('conflict', 'This run is not quarantined. Nothing was changed.');
    await forgiveTasks(connection, runId, tooManyLost - 1);
    await tellRun(connection, released, 'PlaybookRunReleased', { actor: identity.actor, requestId }, {});
    return released;
  });
  // A signal reaches the worker after this one, should the work end it at once; an update would be lost with it.
  await reach(
    context,
    run,
    () => runHandle(services, run).signal(releaseRunName),
    () => 'The run is no longer quarantined, but still paused. Resume it.',
  );
  await untilChanged(context, run.id, ({ paused_at }) => paused_at === null);
  return readRunView(context, runId);
}

/**
 * Cancels a run and waits up to three seconds for its end. The reconciler retries when Temporal is unreachable.
 * @throws InterlockError `conflict` when the run has ended
 */
export async function cancelRun(
  context: RunChange,
  { runId, reason: sent }: ControlRequest,
): Promise<RunView> {
  const { services, identity, requestId } = context;
  const reason = await services.written.note(identity.tenantId, sent);
  const { db, log } = services;
  const run = await db.tenantTransaction(identity.tenantId, async (connection) => {
    const open = await mustReadOpenRun(connection, runId);
    const requested = await requestRunCancel(connection, open.id, reason, identity.actor);
    const by = { actor: identity.actor, requestId };
    if (requested)
      await tellRun(connection, requested, 'PlaybookRunCancelRequested', by, {
        reason: reason.slice(0, 500).toWellFormed(),
      });
    return open;
  });
  await within(services.temporal.client, controlMs, () => runHandle(services, run).cancel()).catch(
    (error: unknown) => {
      if (!(error instanceof WorkflowNotFoundError)) log.info({ runId }, 'a cancel will be retried');
    },
  );
  await untilChanged(context, run.id, (now) => !isRunOpen(now));
  return readRunView(context, runId);
}

/** Waits up to three seconds. */
async function untilChanged(
  { services, identity }: RunChange,
  runId: string,
  hasChanged: (run: RunRow) => boolean,
): Promise<void> {
  for (const until = performance.now() + controlMs; performance.now() < until; ) {
    const now = await services.db.tenant(identity.tenantId, (connection) => readRun(connection, runId));
    if (!now || hasChanged(now)) return;
    await sleep(50);
  }
}

function update(context: RunChange, run: RunRow, name: string): Promise<void> {
  const request = () => runHandle(context.services, run).executeUpdate(name, { args: [{}] });
  return reach(context, run, request, (error) =>
    error instanceof WorkflowNotFoundError
      ? 'Nothing was changed. Try again in a moment.'
      : 'The outcome of this request is not known. Look at the run, then try again.',
  );
}

/** @throws InterlockError `unavailable` */
async function reach(
  { services }: RunChange,
  run: RunRow,
  request: () => Promise<unknown>,
  otherwise: (error: unknown) => string,
): Promise<void> {
  try {
    await within(services.temporal.client, controlMs, request);
  } catch (error) {
    const why = await whyUnreached(services, run, error);
    throw new InterlockError('unavailable', `${why} ${otherwise(error)}`, {
      cause: error,
      retryAfterSeconds: 2,
    });
  }
}
