import { setTimeout as sleep } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import type { Identity } from '../../identity/roles.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import type { JsonValue } from '../../platform/json.ts';
import { within } from '../../platform/server/temporal/within.ts';
import { checkEnabled, checkScope, loadTool } from '../../tools/server/tool-service.ts';
import { findIdempotencyKey, insertExecution, type NewExecution } from '../db/executions-insert.ts';
import { type ExecutionWithAttempts, listExecutions, readExecution } from '../db/executions-read.ts';
import { type ExecutionRow, isTerminal } from '../db/executions-row.ts';
import { requestCancel } from '../db/executions-settle.ts';
import { executionWorkflowId } from '../execution-contract.ts';
import type { Execution, ExecutionSummary, executionListInputSchema, Preview } from '../execution-schemas.ts';
import { redactedPaths } from '../redacted-paths.ts';
import { admit } from './admit.ts';
import type { ExecutionServices } from './execution-services.ts';
import {
  createExecutionContext,
  type ExecutionTool,
  loadExecutionTool,
  openInput,
  sealInput,
} from './execution-tool.ts';
import { toExecution, toExecutionSummary } from './execution-view.ts';
import type { Outcomes, PreparedCall } from './outcomes.ts';
import { checkPayload, prepareRequest, previewOf } from './prepare-request.ts';
import { isLongCall, type StartResult, startExecutionWorkflow } from './start-workflow.ts';
import { waitForOutcome } from './wait-for-outcome.ts';

export interface ExecuteRequest {
  /** May execute: the door has checked that. */
  identity: Identity;
  toolId: string;
  payload: JsonValue;
  exceptionId?: string;
  previewDigest?: string;
  idempotencyKey?: string;
  /** Longest wait for the outcome in milliseconds; 0 answers at once. */
  waitMs: number;
  requestId: string;
}

export interface Executor {
  /**
   * @throws InterlockError `not_found`, `disabled`, `invalid_input`, `preview_changed`, `rate_limited` or `idempotency_conflict`;
   * then nothing was stored and nothing ran. A failed execution is returned, not thrown.
   */
  execute(request: ExecuteRequest): Promise<Execution>;
  preview(request: { identity: Identity; toolId: string; payload: JsonValue }): Promise<Preview>;
  /** @throws InterlockError `not_found` */
  get(identity: Identity, executionId: string): Promise<Execution>;
  list(
    identity: Identity,
    filter: z.output<typeof executionListInputSchema>,
  ): Promise<{ items: ExecutionSummary[]; nextCursor: string | null }>;
  /** Asks to stop; what was in flight decides what it comes to. @throws InterlockError `conflict` when it has ended */
  cancel(request: { identity: Identity; executionId: string; requestId: string }): Promise<Execution>;
  /**
   * The same input to the tool as it is now. @throws InterlockError `invalid_input` naming the redacted fields,
   * when no `payload` is given and the stored one is not the whole truth
   */
  rerun(request: {
    identity: Identity;
    executionId: string;
    payload?: JsonValue;
    waitMs: number;
    idempotencyKey?: string;
    requestId: string;
  }): Promise<Execution>;
}

/** Longest that a cancel waits for Temporal and for the call to stop. */
const cancelWaitMs = 2000;
/** Started before, by whomever. */
const elsewhere: StartResult = { started: true, here: false };
/** While Temporal is away, callers are told so at once instead of each finding out. */
const temporalAwayMs = 1000;

