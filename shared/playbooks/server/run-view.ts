import type { ApprovedExecution } from '../../executions/db/executions-approval.ts';
import type { Stalled } from '../../executions/db/stalled-workflows.ts';
import { approvals, whoDecides } from '../../executions/server/approval-rules.ts';
import type { ExecutionServices } from '../../executions/server/execution-services.ts';
import type { Identity } from '../../identity/roles.ts';
import { temporalWebUrl } from '../../platform/server/temporal/connect.ts';
import { stallWords } from '../../platform/stall-causes.ts';
import type { LoadedTool } from '../../tools/server/tool-service.ts';
import type { ExceptionRef } from '../db/exceptions-of-runs.ts';
import type { Participant } from '../db/participants.ts';
import { isRunOpen, type RunRow, starterOf } from '../db/playbook-runs.ts';
import type { CompletionRow } from '../db/step-completions.ts';
import { isStepFinal, isStepOpen, type StepRow, unclaimed } from '../db/step-runs.ts';
import type { ToolPins } from '../db/tables.ts';
import { runWorkflowId } from '../playbook-contract.ts';
import { allSteps, type PlacedStep, type PlaybookDocument } from '../playbook-document.ts';
import type { RunSummary, RunView, StepView } from '../run-schemas.ts';
import { definitionOf } from '../steps/registry.ts';
import { runningExecution } from './running-execution.ts';
import { outcomesNow, refusedByState, refusedBySubject, waitingOn } from './step-rules.ts';
import { runnerOf } from './step-runners.ts';
import { whyNotTaken } from './why-not-taken.ts';

export type Viewer = Pick<Identity, 'actor' | 'roles' | 'person'>;
type Links = Pick<ExecutionServices, 'environment' | 'temporal'>;

export interface RunWithSteps {
  run: RunRow;
  document: PlaybookDocument;
  toolIds: ToolPins;
  steps: StepRow[];
  exception: ExceptionRef | null;
}

/** A run with everything that its view needs. */
export interface WholeRun extends RunWithSteps {
  /** Accepted completions of all its steps. */
  accepted: CompletionRow[];
  /** Who took part, if one of its open steps has votes. */
  participants: readonly Participant[];
  /** The tools of open steps, by step id, at the version that completing would run. */
  tools: Map<string, LoadedTool>;
  /** The executions of running steps that wait for an approval, by id. */
  waiting: ReadonlyMap<string, ApprovedExecution>;
}

export function toRunSummary({ run, document, steps, exception }: RunWithSteps): RunSummary {
  // When the groups of a step run together, the steps inside are the current ones.
  const current = steps.filter((step) => !isStepFinal(step) && !definitionOf(step).inside?.together);
  const open = isRunOpen(run);
  return {
    id: run.id,
    playbookId: run.playbook_id,
    playbookName: run.playbook_name,
    playbookTitle: run.playbook_title,
    playbookVersion: run.playbook_version,
    exceptionId: run.exception_id,
    exception: exception && { id: exception.id, number: exception.number, title: exception.title },
    parentRunId: run.parent_run_id,
    status: run.status,
    reason: open ? null : run.reason,
    paused: run.paused_at && {
      at: run.paused_at.toISOString(),
      by: run.paused_by ?? 'Temporal operator',
      reason: run.pause_reason,
    },
    quarantined: run.quarantined_at && {
      at: run.quarantined_at.toISOString(),
      reason: run.pause_reason ?? '',
    },
    currentSteps: open ? current.map((step) => step.step_id) : [],
    waitingOn: open ? waitingWords(current) : null,
    progress: { done: steps.filter(isStepFinal).length, total: allSteps(document).length },
    startedBy: starterOf(run),
    createdAt: run.created_at.toISOString(),
    completedAt: run.completed_at?.toISOString() ?? null,
  };
}

const waitingWords = (current: StepRow[]): string | null =>
  [...new Set(current.filter((step) => isStepOpen(step)).map(waitWords))].join(', ') || null;

function waitWords(step: StepRow): string {
  const own = step.failure_code ? undefined : runnerOf(step).waitingOn;
  return (own ?? waitingOn)(step);
}

/** @param stalled why its workflow cannot go on */
export function toRunView(
  links: Links,
  whole: WholeRun,
  viewer: Viewer,
  stalled: Stalled | null,
): Omit<RunView, 'undo'> {
  const { run, document, steps } = whole;
  const workflowId = runWorkflowId({ playbookName: run.playbook_name, id: run.id });
  const placed = allSteps(document);
  const byId = new Map(steps.map((step) => [step.step_id, step]));
  const stepById = new Map(placed.map(({ step }) => [step.id, step]));
  return {
    ...toRunSummary(whole),
    input: run.input,
    payloadsRemovedAt: run.payloads_removed_at?.toISOString() ?? null,
    steps: placed.map((each) => ({
      ...toStepView(whole, each, byId.get(each.step.id), viewer),
      notTaken: whyNotTaken(
        each,
        (id) => stepById.get(id),
        (id) => byId.get(id),
      ),
    })),
    stalled:
      stalled && isRunOpen(run)
        ? { since: stalled.since.toISOString(), reason: stallWords[stalled.cause] }
        : null,
    workflowId,
    temporalUrl: temporalWebUrl(
      links.environment.INTERLOCK_TEMPORAL_UI_URL,
      links.temporal.client.options.namespace,
      workflowId,
    ),
  };
}

