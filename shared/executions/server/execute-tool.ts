import type { Identity } from '../../identity/roles.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import { checkEnabled, checkScope, type LoadedTool, loadTool } from '../../tools/server/tool-service.ts';
import { findIdempotencyKey } from '../db/executions-insert.ts';
import { isTerminal } from '../db/executions-row.ts';
import type { Execution } from '../execution-schemas.ts';
import { admitRequest } from './admit.ts';
import type { ExecutionContext } from './execution-context.ts';
import { loadExecutionTool } from './execution-tool.ts';
import { toExecution } from './execution-view.ts';
import { fingerprintOf } from './fingerprint.ts';
import { prepareExecution } from './prepare-execution.ts';
import { mustReadExecution } from './read-executions.ts';
import { refuseUnsettled } from './settle-execution.ts';
import { createStartAndWait } from './start-and-wait.ts';
import { writeExecution } from './write-execution.ts';

export interface ExecuteRequest {
  /** May execute: the door has checked that. */
  identity: Identity;
  toolId: string;
  payload: JsonValue;
  /** Id or number of an exception of the tenant. */
  exceptionId?: string;
  previewDigest?: string;
  idempotencyKey?: string;
  /** Longest wait for the outcome in milliseconds; 0: do not wait. */
  waitMs: number;
  /** The execution of which this is a rerun; it belongs to the same exception unless another one is given. */
  rerunOf?: { id: string; exceptionId: string | null };
  requestId: string;
}

/**
 * Writes an execution, starts it and waits for its outcome.
 * @throws InterlockError `not_found`, `disabled`, `invalid_input`, `forbidden`, `preview_changed`, `rate_limited`,
 * `overloaded`, `idempotency_conflict`, or `unsettled` for a rerun; then nothing was written. A failed execution is
 * returned, not thrown. Once it is written, it is returned whatever fails.
 */
export type ExecuteTool = (request: ExecuteRequest) => Promise<Execution>;

/** @throws InterlockError `not_found` */
export async function loadUsableTool(
  { db }: Pick<ExecutionContext, 'db'>,
  { tenantId }: Identity,
  toolId: string,
): Promise<LoadedTool> {
  const tool = await loadTool(db, tenantId, toolId);
  checkScope(tool);
  return tool;
}

/** @throws InterlockError `not_found`: an execution must not be filed under what does not exist, or is another tenant's */
async function exceptionOf(
  { findException }: Pick<ExecutionContext, 'findException'>,
  { identity, exceptionId, rerunOf }: ExecuteRequest,
): Promise<string | null> {
  if (exceptionId === undefined) return rerunOf?.exceptionId ?? null;
  const found = await findException(identity.tenantId, exceptionId);
  if (found === null) throw new InterlockError('not_found', 'Exception not found. Nothing was sent.');
  return found;
}

const keyTaken = (used: string): InterlockError =>
  new InterlockError('idempotency_conflict', `This Idempotency-Key was used with ${used}.`);

export function createExecuteTool(context: ExecutionContext): ExecuteTool {
  const { db } = context;
  const startAndWait = createStartAndWait(context);

  /**
   * The execution that an earlier request with the same Idempotency-Key made.
   * @param exceptionId the one that this request is for
   */
  async function findEarlier(
    request: ExecuteRequest,
    fingerprint: string,
    exceptionId: string | null,
  ): Promise<Execution | null> {
    const { identity, idempotencyKey, waitMs } = request;
    if (idempotencyKey === undefined) return null;
    const entry = await db.tenant(identity.tenantId, (connection) =>
      findIdempotencyKey(connection, idempotencyKey),
    );
    if (!entry) return null;
    if (entry.fingerprint !== fingerprint) throw keyTaken('another tool or payload');
    const row = await mustReadExecution(context, identity, entry.execution_id);
    // The row says it, so fingerprints that were stored before exceptions counted stay valid. It may hold what the caller
    // wrote, such as "EX-6".
    if (row.exception_id !== exceptionId && row.exception_id !== (request.exceptionId ?? null))
      throw keyTaken('another exception');
    if (isTerminal(row)) return toExecution(context, row);
    const admission = await admitRequest(context, identity.tenantId, waitMs);
    try {
      const tool = row.status === 'requested' ? await loadExecutionTool(context, row) : null;
      const start = tool && { tool, tenantSlug: identity.tenantSlug };
      return await startAndWait({ row, start, waitMs, begun: admission.begun });
    } finally {
      admission.end();
    }
  }

  return async (request) => {
    const { identity, payload, idempotencyKey, waitMs } = request;
    const { tenantId, tenantSlug, actor } = identity;
    const exceptionId = await exceptionOf(context, request);
    let fingerprint = '';
    if (idempotencyKey !== undefined) {
      fingerprint = await fingerprintOf(context, {
        toolId: request.toolId,
        payload,
        tenantId: identity.tenantId,
      });
      const earlier = await findEarlier(request, fingerprint, exceptionId);
      if (earlier) return earlier;
    }
    if (request.rerunOf !== undefined) await refuseUnsettled(context, identity, request.rerunOf.id);

    const admission = await admitRequest(context, tenantId, waitMs);
    try {
      const tool = await loadUsableTool(context, identity, request.toolId);
      if (request.previewDigest !== undefined) context.previewLimits.beforeDigest(identity, tool.toolId);
      checkEnabled(tool);
      const { execution, takeCall, written } = await prepareExecution(context, tenantId, {
        tool,
        payload,
        actor,
        exceptionId,
        previewDigest: request.previewDigest ?? null,
        idempotency: idempotencyKey === undefined ? null : { key: idempotencyKey, fingerprint },
        rerunOf: request.rerunOf?.id ?? null,
        requestId: request.requestId,
      });
      const row = await writeExecution(context, tenantId, execution).finally(written);
      if (row) {
        admission.written(row.id);
        const start = { tool, tenantSlug };
        return await startAndWait({ row, start, takeCall, waitMs, begun: admission.begun });
      }
    } finally {
      admission.end();
    }
    const earlier = await findEarlier(request, fingerprint, exceptionId);
    if (earlier) return earlier;
    throw new InterlockError(
      'conflict',
      'Another request with this Idempotency-Key is in progress. Try again.',
    );
  };
}
