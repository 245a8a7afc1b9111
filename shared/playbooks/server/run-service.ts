import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowNotFoundError } from '@temporalio/client';
import type { Preview } from '../../executions/execution-schemas.ts';
import type { ExecutionContext } from '../../executions/server/execution-context.ts';
import { previewOf } from '../../executions/server/preview-call.ts';
import type { Identity } from '../../identity/roles.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import type { JsonValue } from '../../platform/json.ts';
import { pageFrom } from '../../platform/server/paging.ts';
import { within } from '../../platform/server/temporal/within.ts';
import { countUnread, listNotices, markRead } from '../db/notices.ts';
import {
  isRunOpen,
  listRuns,
  notePause,
  type RunFilter,
  type RunRow,
  readRun,
  requestRunCancel,
} from '../db/playbook-runs.ts';
import { countInbox } from '../db/step-runs.ts';
import type { InboxItem } from '../inbox-schemas.ts';
import { pauseRunName, resumeRunName, runWorkflowId, stepChangedName } from '../playbook-contract.ts';
import { allSteps } from '../playbook-document.ts';
import type { RunSummary, RunView, StepView } from '../run-schemas.ts';
import { stepOutcomes } from '../steps/registry.ts';
import { type CompleteStepRequest, completeStep, findStep } from './complete-step.ts';
import { assignStep, claimStep, releaseStep } from './assign-step.ts';
import { type InboxFilter, type InboxPosition, readInbox, rolesOf } from './inbox.ts';
import { loadWholeRun, mustReadRun, summarize } from './load-runs.ts';
import type { PlaybookContext } from './run-context.ts';
import { toRunView, toStepView } from './run-view.ts';
import { type SendEventRequest, sendEvent } from './send-event.ts';
import { type StartRunRequest, startRunWorkflow, writeRun } from './start-run.ts';
import { runnerOf, typesNotForPeople } from './step-runners.ts';
import { tellRun } from './tell.ts';

interface StepRequest {
  identity: Identity;
  runId: string;
  stepId: string;
}

/** Runs of playbooks, for every door. All throw InterlockError, `not_found` for the ids of other tenants too. */
export interface RunService {
  start(request: StartRunRequest): Promise<RunView>;
  list(
    identity: Identity,
    filter: Omit<RunFilter, 'limit'> & { limit: number },
  ): Promise<{
    items: RunSummary[];
    nextCursor: string | null;
  }>;
  get(identity: Identity, runId: string): Promise<RunView>;
  step(request: StepRequest): Promise<StepView>;
  preview(request: StepRequest & { input?: JsonValue | undefined }): Promise<Preview>;
  complete(request: CompleteStepRequest): Promise<StepView>;
  claim(request: StepRequest & { takeOver: boolean }): Promise<StepView>;
  release(request: StepRequest): Promise<StepView>;
  assign(
    request: StepRequest & {
      role?: string | undefined;
      user?: string | undefined;
      reason?: string | undefined;
    },
  ): Promise<StepView>;
  /** @returns the ids of the steps that received it */
  sendEvent(request: SendEventRequest & { runId: string }): Promise<{ received: string[] }>;
  pause(request: { identity: Identity; runId: string; reason: string }): Promise<RunView>;
  resume(request: { identity: Identity; runId: string }): Promise<RunView>;
  cancel(request: { identity: Identity; runId: string; reason: string }): Promise<RunView>;
  inbox(identity: Identity, filter: InboxFilter): Promise<{ items: InboxItem[]; next: InboxPosition | null }>;
  inboxCount(
    identity: Identity,
  ): Promise<{ mine: number; roles: number; all: number; overdue: number; unreadNotices: number }>;
  notices(identity: Identity): ReturnType<typeof listNotices>;
  readNotices(identity: Identity, upTo: string): Promise<void>;
}

/** Timeout for the workflow to pause, resume or cancel. */
const controlMs = 3000;

