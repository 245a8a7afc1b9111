import { InterlockError } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import { createSecretRedactor, redactionMark } from '../../platform/redaction/redaction.ts';
import { placeAuth } from '../../tools/auth/place-auth.ts';
import { renderRequest, retrySafety } from '../../tools/providers/registry.ts';
import type { RenderedRequest } from '../../tools/providers/rendered-request.ts';
import type { LoadedTool } from '../../tools/server/tool-service.ts';
import type { Preview } from '../execution-schemas.ts';
import type { ExecutionContext } from './execution-context.ts';
import { callDigest, prepareCall } from './prepare-execution.ts';
import type { PreparedCall } from './prepared-call.ts';

/**
 * The request of a payload with every secret replaced.
 * @throws InterlockError `invalid_input` or `forbidden`
 */
export async function previewOf(
  context: ExecutionContext,
  tool: LoadedTool,
  payload: JsonValue,
): Promise<Preview> {
  const call = await prepareCall(context, tool, payload);
  return { digest: callDigest(context, call), ...shownCall(call) };
}

/** A call as it would be sent, with every secret replaced. */
export function shownCall(call: PreparedCall): Omit<Preview, 'digest'> {
  const { tool, credential } = call;
  const { definition } = tool;
  const shown = createSecretRedactor(call.secrets).json(redactedRender(call) as unknown as JsonValue);
  const { method, url, headers, body, bodyType } = placeAuth(
    definition.auth,
    null,
    shown as unknown as RenderedRequest,
  );
  return {
    toolId: tool.toolId,
    toolVersion: tool.version,
    request: {
      method,
      url: url.replaceAll(encodeURIComponent(redactionMark), redactionMark),
      headers,
      ...(body === undefined ? {} : { body, bodyType }),
    },
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

/** Rendering the redacted input also hides secrets that are too short to be found in a text. */
function redactedRender({ tool, request, redactedInput, changed }: PreparedCall): RenderedRequest {
  if (!changed) return request;
  try {
    return renderRequest(tool.definition, redactedInput);
  } catch (error) {
    // The redaction mark is not valid where the secret is (a header's own rules, a path).
    if (error instanceof InterlockError) return request;
    throw error;
  }
}
