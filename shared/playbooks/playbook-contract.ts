import { TypedSearchAttributes } from '@temporalio/common';
import type { BatchStart } from '../batches/batch-contract.ts';
import { type ExecutionStart, searchAttributes } from '../executions/execution-contract.ts';

/** What Temporal sees of a run: ids, names and times. Exceptions, inputs and outputs stay in PostgreSQL. */
export interface RunPlaybookArgs {
  tenantId: string;
  runId: string;
  /** Events in a history after which the run continues as new. Its results are in its rows. */
  historyLimit: number;
}

/** Type of the failure of an activity whose run is quarantined. */
export const runQuarantined = 'run_quarantined';

export const runPlaybookWorkflowName = 'runPlaybookWorkflow';

/** Derived from the run, so starting it twice is harmless. */
export function runWorkflowId(run: { playbookName: string; id: string }): string {
  return `playbook-${run.playbookName}-${run.id}`;
}

/** The run of a workflow id; null when it is another kind of workflow. */
export function runIdOf(workflowId: string): string | null {
  return /^playbook-[a-z0-9_]+-([0-9a-f-]{36})$/.exec(workflowId)?.[1] ?? null;
}

/**
 * The message `completeStep`, as Update and as Signal. The API stores a completion and sends its `completionId`. Other
 * senders put the completion here, without secrets: it is stored in the history.
 */
export interface CompleteStepMessage {
  stepId: string;
  completionId?: string;
  outcome?: string;
  input?: unknown;
  reason?: string;
  /** A completion with the same id is accepted once. */
  requestId?: string;
  /** The API's request that sends it: events and executions that it causes carry this id. */
  apiRequestId?: string;
  /** The trace of that request, while traces are recorded. */
  traceparent?: string;
}

/** A run, ready to be started as a workflow. */
export interface RunStart {
  runId: string;
  playbookId: string;
  playbookName: string;
  playbookTitle: string;
  exceptionId: string | null;
}

/** The options with which every run starts, by a client or as the child of another run. */
export function runWorkflow(
  { tenantId, historyLimit }: Pick<RunPlaybookArgs, 'tenantId' | 'historyLimit'>,
  { runId, playbookId, playbookName, exceptionId }: RunStart,
) {
  const args: RunPlaybookArgs = { tenantId, runId, historyLimit };
  return {
    workflowId: runWorkflowId({ playbookName, id: runId }),
    args: [args],
    workflowIdReusePolicy: 'REJECT_DUPLICATE' as const,
    typedSearchAttributes: new TypedSearchAttributes([
      { key: searchAttributes.tenantId, value: tenantId },
      { key: searchAttributes.playbookId, value: playbookId },
      ...(exceptionId ? [{ key: searchAttributes.exceptionId, value: exceptionId }] : []),
    ]),
  };
}

/** The steps of a run, as its workflow executes them. */
export interface RunOutline {
  title: string;
  /** Page of the run. */
  url: string;
  parentWorkflowId: string | null;
  paused: boolean;
  steps: StepOutline[];
  total: number;
  /** Steps that have ended. */
  done: Record<string, SettledStep>;
}

export interface StepOutline {
  id: string;
  title: string;
  number: number;
  /** All of them run at the same time, or only the one that the outcome names. */
  groups: { id: string; end: boolean; steps: StepOutline[] }[];
  parallel: boolean;
}

export interface SettledStep {
  status: 'completed' | 'failed' | 'skipped';
  outcome: string | null;
}

/** What a step is doing. `revision`: of its row; histories from before it was counted have none. */
export type StepState = StepDoing & { revision?: number };

export type StepDoing =
  | ({ state: 'settled' } & SettledStep)
  /** For people, an event or a time. `wakeAtMs`: when something is due on it. */
  | { state: 'waiting'; who: string; sinceMs: number; wakeAtMs: number | null }
  | { state: 'tool'; child: ExecutionStart }
  | { state: 'run'; child: RunStart }
  | { state: 'batch'; child: BatchStart }
  /** Its groups run at the same time. */
  | { state: 'groups' };

/** The decision on a completion. */
export type AppliedCompletion =
  | {
      accepted: true;
      stepId: string;
      status: CompletionReceipt['status'];
      state: StepState;
      /** Other steps that ended with it: calls that an approval rejected, an approval whose calls have ended. */
      ended?: { stepId: string; state: StepState }[];
    }
  | { accepted: false; code: string; message: string };

/** The step after an accepted completion. */
export interface CompletionReceipt {
  stepId: string;
  status: 'waiting' | 'running' | 'completed' | 'failed' | 'skipped' | 'outcome_unknown';
}

/** `type` of the failure that refuses a completion; its message is for people. */
export const completionRefused = 'completion_refused';

/** The Updates `pauseRun` and `resumeRun`. `by` is a name for people. */
export interface PauseMessage {
  reason?: string;
  by?: string;
}

export const completeStepName = 'completeStep';
export const pauseRunName = 'pauseRun';
export const resumeRunName = 'resumeRun';
/** A signal: the run is no longer quarantined. */
export const releaseRunName = 'releaseRun';
/** Signal: a step's row changed outside the workflow (claimed, assigned). */
export const stepChangedName = 'stepChanged';
/** Signal with an id: the run or the batch that a step has started has ended. */
export const runEndedName = 'runEnded';
