import { tell } from '../../events/server/tell.ts';
import { authorizeTool, type Identity } from '../../identity/roles.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { refuseDenied } from '../../policies/server/judge-call.ts';
import type { ExecutionRow } from '../db/executions-row.ts';
import { beginUndoAttempt } from '../db/executions-undo.ts';
import type { Execution } from '../execution-schemas.ts';
import type { UndoPreview } from '../undo-schemas.ts';
import { undoableOf } from '../undoable.ts';
import type { ExecuteTool } from './execute-tool.ts';
import type { ExecutionContext } from './execution-context.ts';
import { planUndo, readUndoRules, type UndoPlan } from './plan-undo.ts';
import { checkDigest, prepareCall } from './prepare-execution.ts';
import type { PreparedCall } from './prepared-call.ts';
import { previewPrepared } from './preview-call.ts';
import { getExecution, mustReadExecution } from './read-executions.ts';

export interface UndoRequest {
  identity: Identity;
  executionId: string;
  previewDigest?: string | undefined;
  /** For people. */
  reason?: string | undefined;
  waitMs?: number | undefined;
  /** Of a series: no caller waits. */
  inSeries?: true;
  requestId: string;
}

/**
 * Executes what undoes an execution: like any other call, with policies, approval and limits of its own. Of any number of
 * requests, one is sent; after a failure, another.
 * @throws InterlockError `not_found`; `conflict` when it cannot be undone, was, or is being undone; `unsettled` while the
 * outcome of it or of its undo is unknown; all of `executeTool`
 */
export async function undoExecution(
  context: ExecutionContext,
  executeTool: ExecuteTool,
  { identity, executionId, reason, previewDigest, inSeries, ...request }: UndoRequest,
): Promise<Execution> {
  const row = await mustReadExecution(context, identity, executionId);
  const { tool, payload, last } = await planUndo(context, identity, row);
  authorizeTool(identity, tool.toolId);
  if (!inSeries) context.previewLimits.beforePreview(identity, tool.toolId);
  // Before anything is written.
  const call = await prepareCall(context, tool, payload);
  checkDigest(context, call, previewDigest ?? null);
  refuseDenied((await previewPrepared(context, call, identity.roles)).policy);
  const key = await begin(context, { identity, row, last, tool, reason, requestId: request.requestId });
  const { id } = await executeTool({
    ...request,
    identity,
    toolId: tool.toolId,
    payload,
    undoOf: { exceptionId: row.exception_id },
    idempotencyKey: key,
    ...(previewDigest !== undefined && { previewDigest }),
    ...(inSeries && { ofBatch: { onWritten: () => {} } }),
  });
  return getExecution(context, identity, id);
}

interface Begin extends Pick<UndoPlan, 'last' | 'tool'> {
  identity: Identity;
  row: ExecutionRow;
  reason: string | undefined;
  requestId: string;
}

/** @returns the idempotency key of the attempt: one that was begun and not written is the same for everyone */
async function begin(
  context: ExecutionContext,
  { identity, row, last, tool, reason: sent, requestId }: Begin,
): Promise<string> {
  const attempt = last === undefined ? 0 : last.id === null ? last.attempt : last.attempt + 1;
  const reason = sent === undefined ? null : await context.written.note(identity.tenantId, sent);
  return context.db.tenantTransaction(identity.tenantId, async (connection) => {
    const { actor } = identity;
    const { begun, key } = await beginUndoAttempt(connection, {
      executionId: row.id,
      attempt,
      reason,
      actor,
    });
    if (begun)
      await tell(
        connection,
        { identity, requestId },
        {
          type: 'ToolExecutionUndoRequested',
          subjectType: 'execution',
          subjectId: row.id,
          exceptionId: row.exception_id,
          data: {
            toolId: row.tool_id,
            toolName: row.tool_name,
            undoTool: tool.definition.name,
            ...(reason !== null && { reason }),
          },
        },
      );
    return key;
  });
}

/** What undoing an execution would send, or why it cannot be undone. @throws InterlockError `not_found`, `rate_limited` */
export async function previewUndo(
  context: ExecutionContext,
  { identity, executionId }: Pick<UndoRequest, 'identity' | 'executionId'>,
): Promise<UndoPreview> {
  const row = await mustReadExecution(context, identity, executionId);
  context.previewLimits.beforePreview(identity, row.tool_id);
  return (await prepareUndo(context, identity, row)).preview;
}

/**
 * The same, with the call itself; null when it cannot be undone.
 * @throws InterlockError only for what says nothing about the execution
 */
export async function prepareUndo(
  context: ExecutionContext,
  identity: Identity,
  row: ExecutionRow,
): Promise<{ preview: UndoPreview; call: PreparedCall | null }> {
  const { definition } = await context.db.tenant(identity.tenantId, (connection) =>
    readUndoRules(connection, row.id),
  );
  const of = {
    executionId: row.id,
    toolTitle: row.tool_title,
    undo: definition ? undoableOf(definition) : { tool: null, words: 'It cannot be undone.' },
  };
  try {
    const { tool, payload } = await planUndo(context, identity, row);
    authorizeTool(identity, tool.toolId);
    const call = await prepareCall(context, tool, payload);
    const preview = await previewPrepared(context, call, identity.roles);
    const { name, title = name } = tool.definition;
    const denied = preview.policy.effect === 'deny';
    const reason = denied ? preview.policy.reason : null;
    const by = { id: tool.toolId, name, title };
    return { preview: { ...of, possible: !denied, reason, by, preview }, call: denied ? null : call };
  } catch (error) {
    if (!(error instanceof InterlockError) || passing.has(error.code)) throw error;
    const reason = error.message.replace(/ Nothing was sent\.$/, '');
    const { issues = [] } = error;
    return { preview: { ...of, possible: false, reason, by: null, preview: null, issues }, call: null };
  }
}

/** They say nothing about the execution. */
const passing: ReadonlySet<string> = new Set(['internal', 'rate_limited', 'overloaded', 'unavailable']);
