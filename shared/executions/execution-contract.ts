import { defineSearchAttributeKey, SearchAttributeType, TypedSearchAttributes } from '@temporalio/common';
import type { Retry } from '../tools/tool-definition.ts';

export interface ExecutionIds {
  tenantId: string;
  executionId: string;
}

/** What crosses Temporal: ids and public facts of the definition, never a payload. */
export interface ExecuteToolArgs extends ExecutionIds {
  /** "refund_payment v3 · POST pay.example": summary of the calls in Temporal Web. */
  label: string;
  /** Set for long calls: the first attempt is then an activity that Temporal Web shows, not a local one. */
  plan?: AttemptPlan;
  /** Of the first attempt, when it ended before the workflow started. */
  report?: AttemptReport;
  /** The tool or its connector bounds its calls at once: an attempt takes a place first. */
  gated?: true;
  /** The trace that it belongs to, while traces are recorded. */
  traceparent?: string;
}

/** How the remaining attempts are made. */
export interface AttemptPlan extends Retry {
  /** Of one attempt. */
  timeoutMs: number;
}

/** An execution, ready to be started as a workflow. */
export interface ExecutionStart {
  executionId: string;
  toolId: string;
  toolName: string;
  exceptionId: string | null;
  label: string;
  plan?: AttemptPlan;
  report?: AttemptReport;
  gated?: true;
  traceparent?: string;
  /** Of the workflow, in milliseconds. */
  timeoutMs: number;
}

/** The state of the execution after an activity. Messages are redacted before they get here. */
export type AttemptReport =
  | { state: 'succeeded' }
  | { state: 'failed'; code: string; message: string }
  | RetryReport
  | WaitReport;

/** People have to approve it before it begins. */
export interface WaitReport {
  state: 'waiting';
  /** When the approval expires, in milliseconds since 1970. */
  untilMs: number;
  /** "Waits for 2 approvals until 2026-11-22 12:30 UTC." */
  message: string;
}

/** A further attempt is due. */
export interface RetryReport {
  state: 'retry';
  afterMs: number;
  /** "Attempt 2 of 5 failed: 503 from pay.example." */
  message: string;
  plan: AttemptPlan;
}

/**
 * Why an execution is closed although no attempt settled it. `unrecorded`: its workflow ended by itself, so an
 * outcome was recorded, but not in this database, which is older.
 */
export type CloseReason = 'cancelled' | 'terminated' | 'timed_out' | 'lost' | 'unrecorded';

export const executeToolWorkflowName = 'executeToolWorkflow';
/** Its approval was decided: a signal without a payload, because the row says how. */
export const approvalDecidedName = 'approvalDecided';

/** Readable, unique and derived: starting twice is harmless. Needs no encoding in a URL. */
export function executionWorkflowId(execution: { toolName: string; id: string }): string {
  return `execute-${execution.toolName}-${execution.id}`;
}

/** The execution of a workflow id; null when it is another kind of workflow. */
export function executionIdOf(workflowId: string): string | null {
  return /^execute-[a-z0-9_]+-([0-9a-f-]{36})$/.exec(workflowId)?.[1] ?? null;
}

/** The custom search attributes; the status is Temporal's own ExecutionStatus. */
export const searchAttributes = {
  tenantId: defineSearchAttributeKey('TenantId', SearchAttributeType.KEYWORD),
  toolId: defineSearchAttributeKey('ToolId', SearchAttributeType.KEYWORD),
  toolName: defineSearchAttributeKey('ToolName', SearchAttributeType.KEYWORD),
  exceptionId: defineSearchAttributeKey('ExceptionId', SearchAttributeType.KEYWORD),
  playbookId: defineSearchAttributeKey('PlaybookId', SearchAttributeType.KEYWORD),
  stepId: defineSearchAttributeKey('StepId', SearchAttributeType.KEYWORD),
} as const;

/**
 * The options with which every execution workflow starts, by a client or as the child of a run.
 * @param stepId of the run that starts it
 */
export function executionWorkflow(tenantId: string, start: ExecutionStart, stepId?: string) {
  const { executionId, toolId, toolName, exceptionId, label, plan, report, gated, traceparent, timeoutMs } =
    start;
  const args: ExecuteToolArgs = {
    tenantId,
    executionId,
    label,
    ...(plan && { plan }),
    ...(report && { report }),
    ...(gated && { gated }),
    ...(traceparent && { traceparent }),
  };
  return {
    workflowId: executionWorkflowId({ toolName, id: executionId }),
    args: [args],
    workflowIdReusePolicy: 'REJECT_DUPLICATE' as const,
    workflowExecutionTimeout: timeoutMs,
    typedSearchAttributes: new TypedSearchAttributes([
      { key: searchAttributes.tenantId, value: tenantId },
      { key: searchAttributes.toolId, value: toolId },
      { key: searchAttributes.toolName, value: toolName },
      ...(stepId ? [{ key: searchAttributes.stepId, value: stepId }] : []),
      ...(exceptionId ? [{ key: searchAttributes.exceptionId, value: exceptionId }] : []),
    ]),
  };
}
