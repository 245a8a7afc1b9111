import { v7 as uuidv7 } from 'uuid';
import { authorizeTool, type Identity } from '../../identity/roles.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import { inSpan } from '../../platform/server/tracing/tracing.ts';
import { forgetPolicySet } from '../../policies/server/policy-set.ts';
import { loadDraft } from '../../tools/server/tool-drafts.ts';
import {
  checkEnabled,
  checkScope,
  checkTestable,
  type LoadedTool,
  lastSeenTool,
  loadTool,
} from '../../tools/server/tool-service.ts';
import { findIdempotencyKey, type NewExecution } from '../db/executions-insert.ts';
import { type ExecutionRow, isTerminal } from '../db/executions-row.ts';
import type { Execution } from '../execution-schemas.ts';
import { isLongCall } from '../execution-start.ts';
import { type Admission, admitRequest } from './admit.ts';
import { type ChosenTool, chooseTool, isSameTrial } from './choose-tool.ts';
import type { ExecutionContext } from './execution-context.ts';
import { loadExecutionTool } from './execution-tool.ts';
import { toExecution } from './execution-view.ts';
import { fingerprintOf } from './fingerprint.ts';
import { passNow } from './pass-gate.ts';
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
  /** Longest wait for the outcome in milliseconds; 0: do not wait. Left out: 30 s, and not for people. */
  waitMs?: number | undefined;
  /** The execution of which this is a rerun; it belongs to the same exception unless another one is given. */
  rerunOf?: { id: string; exceptionId: string | null };
  /** What it undoes: it belongs to the same exception. */
  undoOf?: { exceptionId: string | null };
  /** A test of the draft that has this version: a call like any other, marked as a test. Who asks may change the tool. */
  test?: { version: number };
  /** It is a call of a batch, whose preview was compared already. No caller waits: it gives way to those that do. */
  ofBatch?: { onWritten(executionId: string): void };
  requestId: string;
}

interface WriteRequest extends Omit<ExecuteRequest, 'exceptionId'> {
  /** Of the execution, if it is written. */
  id: string;
  exceptionId: string | null;
  idempotency: NewExecution['idempotency'];
  admission: Admission;
}

const defaultWaitMs = 30_000;
/** How often a request is checked again because its tool has just changed. */
const maxRounds = 3;

/**
 * Writes an execution, starts it and waits for its outcome.
 * @throws InterlockError `not_found`, `disabled`, `invalid_input`, `forbidden`, `denied`, `preview_changed`,
 * `rate_limited`, `overloaded`, `idempotency_conflict`, or `unsettled` for a rerun; then nothing was written. A failed execution is
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

/** @throws InterlockError `not_found`, or `conflict` when the draft is another one by now */
export function loadTested(
  { db }: Pick<ExecutionContext, 'db'>,
  { tenantId }: Identity,
  toolId: string,
  { version }: NonNullable<ExecuteRequest['test']>,
): Promise<LoadedTool> {
  return loadDraft(db, tenantId, toolId, version);
}

