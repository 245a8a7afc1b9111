import type { z } from 'zod';
import { authorizeTool, type Identity } from '../../identity/roles.ts';
import type { Page } from '../../platform/server/paging.ts';
import type {
  CheckTool,
  Execution,
  ExecutionSummary,
  executionListInputSchema,
} from '../execution-schemas.ts';
import type { ChunkPage, chunkListInputSchema } from '../output-chunks.ts';
import type { Preview } from '../preview-schemas.ts';
import type { UndoPreview } from '../undo-schemas.ts';
import { type CancelRequest, cancelExecution } from './cancel-execution.ts';
import { choosePreviewed } from './choose-tool.ts';
import { type DecideRequest, decideExecution } from './decide-execution.ts';
import {
  createExecuteTool,
  type ExecuteRequest,
  type ExecuteTool,
  loadTested,
  loadUsableTool,
} from './execute-tool.ts';
import type { ExecutionContext } from './execution-context.ts';
import { listChecks } from './list-checks.ts';
import { previewOf } from './preview-call.ts';
import { readOutputChunks } from './read-chunks.ts';
import { getExecution, listExecutionPage } from './read-executions.ts';
import { releaseExecution } from './release-execution.ts';
import { type RerunRequest, rerunExecution } from './rerun-execution.ts';
import { type SettleRequest, settleExecution } from './settle-execution.ts';
import { previewUndo, type UndoRequest, undoExecution } from './undo-execution.ts';
import { type WithdrawRequest, withdrawVote } from './withdraw-vote.ts';

/** Everything that a door may do with executions; each function documents its errors. */
export interface Executor {
  execute: ExecuteTool;
  preview(request: Pick<ExecuteRequest, 'identity' | 'toolId' | 'payload' | 'test'>): Promise<Preview>;
  get(identity: Identity, executionId: string): Promise<Execution>;
  list(
    identity: Identity,
    filter: z.output<typeof executionListInputSchema>,
  ): Promise<Page<ExecutionSummary>>;
  cancel(request: CancelRequest): Promise<Execution>;
  rerun(request: RerunRequest): Promise<Execution>;
  undo(request: UndoRequest): Promise<Execution>;
  previewUndo(request: Pick<UndoRequest, 'identity' | 'executionId'>): Promise<UndoPreview>;
  release(request: Omit<RerunRequest, 'idempotencyKey'>): Promise<Execution>;
  decide(request: DecideRequest): Promise<Execution>;
  withdraw(request: WithdrawRequest): Promise<Execution>;
  settle(request: SettleRequest): Promise<Execution>;
  checks(identity: Identity, executionId: string): Promise<CheckTool[]>;
  chunks(identity: Identity, page: z.output<typeof chunkListInputSchema>): Promise<ChunkPage>;
}

/** @param context the same as the worker's of this process, if it has one */
export function createExecutor(context: ExecutionContext): Executor {
  const execute = createExecuteTool(context);
  return {
    execute,
    preview: async ({ identity, toolId, payload, test }) => {
      authorizeTool(identity, toolId);
      context.previewLimits.beforePreview(identity, toolId);
      if (test)
        return previewOf(context, await loadTested(context, identity, toolId, test), payload, identity.roles);
      const current = await loadUsableTool(context, identity, toolId);
      const tool = await choosePreviewed(context, current, payload);
      return previewOf(context, tool, payload, identity.roles);
    },
    get: (identity, executionId) => getExecution(context, identity, executionId),
    list: (identity, filter) => listExecutionPage(context, identity, filter),
    cancel: (request) => cancelExecution(context, request),
    rerun: (request) => rerunExecution(context, execute, request),
    undo: (request) => undoExecution(context, execute, request),
    previewUndo: (request) => previewUndo(context, request),
    release: (request) => releaseExecution(context, execute, request),
    decide: (request) => decideExecution(context, request),
    withdraw: (request) => withdrawVote(context, request),
    settle: (request) => settleExecution(context, request),
    checks: (identity, executionId) => listChecks(context, identity, executionId),
    chunks: (identity, page) => readOutputChunks(context, identity, page),
  };
}