/** @param outcomes the ones that this process's worker was given, if it has one */
export function createExecutor(services: ExecutionServices, outcomes: Outcomes): Executor {
  const context = createExecutionContext(services, outcomes);
  const { db, log } = services;
  let temporalAwayUntil = 0;

  const read = (tenantId: string, executionId: string) =>
    db.tenant(tenantId, (connection) => readExecution(connection, tenantId, executionId));

  async function mustRead(identity: Identity, executionId: string): Promise<ExecutionWithAttempts> {
    const row = isUuid(executionId) ? await read(identity.tenantId, executionId) : null;
    if (!row) throw new InterlockError('not_found', 'There is no such execution.');
    return row;
  }

  async function usableTool(identity: Identity, toolId: string): Promise<ExecutionTool> {
    const tool = await loadTool(db, identity.tenantId, toolId);
    checkScope(tool);
    return tool;
  }

  /** Null: Temporal does not answer; the row is safe and will be started. */
  async function start(
    execution: ExecutionRow,
    tool: ExecutionTool,
    tenantSlug: string,
  ): Promise<StartResult | null> {
    if (performance.now() < temporalAwayUntil) return null;
    try {
      return await startExecutionWorkflow(services, { execution, tool, tenantSlug });
    } catch (error) {
      temporalAwayUntil = performance.now() + temporalAwayMs;
      log.warn(
        { executionId: execution.id, reason: (error as Error).message },
        'Temporal did not take a start; it will be repeated',
      );
      return null;
    }
  }

  /** Starts what may not have been started, and waits for what has not ended. */
  async function carryOut(
    row: ExecutionRow,
    tool: ExecutionTool | null,
    identity: Identity,
    waitMs: number,
    prepared: PreparedCall | null = null,
  ): Promise<Execution> {
    const wait =
      waitMs > 0 ? waitForOutcome(services, outcomes, { id: row.id, toolName: row.tool_name }) : null;
    let ended: ExecutionWithAttempts | null = null;
    try {
      const started = tool ? await start(row, tool, identity.tenantSlug) : elsewhere;
      const here = started?.started === true && started.here;
      if (here && prepared && !isLongCall(prepared.tool.definition)) {
        outcomes.begin({ tenantId: row.tenant_id, executionId: row.id }, prepared);
      }
      if (started) ended = (await wait?.done({ waitMs, startedHere: here })) ?? null;
    } finally {
      wait?.dispose();
    }
    const shown = ended ?? (await read(identity.tenantId, row.id));
    return toExecution(services, shown ?? { ...row, attempt_rows: [], reruns: [] });
  }

  /** The execution that this key already stands for. */
  async function sameAgain(request: ExecuteRequest, fingerprint: string): Promise<Execution | null> {
    const { identity, idempotencyKey, waitMs } = request;
    if (idempotencyKey === undefined) return null;
    const entry = await db.tenant(identity.tenantId, (connection) =>
      findIdempotencyKey(connection, idempotencyKey),
    );
    if (!entry) return null;
    if (entry.fingerprint !== fingerprint) {
      throw new InterlockError(
        'idempotency_conflict',
        'This Idempotency-Key was used with another tool or payload.',
      );
    }
    const row = await mustRead(identity, entry.execution_id);
    if (isTerminal(row)) return toExecution(services, row);
    const forgotten = row.status === 'requested';
    return carryOut(row, forgotten ? await loadExecutionTool(context, row) : null, identity, waitMs);
  }

  async function execute(request: ExecuteRequest & { rerunOf?: string }): Promise<Execution> {
    const { identity, payload, idempotencyKey } = request;
    let fingerprint = '';
    if (idempotencyKey !== undefined) {
      checkPayload(payload);
      fingerprint = context.digest('idempotency', [request.toolId, payload]);
      const before = await sameAgain(request, fingerprint);
      if (before) return before;
    }

    const tool = await usableTool(identity, request.toolId);
    checkEnabled(tool);
    const prepared = await prepareRequest(context, tool, payload);
    if (request.previewDigest !== undefined && request.previewDigest !== prepared.digest()) {
      throw new InterlockError(
        'preview_changed',
        'The request would no longer be the one that was previewed. Look at it again.',
      );
    }
    await admit(db, identity.tenantId, tool);
    const id = uuidv7();
    const execution: NewExecution = {
      id,
      tool: {
        id: tool.toolId,
        name: tool.definition.name,
        title: tool.definition.title ?? tool.definition.name,
        version: tool.version,
      },
      actor: identity.actor,
      exceptionId: request.exceptionId ?? null,
      input: prepared.redactedInput,
      inputSealed: prepared.changed
        ? await sealInput(context, { id, tenantId: identity.tenantId }, payload)
        : null,
      previewDigest: request.previewDigest ?? null,
      idempotency: idempotencyKey === undefined ? null : { key: idempotencyKey, fingerprint },
      rerunOf: request.rerunOf ?? null,
      maxAttempts: tool.definition.retry.maxAttempts,
      deadlineMs: tool.definition.deadlineMs,
      requestId: request.requestId,
    };
    const row = await db.tenant(identity.tenantId, (connection) => insertExecution(connection, execution));
    if (row) return carryOut(row, tool, identity, request.waitMs, prepared.call);
    const first = await sameAgain(request, fingerprint);
    if (!first)
      throw new InterlockError(
        'conflict',
        'Another request with this Idempotency-Key is under way. Try again.',
      );
    return first;
  }

  return {
    execute,

    async preview({ identity, toolId, payload }) {
      const tool = await usableTool(identity, toolId);
      return previewOf(context, tool, payload);
    },

    get: async (identity, executionId) => toExecution(services, await mustRead(identity, executionId)),

    async list(identity, filter) {
      if (filter.cursor !== undefined && !isUuid(filter.cursor)) {
        throw new InterlockError('invalid_input', 'This cursor is not one of ours.', {
          issues: [{ path: '/cursor', message: 'is not a cursor of this list', keyword: 'cursor' }],
        });
      }
      if (filter.toolId !== undefined && !isUuid(filter.toolId)) return { items: [], nextCursor: null };
      const page = await db.tenant(identity.tenantId, (connection) => listExecutions(connection, filter));
      return {
        items: page.items.map((row) => toExecutionSummary(services, row)),
        nextCursor: page.nextCursor,
      };
    },

    async cancel({ identity, executionId, requestId }) {
      const before = await mustRead(identity, executionId);
      const asked = await db.tenant(identity.tenantId, (connection) =>
        requestCancel(connection, { executionId, actor: identity.actor, requestId }),
      );
      if (!asked && isTerminal(before) && before.failure_code !== 'cancelled') {
        throw new InterlockError(
          'conflict',
          `This execution has already ended (${before.failure_code ?? before.status}).`,
        );
      }
      const { client } = services.temporal;
      const handle = client.workflow.getHandle(
        executionWorkflowId({ toolName: before.tool_name, id: executionId }),
      );
      // Not started yet, closed already, or Temporal is away: the row says what is wanted, and the sweep sees to it.
      await within(client, cancelWaitMs, () => handle.cancel()).catch(() => {});
      outcomes.abort(executionId, 'cancelled');
      const until = performance.now() + cancelWaitMs;
      for (;;) {
        const row = await mustRead(identity, executionId);
        if (isTerminal(row) || performance.now() > until) return toExecution(services, row);
        await sleep(50);
      }
    },

    async rerun({ identity, executionId, payload, ...rest }) {
      const row = await mustRead(identity, executionId);
      const input = payload === undefined ? await openInput(context, row) : payload;
      const hidden = payload === undefined && !row.input_sealed ? redactedPaths(row.input_payload) : [];
      if (hidden.length > 0) {
        throw new InterlockError(
          'invalid_input',
          'Secret fields of the first run are not kept: send the payload again.',
          {
            issues: hidden.map((path) => ({
              path,
              message: 'was secret and has to be given again',
              keyword: 'redacted',
            })),
          },
        );
      }
      return execute({
        ...rest,
        identity,
        toolId: row.tool_id,
        payload: input,
        exceptionId: row.exception_id ?? undefined,
        rerunOf: row.id,
      });
    },
  };
}
