import type { Role } from '../../identity/roles.ts';
import type { JsonValue } from '../../platform/json.ts';
import { createSecretRedactor } from '../../platform/redaction/redaction.ts';
import { decideWithoutCount, judgeCall } from '../../policies/server/judge-call.ts';
import { retrySafety } from '../../tools/providers/registry.ts';
import type { LoadedTool } from '../../tools/server/tool-service.ts';
import type { Preview } from '../execution-schemas.ts';
import type { ExecutionContext } from './execution-context.ts';
import { callDigest, prepareCall } from './prepare-execution.ts';
import type { PreparedCall } from './prepared-call.ts';
import { shownRequest } from './shown-request.ts';

/**
 * The request of a payload with every secret replaced, and what the policies say about it.
 * @param roles of who would execute it
 * @throws InterlockError `invalid_input` or `forbidden`
 */
export async function previewOf(
  context: ExecutionContext,
  tool: LoadedTool,
  payload: JsonValue,
  roles: readonly Role[],
): Promise<Preview> {
  const call = await prepareCall(context, tool, payload);
  const judged = await judgeCall(context, tool, call.input, { roles, at: new Date() });
  return {
    digest: callDigest(context, call),
    ...shownCall(call),
    policy: await decideWithoutCount(context, tool.loadedForId, judged),
  };
}

/** A call as it would be sent, with every secret replaced. */
export function shownCall(call: PreparedCall): Omit<Preview, 'digest' | 'policy'> {
  const { tool, credential } = call;
  const { definition } = tool;
  const { body, bodyType, ...request } = shownRequest(call, createSecretRedactor(call.secrets));
  return {
    toolId: tool.toolId,
    toolVersion: tool.version,
    request: { ...request, ...(body === undefined ? {} : { body, bodyType }) },
    credential: credential && {
      id: credential.credentialId,
      name: credential.name,
      type: definition.auth.type,
    },
    timeoutMs: definition.timeoutMs,
    deadlineMs: definition.deadlineMs,
    maxAttempts: definition.retry.maxAttempts,
    repeatPolicy: retrySafety(definition).words,
  };
}
