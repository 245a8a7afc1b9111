import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../../identity/roles.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import { checkStorable } from '../../platform/server/json-schema.ts';
import { authHosts, secretOf } from '../../tools/auth/registry.ts';
import { renderRequest, targetHosts } from '../../tools/providers/registry.ts';
import { openCredential } from '../../tools/server/credential-store.ts';
import { type LoadedTool, redactInput, validatePayload } from '../../tools/server/tool-service.ts';
import type { NewExecution } from '../db/executions-insert.ts';
import { admit } from './admit.ts';
import type { ExecutionContext } from './execution-context.ts';
import { sealInput } from './execution-input.ts';
import { holdCall, type PreparedCall, type TakeCall } from './prepared-call.ts';

/** @throws InterlockError `invalid_input` for values that PostgreSQL cannot store */
export function checkPayload(payload: JsonValue): void {
  const issues = checkStorable(payload);
  if (issues.length > 0)
    throw new InterlockError('invalid_input', 'The payload cannot be stored.', { issues });
}

/**
 * Makes a call of a definition and an input: validates, renders, opens the secret and redacts. Previews, executions, the
 * tools of steps and the worker's check before it sends all use it.
 * @throws InterlockError `invalid_input` with issues located in the payload; `forbidden` when the credential is
 * missing or not bound to the hosts of the tool
 */
export async function prepareCall(
  context: Pick<ExecutionContext, 'db' | 'vault'>,
  tool: LoadedTool,
  input: JsonValue,
): Promise<PreparedCall> {
  const { definition } = tool;
  const issues = await validatePayload(tool, input);
  if (issues.length > 0) {
    throw new InterlockError(
      'invalid_input',
      `The payload does not match the input schema of ${definition.name}.`,
      { issues },
    );
  }
  const request = renderRequest(definition, input);
  const credential = await openSecret(context, tool);
  const { value, secrets, changed } = redactInput(tool, input, credential ? [credential.secret] : []);
  return { tool, input, request, credential, secrets, redactedInput: value, changed };
}

async function openSecret(
  { db, vault }: Pick<ExecutionContext, 'db' | 'vault'>,
  { definition, tenantId }: LoadedTool,
): Promise<PreparedCall['credential']> {
  const { credentialId } = secretOf(definition.auth);
  if (!credentialId) return null;
  const hosts = authHosts(definition.auth, targetHosts(definition));
  return { credentialId, ...(await openCredential(db, vault, { credentialId, ownerId: tenantId, hosts })) };
}

/** Binds an execution to this version, connector, credential and clear request. */
export function callDigest(
  { digest }: Pick<ExecutionContext, 'digest'>,
  { tool, request }: PreparedCall,
): string {
  return digest('preview', {
    toolId: tool.toolId,
    version: tool.version,
    connectorRevision: tool.connectorRevision,
    credentialId: secretOf(tool.definition.auth).credentialId ?? null,
    request: request as unknown as JsonValue,
  });
}

/** @throws InterlockError `preview_changed` when the call is no longer the one with this digest */
export function checkDigest(
  context: Pick<ExecutionContext, 'digest'>,
  call: PreparedCall,
  digest: string | null,
): void {
  if (digest === null || digest === callDigest(context, call)) return;
  throw new InterlockError('preview_changed', 'The request has changed since the preview. Preview it again.');
}

export interface ExecutionRequest {
  tool: LoadedTool;
  payload: JsonValue;
  actor: Actor;
  exceptionId: string | null;
  /** Of the preview that the caller saw; null when there was none. */
  previewDigest: string | null;
  /** The step that requests it; its run starts the workflow. */
  stepRunId?: string;
  idempotency: NewExecution['idempotency'];
  rerunOf: string | null;
  requestId: string | null;
}

/**
 * Everything that an execution needs before it is written: checked against the preview, admitted by the rate limit.
 * @returns the row, and the call for an attempt that begins at once
 * @throws InterlockError `invalid_input`, `forbidden`, `preview_changed` or `rate_limited`; then nothing was written
 */
export async function prepareExecution(
  context: ExecutionContext,
  tenantId: string,
  request: ExecutionRequest,
): Promise<{ execution: NewExecution; takeCall: TakeCall }> {
  const { tool, payload, stepRunId, previewDigest, ...row } = request;
  const { definition } = tool;
  const call = await prepareCall(context, tool, payload);
  const takeCall = holdCall(call);
  checkDigest(context, call, previewDigest);
  await admit(context.db, tenantId, tool);
  const id = uuidv7();
  const execution: NewExecution = {
    ...row,
    id,
    tool: {
      id: tool.toolId,
      name: definition.name,
      title: definition.title ?? definition.name,
      version: tool.version,
    },
    stepRunId,
    input: call.redactedInput,
    inputSealed: call.changed ? await sealInput(context, { id, tenantId }, payload) : null,
    // The run of a step starts it later: it must still be the request that was accepted.
    previewDigest: previewDigest ?? (stepRunId ? callDigest(context, call) : null),
    maxAttempts: definition.retry.maxAttempts,
    deadlineMs: definition.deadlineMs,
  };
  return { execution, takeCall };
}