/** A step as this viewer sees it; why it is not taken shows on its run. `row` is undefined until the step is reached. */
export function toStepView(
  whole: Pick<WholeRun, 'run' | 'accepted' | 'participants' | 'tools' | 'waiting'>,
  { step, number, inside }: PlacedStep,
  row: StepRow | undefined,
  viewer: Viewer,
): StepView {
  const { run, accepted, participants, tools, waiting } = whole;
  const common = {
    id: step.id,
    runId: run.id,
    type: step.type,
    title: step.title,
    number,
    inside,
    instructions: step.instructions,
  };
  if (!row) return { ...common, ...notReached(run) };
  const tool = tools.get(step.id);
  const held = waiting.get(runningExecution(row) ?? '');
  const closed = refusedByState(run, row);
  const refusal = closed ?? refusedBySubject(step, { run, row, accepted, participants }, viewer);
  const free = { ...row, ...unclaimed };
  const outcomes = isRunOpen(run) ? outcomesNow(step, row) : [];
  const votes = accepted.filter((each) => each.step_run_id === row.id);
  return {
    ...common,
    status: row.status,
    assignee: assigneeOf(row),
    waitingOn: isStepOpen(row) ? waitWords(row) : null,
    claimedBy:
      row.claimed_by_id && row.claimed_at
        ? { id: row.claimed_by_id, name: row.claimed_by_name ?? '', at: row.claimed_at.toISOString() }
        : null,
    openedAt: row.opened_at.toISOString(),
    dueAt: row.due_at?.toISOString() ?? null,
    reminded: row.reminded,
    escalated: row.escalated,
    outcomes,
    form: tool?.definition.inputSchema ?? definitionOf(step).form(step),
    input: row.input,
    issues: row.issues ?? [],
    tool: tool
      ? {
          id: tool.toolId,
          name: tool.definition.name,
          title: tool.definition.title ?? tool.definition.name,
          version: tool.version,
        }
      : null,
    approvals: null,
    covers: null,
    waitsFor: null,
    ...(held && { callApproval: callApprovalOf(held) }),
    outcome: row.outcome,
    notTaken: null,
    output: row.output,
    reason: row.reason,
    failure: row.failure_code ? { code: row.failure_code, message: row.failure_message ?? '' } : null,
    executionIds: row.execution_ids,
    childRunId: row.child_run_id,
    batchId: row.batch_id,
    ...(row.completed_at && row.completed_by_name
      ? {
          completedBy: {
            type: row.completed_by_type ?? 'system',
            id: row.completed_by_id ?? '',
            name: row.completed_by_name,
          },
          completedAt: row.completed_at.toISOString(),
        }
      : {}),
    mayComplete: refusal === null && outcomes.length > 0,
    mayNot: refusal?.message ?? null,
    mayClaim:
      isStepOpen(row) && refusedBySubject(step, { run, row: free, accepted, participants }, viewer) === null,
    ...runnerOf(step).view?.(step, {
      row,
      votes,
      mayChange: closed === null && runnerOf(step).ownVote?.(row, votes, viewer) !== undefined,
    }),
  };
}

const callApprovalOf = ({ id, approval, approval_expires_at, created_at }: ApprovedExecution) => ({
  executionId: id,
  required: approval.required,
  approved: approvals(approval).length,
  waitingOn: whoDecides(approval),
  reason: approval.reason,
  expiresAt: (approval_expires_at ?? created_at).toISOString(),
});

function assigneeOf(row: StepRow): StepView['assignee'] {
  if (row.assignee_user) return { user: row.assignee_user };
  return row.assignee_role ? { role: row.assignee_role } : null;
}

/** A step that the run has not reached; after the end of the run it never will be. */
function notReached(run: RunRow) {
  return {
    status: isRunOpen(run) ? ('pending' as const) : ('skipped' as const),
    assignee: null,
    waitingOn: null,
    claimedBy: null,
    openedAt: null,
    dueAt: null,
    reminded: 0,
    escalated: 0,
    outcomes: [],
    form: null,
    input: null,
    issues: [],
    tool: null,
    approvals: null,
    covers: null,
    waitsFor: null,
    outcome: null,
    notTaken: null,
    reason: isRunOpen(run) ? null : 'Not reached.',
    failure: null,
    executionIds: [],
    childRunId: null,
    batchId: null,
    mayComplete: false,
    mayNot: isRunOpen(run) ? 'This step has not been reached.' : 'The run has ended.',
    mayClaim: false,
  };
}
