import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowNotFoundError } from '@temporalio/client';
import { InterlockError } from '../../platform/error-codes.ts';
import { within } from '../../platform/server/temporal/within.ts';
import { isRunOpen, notePause, type RunRow, readRun, requestRunCancel } from '../db/playbook-runs.ts';
import { pauseRunName, resumeRunName } from '../playbook-contract.ts';
import type { RunView } from '../run-schemas.ts';
import { mustReadOpenRun } from './load-runs.ts';
import { readRunView } from './read-runs.ts';
import type { RunChange } from './run-context.ts';
import { runHandle } from './run-workflow.ts';
import { tellRun } from './tell.ts';

/** Timeout for the workflow to pause, resume or cancel. */
const controlMs = 3000;

interface ControlRequest {
  runId: string;
  /** For people: the timeline and the page of the run show it. */
  reason: string;
}

/** @throws InterlockError `conflict` when the run has ended, `unavailable` when Temporal is unreachable */
export async function pauseRun(context: RunChange, { runId, reason }: ControlRequest): Promise<RunView> {
  const { services, identity } = context;
  const run = await services.db.tenant(identity.tenantId, async (connection) => {
    const open = await mustReadOpenRun(connection, runId);
    await notePause(connection, open.id, identity.actor.name, reason);
    return open;
  });
  await update(context, run, pauseRunName);
  return readRunView(context, runId);
}

/** @throws InterlockError `conflict` when the run has ended, `unavailable` when Temporal is unreachable */
export async function resumeRun(context: RunChange, { runId }: { runId: string }): Promise<RunView> {
  const { services, identity } = context;
  const run = await services.db.tenant(identity.tenantId, (connection) => mustReadOpenRun(connection, runId));
  await update(context, run, resumeRunName);
  return readRunView(context, runId);
}

/**
 * Cancels a run and waits up to three seconds for its end. The reconciler retries when Temporal is unreachable.
 * @throws InterlockError `conflict` when the run has ended
 */
export async function cancelRun(context: RunChange, { runId, reason }: ControlRequest): Promise<RunView> {
  const { services, identity, requestId } = context;
  const { db, log } = services;
  const run = await db.tenantTransaction(identity.tenantId, async (connection) => {
    const open = await mustReadOpenRun(connection, runId);
    const requested = await requestRunCancel(connection, open.id, reason);
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
  for (const until = performance.now() + controlMs; performance.now() < until; ) {
    const now = await db.tenant(identity.tenantId, (connection) => readRun(connection, run.id));
    if (!now || !isRunOpen(now)) break;
    await sleep(50);
  }
  return readRunView(context, runId);
}

async function update({ services }: RunChange, run: RunRow, name: string): Promise<void> {
  try {
    await within(services.temporal.client, controlMs, () =>
      runHandle(services, run).executeUpdate(name, { args: [{}] }),
    );
  } catch (error) {
    throw new InterlockError('unavailable', 'Temporal is unreachable. Nothing was changed. Try again.', {
      cause: error,
      retryAfterSeconds: 2,
    });
  }
}