export function createRunService(services: ExecutionContext): RunService {
  const context: PlaybookContext = services;
  const { db, log } = services;
  const { client } = services.temporal;
  const handleOf = (run: RunRow) =>
    client.workflow.getHandle(runWorkflowId({ playbookName: run.playbook_name, id: run.id }));

  async function view(identity: Identity, runId: string): Promise<RunView> {
    const whole = await db.tenant(identity.tenantId, (connection) => loadWholeRun(connection, runId));
    return toRunView(services, whole, identity);
  }

  async function stepView({ identity, runId, stepId }: StepRequest): Promise<StepView> {
    const whole = await db.tenant(identity.tenantId, (connection) => loadWholeRun(connection, runId));
    const placed = allSteps(whole.document).find(({ step }) => step.id === stepId);
    if (!placed) throw new InterlockError('not_found', 'Step not found in this run.');
    const row = whole.steps.find((each) => each.step_id === stepId);
    return toStepView(whole, placed, row, identity);
  }

  /** Temporal Web shows the assignee. A request does not fail when Temporal is unreachable. */
  async function tellWorkflow(request: StepRequest): Promise<StepView> {
    const run = await db.tenant(request.identity.tenantId, (c) => mustReadRun(c, request.runId));
    await within(client, 1000, () => handleOf(run).signal(stepChangedName, request.stepId)).catch(
      (error: Error) =>
        log.info({ runId: run.id, reason: error.message }, 'a run was not notified of a change'),
    );
    return stepView(request);
  }

  async function control(run: RunRow, update: string): Promise<void> {
    try {
      await within(client, controlMs, () => handleOf(run).executeUpdate(update, { args: [{}] }));
    } catch (error) {
      throw new InterlockError('unavailable', 'Temporal is unreachable. Nothing was changed. Try again.', {
        cause: error,
        retryAfterSeconds: 2,
      });
    }
  }

  async function openRun(identity: Identity, runId: string): Promise<RunRow> {
    const run = await db.tenant(identity.tenantId, (connection) => mustReadRun(connection, runId));
    if (!isRunOpen(run)) throw new InterlockError('conflict', `The run has ended (${run.status}).`);
    return run;
  }

  const readerOf = (identity: Identity) => ({
    userId: identity.actor.id,
    person: identity.person,
    roles: rolesOf(identity),
  });

  return {
    async start(request) {
      const run = await writeRun(context, request);
      if (!run.workflow_started_at && isRunOpen(run)) {
        // The sweep starts runs that could not be started now.
        await startRunWorkflow(services, run).catch((error: Error) =>
          log.warn({ runId: run.id, reason: error.message }, 'starting a run failed and will be retried'),
        );
      }
      return view(request.identity, run.id);
    },

    async list(identity, filter) {
      const foreign = [filter.playbookId, filter.exceptionId].some((id) => id !== undefined && !isUuid(id));
      if (foreign) return { items: [], nextCursor: null };
      return db.tenant(identity.tenantId, async (connection) => {
        const rows = await listRuns(connection, { ...filter, limit: filter.limit + 1 });
        const page = pageFrom(
          rows,
          filter.limit,
          (run) => run.id,
          (run) => run,
        );
        return { ...page, items: await summarize(connection, page.items) };
      });
    },

    get: view,
    step: stepView,

    async preview({ identity, runId, stepId, input }) {
      const { run, step, row } = await findStep(context, identity.tenantId, runId, stepId);
      if (!row) throw new InterlockError('conflict', 'This step has not been reached.');
      const outcome = stepOutcomes(step).find(({ byDefault }) => byDefault)?.id ?? '';
      const wanted = { context, run, row, outcome, sent: input };
      const request = await runnerOf(step).toolRequest?.(step, wanted);
      if (!request) throw new InterlockError('conflict', 'This step calls no tool.');
      return previewOf(context, request.tool, request.payload);
    },

    async complete(request) {
      await completeStep(services, context, request);
      return stepView(request);
    },

    async claim(request) {
      await claimStep(context, request);
      return tellWorkflow(request);
    },
    async release(request) {
      await releaseStep(context, request);
      return tellWorkflow(request);
    },
    async assign(request) {
      await assignStep(context, request);
      return tellWorkflow(request);
    },

    async sendEvent(request) {
      const run = await openRun(request.identity, request.runId);
      return { received: await sendEvent(services, context, run, request) };
    },

    async pause({ identity, runId, reason }) {
      const run = await openRun(identity, runId);
      await db.tenant(identity.tenantId, (c) => notePause(c, run.id, identity.actor.name, reason));
      await control(run, pauseRunName);
      return view(identity, runId);
    },

    async resume({ identity, runId }) {
      const run = await openRun(identity, runId);
      await control(run, resumeRunName);
      return view(identity, runId);
    },

    async cancel({ identity, runId, reason }) {
      const run = await openRun(identity, runId);
      await db.tenantTransaction(identity.tenantId, async (connection) => {
        const asked = await requestRunCancel(connection, run.id, reason);
        if (asked)
          await tellRun(connection, asked, 'PlaybookRunCancelRequested', identity.actor, {
            reason: reason.slice(0, 500),
          });
      });
      // The reconciler retries when Temporal is unreachable.
      await within(client, controlMs, () => handleOf(run).cancel()).catch((error: unknown) => {
        if (!(error instanceof WorkflowNotFoundError)) log.info({ runId }, 'a cancel will be retried');
      });
      for (const until = performance.now() + controlMs; performance.now() < until; ) {
        const now = await db.tenant(identity.tenantId, (connection) => readRun(connection, run.id));
        if (!now || !isRunOpen(now)) break;
        await sleep(50);
      }
      return view(identity, runId);
    },

    inbox: (identity, filter) =>
      db.tenant(identity.tenantId, (connection) => readInbox(connection, identity, filter)),

    async inboxCount(identity) {
      return db.tenant(identity.tenantId, async (connection) => {
        const counts = await countInbox(connection, {
          ...readerOf(identity),
          actorId: identity.actor.id,
          notForPeople: typesNotForPeople(),
        });
        return { ...counts, unreadNotices: await countUnread(connection, readerOf(identity)) };
      });
    },

    notices: (identity) =>
      db.tenant(identity.tenantId, (connection) => listNotices(connection, readerOf(identity), 50)),
    readNotices: (identity, upTo) =>
      db.tenant(identity.tenantId, (connection) => markRead(connection, identity.actor.id, upTo)),
  };
}
