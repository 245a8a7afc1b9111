import type { ToolLimits } from '../tools/call-limits.ts';
import type { ToolDefinition } from '../tools/tool-definition.ts';
import { callLabel } from './call-label.ts';
import type { ExecutionStart } from './execution-contract.ts';

/** A first attempt that may take longer than this is an activity that Temporal Web shows, not a local one. */
const longCallMs = 10_000;
/** After the deadline: retries wait while Temporal or every worker is away, and outcomes while the database is. */
const marginMs = 24 * 60 * 60_000;

export function isLongCall(definition: Pick<ToolDefinition, 'timeoutMs'>): boolean {
  return definition.timeoutMs > longCallMs;
}

export function executionStart(
  tool: { toolId: string; version: number; definition: ToolDefinition; limits?: Pick<ToolLimits, 'shared'> },
  execution: {
    id: string;
    exception_id: string | null;
    max_attempts: number;
    created_at: Date;
    approval_expires_at: Date | null;
  },
): ExecutionStart {
  const { name, retry, timeoutMs, deadlineMs } = tool.definition;
  const { created_at, approval_expires_at } = execution;
  const bounded = tool.definition.policy?.concurrency ?? tool.limits?.shared?.concurrency;
  const waitsMs = approval_expires_at ? approval_expires_at.getTime() - created_at.getTime() : 0;
  return {
    executionId: execution.id,
    toolId: tool.toolId,
    toolName: name,
    exceptionId: execution.exception_id,
    label: callLabel(tool),
    ...(isLongCall(tool.definition)
      ? { plan: { ...retry, maxAttempts: execution.max_attempts, timeoutMs } }
      : {}),
    ...(bounded !== undefined && { gated: true }),
    timeoutMs: deadlineMs + marginMs + waitsMs,
  };
}
