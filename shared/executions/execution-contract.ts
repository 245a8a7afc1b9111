import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import type { Retry } from '../tools/tool-definition.ts';

/** What crosses Temporal: ids and public facts of the definition, never a payload. */
export interface ExecuteToolArgs {
  tenantId: string;
  executionId: string;
  /** "refund_payment v3 · POST pay.example": summary of the calls in Temporal Web. */
  label: string;
  /** Set for long calls: the first attempt is then an activity an operator can watch, not a local one. */
  plan?: AttemptPlan;
}

/** How the attempts that are left are to be made. */
export interface AttemptPlan extends Retry {
  /** Of one attempt. */
  timeoutMs: number;
}

/** What an activity says of the execution. Messages are redacted before they get here. */
export type AttemptReport =
  | { state: 'succeeded' }
  | { state: 'failed'; code: string; message: string }
  | RetryReport;

/** A further attempt is due. */
export interface RetryReport {
  state: 'retry';
  /** Whether this activity made an attempt; otherwise it found that the time of the next one has not come. */
  attempted: boolean;
  afterMs: number;
  /** "Attempt 2 of 5 failed: 503 from pay.example." */
  message: string;
  plan: AttemptPlan;
}

/** Why a workflow gives an execution up without an outcome of its own. */
export type CloseReason = 'cancelled' | 'terminated' | 'timed_out' | 'lost';

export const executeToolWorkflowName = 'executeToolWorkflow';

/** Readable, unique and derived: starting twice is harmless. Safe in any URL, as it stands. */
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
