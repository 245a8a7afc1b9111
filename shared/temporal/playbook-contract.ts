import type { AttemptPlan } from './contract.ts';

/** What crosses Temporal for a run: ids, names and times. Exceptions, inputs and outputs stay in PostgreSQL. */
export interface RunPlaybookArgs {
  tenantId: string;
  runId: string;
  /** Events in a history after which the run continues as new; what it came to stands in its rows. */
  historyLimit: number;
}

export const runPlaybookWorkflowName = 'runPlaybookWorkflow';

/** Readable, unique and derived: starting twice is harmless. */
export function runWorkflowId(run: { playbookName: string; id: string }): string {
  return `playbook-${run.playbookName}-${run.id}`;
}

/** The run of a workflow id; null when it is another kind of workflow. */
export function runIdOf(workflowId: string): string | null {
  return /^playbook-[a-z0-9_]+-([0-9a-f-]{36})$/.exec(workflowId)?.[1] ?? null;
}

/**
 * The message `completeStep`, as Update and as Signal. The API has stored what was sent and names it by
 * `completionId`; whoever talks to Temporal directly says it here, without secrets: it stands in the history.
 */
export interface CompleteStepMessage {
  stepId: string;
  completionId?: string;
  outcome?: string;
  input?: unknown;
  reason?: string;
  /** The same id completes once. */
  requestId?: string;
}

/** What an accepted completion led to. */
export interface CompletionReceipt {
  stepId: string;
  status: 'waiting' | 'running' | 'completed' | 'failed' | 'skipped' | 'outcome_unknown';
}

/** `type` of the failure with which a completion is refused; the message is for people. */
export const completionRefused = 'completion_refused';

/** The Updates `pauseRun` and `resumeRun`. `by` is a name for people. */
export interface PauseMessage {
  reason?: string;
  by?: string;
}

/** The execution of a call_tool step, ready to be started as a child. */
export interface ChildExecution {
  executionId: string;
  toolId: string;
  toolName: string;
  label: string;
  plan?: AttemptPlan;
  timeoutMs: number;
}

export const completeStepName = 'completeStep';
export const pauseRunName = 'pauseRun';
export const resumeRunName = 'resumeRun';
/** Signal: a step's row changed outside of the workflow (claimed, handed over). */
export const stepChangedName = 'stepChanged';
/** Signal to the parent: the run of a `playbook` step has ended. */
export const runEndedName = 'runEnded';
