import { setTimeout as sleep } from 'node:timers/promises';
import type { CallToolResult, ServerContext } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { authorize } from '../../shared/identity/roles.ts';
import { toInterlockError } from '../error-shape.ts';
import { callKey, executionOf } from './call-key.ts';
import { refusalOf, resultOf } from './call-result.ts';
import type { KnownContext, McpRequest } from './mcp-request.ts';
import { inputOf } from './offered-schema.ts';
import type { OfferedTool } from './offered-tools.ts';
import { longestWaitMs, reportProgress, waitForEnd } from './wait-for-end.ts';

/** What a client, rather than a model, may add to a call. */
const metaSchema = z.object({
  'interlock/idempotencyKey': z.string().min(1).max(255).optional(),
  'interlock/exceptionId': z.string().max(128).optional(),
  'interlock/previewDigest': z.string().max(128).optional(),
});

/** When a cancel looks again for its execution, which may be about to be written; in milliseconds. */
const cancelLooksMs = [100, 300, 600];

/** The page of an execution. */
export const pageOf = ({ services }: KnownContext, executionId: string): string =>
  `${services.environment.publicUrl}/executions/${executionId}`;

/** Calls a tool of the organization, as the API executes it. What is refused is a result with an error, for the model to read. */
export async function callTool(
  request: McpRequest,
  { id, definition, offered }: OfferedTool,
  sent: Record<string, unknown>,
  server: ServerContext,
): Promise<CallToolResult> {
  const { context, procedures, session, left, leavingCancels } = request;
  const until = performance.now() + longestWaitMs;
  const ended = new AbortController();
  const over = AbortSignal.any([ended.signal, server.mcpReq.signal]);
  try {
    const meta = metaSchema.parse(server.mcpReq._meta ?? {});
    const key = meta['interlock/idempotencyKey'] ?? callKey(context, session, server.mcpReq.id);
    const find = () => executionOf(context, key);
    if (leavingCancels) left.addEventListener('abort', () => void cancelCall(context, key), { once: true });
    reportProgress(server, procedures, find, over).catch((error: unknown) =>
      context.services.log.debug({ err: error }, 'The progress of a call could not be told'),
    );
    const first = await procedures.tools.execute({
      id,
      payload: inputOf(definition.inputSchema, sent),
      idempotencyKey: key,
      exceptionId: meta['interlock/exceptionId'],
      previewDigest: meta['interlock/previewDigest'],
    });
    const execution = await waitForEnd(procedures, first, until, AbortSignal.any([over, request.stopping]));
    return await resultOf(execution, offered.outputSchema, pageOf(context, execution.id));
  } catch (error) {
    return refusalOf(toInterlockError(error));
  } finally {
    ended.abort();
  }
}

/** Cancels the caller's own call with this key, which they may as they may make it. What has ended stays as it is. */
export async function cancelCall(context: KnownContext, key: string): Promise<void> {
  const { services, identity, requestId } = context;
  try {
    authorize(identity, 'tools.execute');
    let executionId = await executionOf(context, key);
    for (const ms of cancelLooksMs) {
      if (executionId !== null) break;
      await sleep(ms);
      executionId = await executionOf(context, key);
    }
    if (executionId === null) return;
    // A client may choose the key of its call, and another caller may have used it before.
    const { actor } = await services.executor.get(identity, executionId);
    if (actor.id === identity.actor.id) await services.executor.cancel({ identity, executionId, requestId });
  } catch (error) {
    services.log.info({ err: error }, 'A call was not cancelled');
  }
}
