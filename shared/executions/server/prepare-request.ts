import { InterlockError } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import { createSecretRedactor, redactionMark } from '../../platform/redaction/redaction.ts';
import { checkStorable } from '../../platform/server/json-schema.ts';
import { placeAuth } from '../../tools/auth/place-auth.ts';
import { renderRequest, retrySafety } from '../../tools/providers/registry.ts';
import type { RenderedRequest } from '../../tools/providers/rendered-request.ts';
import { redact, validatePayload } from '../../tools/server/tool-service.ts';
import type { Preview } from '../execution-schemas.ts';
import { type ExecutionContext, type ExecutionTool, openSecret, requestDigest } from './execution-tool.ts';
import type { PreparedCall } from './outcomes.ts';

/** @throws InterlockError `invalid_input` for what PostgreSQL or the code behind it cannot hold */
export function checkPayload(payload: JsonValue): void {
  const issues = checkStorable(payload);
  if (issues.length > 0)
    throw new InterlockError('invalid_input', 'The payload cannot be stored.', { issues });
}

export interface PreparedRequest {
  call: PreparedCall;
  /** Binds a run to exactly this request of this version. */
  digest: () => string;
  redactedInput: JsonValue;
  /** Whether redaction changed anything, so that the clear input has to be kept elsewhere. */
  changed: boolean;
  secrets: string[];
  credential: Preview['credential'];
}

/**
 * Validates a payload, renders its request and redacts it: all that is known before anything is stored.
 * @throws InterlockError `invalid_input` with issues located in the payload
 */
export async function prepareRequest(
  context: ExecutionContext,
  tool: ExecutionTool,
  payload: JsonValue,
): Promise<PreparedRequest> {
  const { definition } = tool;
  const issues = validatePayload(tool, payload);
  if (issues.length > 0) {
    throw new InterlockError(
      'invalid_input',
      `The payload does not match the input schema of ${definition.name}.`,
      { issues },
    );
  }
  const request = renderRequest(definition, payload);
  const credential = await openSecret(context, tool);
  const { value, secrets, changed } = redact(tool, 'input', payload, credential ? [credential.secret] : []);
  return {
    call: { tool, input: payload, request, secret: credential, checkedAt: performance.now() },
    digest: () => requestDigest(context, tool, request),
    redactedInput: value,
    changed,
    secrets,
    credential: credential && {
      id: credential.credentialId,
      name: credential.name,
      type: definition.auth.type,
    },
  };
}

/** The request of a payload with every secret replaced. */
export async function previewOf(
  context: ExecutionContext,
  tool: ExecutionTool,
  payload: JsonValue,
): Promise<Preview> {
  const { definition } = tool;
  const prepared = await prepareRequest(context, tool, payload);
  const shown = createSecretRedactor(prepared.secrets).json(
    redactedRender(tool, prepared) as unknown as JsonValue,
  );
  const { method, url, headers, body, bodyType } = placeAuth(
    definition.auth,
    null,
    shown as unknown as RenderedRequest,
  );
  return {
    digest: prepared.digest(),
    toolId: tool.toolId,
    toolVersion: tool.version,
    request: {
      method,
      url: url.replaceAll(encodeURIComponent(redactionMark), redactionMark),
      headers,
      ...(body === undefined ? {} : { body, bodyType }),
    },
    credential: prepared.credential,
    timeoutMs: definition.timeoutMs,
    deadlineMs: definition.deadlineMs,
    maxAttempts: definition.retry.maxAttempts,
    repeatPolicy: retrySafety(definition).words,
  };
}

/** Rendering what is redacted already hides even a secret too short to be found in a text. */
function redactedRender(
  tool: ExecutionTool,
  { call: { request }, redactedInput, changed }: PreparedRequest,
): RenderedRequest {
  if (!changed) return request;
  try {
    return renderRequest(tool.definition, redactedInput);
  } catch (error) {
    // The mark does not fit where the secret does (a header's own rules, a path).
    if (error instanceof InterlockError) return request;
    throw error;
  }
}