/** @throws InterlockError `not_found`: an execution must not be filed under what does not exist, or is another tenant's */
async function exceptionOf(
  { findException }: Pick<ExecutionContext, 'findException'>,
  { identity, exceptionId, rerunOf, undoOf }: ExecuteRequest,
): Promise<string | null> {
  if (exceptionId === undefined) return (rerunOf ?? undoOf)?.exceptionId ?? null;
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
    const admission = await admitRequest(context, identity.tenantId, waitFor(row, waitMs));
    try {
      // Its process may have ended before it started the workflow; starting it twice is harmless.
      const tool = context.running.has(row.id) ? null : await loadExecutionTool(context, row);
      const start = tool && { tool, tenantSlug: identity.tenantSlug };
      return await startAndWait({ row, start, waitMs: waitFor(row, waitMs), begun: admission.begun });
    } finally {
      admission.end();
    }
  }

  /**
   * Checks a request with the tool as it is known, and writes it.
   * @returns null when the Idempotency-Key is taken, or the tool is not as it was known; then nothing was written
   */
  async function writeWith(
    { tool, chosenBy }: ChosenTool,
    request: WriteRequest,
  ): Promise<(() => Promise<Execution>) | null> {
    const { identity, payload, waitMs, exceptionId, idempotency, admission, test } = request;
    const { tenantId, tenantSlug, actor, person } = identity;
    checkScope(tool);
    if (test) checkTestable(tool);
    else checkEnabled(tool);
    const { execution, takeCall, written, giveBack } = await prepareExecution(context, tenantId, {
      id: request.id,
      tool,
      chosenBy,
      payload,
      actor,
      roles: identity.roles,
      person,
      exceptionId,
      previewDigest: request.previewDigest ?? null,
      idempotency,
      // A series of undos gives way as the calls of a batch do, and is none.
      inBatch: request.ofBatch !== undefined && request.undoOf === undefined,
      rerunOf: request.rerunOf?.id ?? null,
      test: test !== undefined,
      requestId: request.requestId,
    });
    const early = !isLongCall(tool.definition) && context.owed.mayBegin();
    const offered = early && !execution.approval ? context.headStart.offer(tenantId) : null;
    const pass = offered && (await passNow(context, tool, execution).catch(() => null));
    if (!pass) offered?.free();
    const first = pass && offered;
    const inserted = await writeExecution(context, tenantId, execution, first)
      .finally(written)
      .catch(async (error: unknown) => {
        first?.free();
        await pass?.ended(null);
        throw error;
      });
    if (!inserted?.begun) {
      first?.free();
      await pass?.ended(null);
    }
    if (!inserted) {
      await giveBack();
      return null;
    }
    const { row, begun } = inserted;
    request.ofBatch?.onWritten(row.id);
    // What waits for people holds no place.
    if (!execution.approval) admission.written(row.id);
    return () =>
      startAndWait({
        row,
        start: { tool, tenantSlug },
        waitMs: waitFor(row, waitMs),
        begun: admission.begun,
        ...(begun && first && { makeFirst: () => first.make(inserted, takeCall, pass) }),
      });
  }

  /** With a preview: the version that it is of, whichever that is. */
  async function writeChosen(
    chosen: ChosenTool,
    request: WriteRequest,
  ): Promise<(() => Promise<Execution>) | null> {
    try {
      return await writeWith(chosen, request);
    } catch (error) {
      if (!chosen.other || !(error instanceof InterlockError) || !ofOtherVersion.has(error.code)) throw error;
      return writeWith({ tool: chosen.other, chosenBy: null, other: null }, request);
    }
  }

  /** Whatever was found with a tool that was read before counts only if the tool is still the same. */
  async function write(request: WriteRequest): Promise<(() => Promise<Execution>) | null> {
    const { identity, toolId, test } = request;
    const choose = async () =>
      test
        ? { tool: await loadTested(context, identity, toolId, test), chosenBy: null, other: null }
        : chooseTool(context, await loadUsableTool(context, identity, toolId), request, true);
    const seen = test ? null : await lastSeenTool(db, identity.tenantId, toolId);
    let chosen = seen && (await chooseTool(context, seen, request, false));
    for (let round = 1; ; round += 1) {
      let refusal: unknown = null;
      if (chosen) {
        try {
          const go = await writeChosen(chosen, request);
          if (go) return go;
        } catch (error) {
          if (!(error instanceof InterlockError) || isProcessFull(error)) throw error;
          refusal = error;
        }
      }
      if (!refusal) forgetPolicySet(identity.tenantId);
      const now = await choose();
      if (round === maxRounds || (chosen && isSame(chosen.tool, now.tool))) {
        if (refusal) throw refusal;
        return null;
      }
      chosen = now;
    }
  }

  async function execute(request: ExecuteRequest): Promise<Execution> {
    const { identity, payload, idempotencyKey, waitMs } = request;
    const { tenantId } = identity;
    authorizeTool(identity, request.toolId);
    const exceptionId = await exceptionOf(context, request);
    let fingerprint = '';
    if (idempotencyKey !== undefined) {
      fingerprint = await fingerprintOf(context, {
        // A test is no call that someone else may get the result of.
        toolId: request.test ? `${request.toolId} test ${request.test.version}` : request.toolId,
        payload,
        tenantId: identity.tenantId,
      });
      // Of a batch there is hardly ever one: the insert finds it.
      const earlier = request.ofBatch ? null : await findEarlier(request, fingerprint, exceptionId);
      if (earlier) return earlier;
    }
    if (request.rerunOf !== undefined) await refuseUnsettled(context, identity, request.rerunOf.id);

    const admission = await admitRequest(context, tenantId, request.ofBatch ? 0 : (waitMs ?? defaultWaitMs));
    try {
      if (request.previewDigest !== undefined && !request.ofBatch) {
        if (!request.test) await loadUsableTool(context, identity, request.toolId);
        context.previewLimits.beforeDigest(identity, request.toolId);
      }
      const idempotency = idempotencyKey === undefined ? null : { key: idempotencyKey, fingerprint };
      const go = await write({ ...request, id: uuidv7(), exceptionId, idempotency, admission });
      if (go) return await go();
    } finally {
      admission.end();
    }
    const earlier = await findEarlier(request, fingerprint, exceptionId);
    if (earlier) return earlier;
    throw new InterlockError(
      'conflict',
      idempotencyKey === undefined
        ? 'The tool was being changed. Nothing was sent; try again.'
        : 'Another request with this Idempotency-Key is in progress. Try again.',
    );
  }

  return (request) =>
    inSpan('execute tool', { attributes: { 'interlock.tool.id': request.toolId } }, async (span) => {
      const execution = await execute(request);
      span.set({
        'interlock.tool.name': execution.toolName,
        'interlock.execution.id': execution.id,
        'interlock.execution.status': execution.status,
        'interlock.failure.code': execution.failure?.code,
      });
      return execution;
    });
}

const waitFor = (row: Pick<ExecutionRow, 'approval_status'>, waitMs: number | undefined): number =>
  waitMs ?? (row.approval_status === 'waiting' ? 0 : defaultWaitMs);

/** What a version that was not previewed is refused with. */
const ofOtherVersion: ReadonlySet<string> = new Set(['preview_changed', 'invalid_input', 'forbidden']);

/** What no change of the tool or its limits would change. */
const isProcessFull = ({ code, details }: InterlockError): boolean =>
  code === 'rate_limited' && details?.limit === undefined;

/** What an execution is of: whatever of a tool, and of the tenant's policies and limits, decides what is sent, whether, and what is stored. */
function isSame(one: LoadedTool, other: LoadedTool): boolean {
  return (
    one.version === other.version &&
    one.currentVersion === other.currentVersion &&
    isSameTrial(one.trial, other.trial) &&
    one.connectorRevision === other.connectorRevision &&
    one.enabled === other.enabled &&
    one.archived === other.archived &&
    one.policyRevision === other.policyRevision &&
    one.pii.revision === other.pii.revision &&
    one.limits.revision === other.limits.revision
  );
}
