import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

/** What crosses Temporal: ids only, never a payload. */
export interface ExecuteToolArgs {
  tenantId: string;
  executionId: string;
}

export const executeToolWorkflowName = 'executeToolWorkflow';
export const defaultTaskQueue = 'interlock';

/** Readable, unique and derived: starting twice is harmless. */
export function executionWorkflowId(execution: { toolName: string; id: string }): string {
  return `execute/${execution.toolName}/${execution.id}`;
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
