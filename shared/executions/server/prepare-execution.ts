import { randomBytes, timingSafeEqual } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { Actor, Role } from '../../identity/roles.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import type { JsonObject, JsonValue } from '../../platform/json.ts';
import type { Json } from '../../platform/json-text.ts';
import { checkSecretCount } from '../../platform/redaction/redact.ts';
import { knowing } from '../../platform/server/pii-rules.ts';
import { carried } from '../../platform/server/redact-large.ts';
import { decideCall, refuseDenied } from '../../policies/server/judge-call.ts';
import { authHosts, secretOf, secretTexts } from '../../tools/auth/registry.ts';
import { renderRequest, targetHosts } from '../../tools/providers/registry.ts';
import { openCredential } from '../../tools/server/open-credential.ts';
import { type LoadedTool, redactInput, validatePayload } from '../../tools/server/tool-service.ts';
import type { NewExecution } from '../db/executions-insert.ts';
import { piiMarkPaths } from '../redacted-paths.ts';
import { admit } from './admit.ts';
import { askApproval } from './ask-approval.ts';
import type { ExecutionContext } from './execution-context.ts';
import { sealInput } from './execution-input.ts';
import { holdCall, type PreparedCall, type TakeCall } from './prepared-call.ts';

/**
 * Makes a call of a definition and an input: validates, renders, opens the secret and redacts. Previews, executions, the
 * tools of steps and the worker's check before it sends all use it.
 * @throws InterlockError `invalid_input` with issues located in the payload; `forbidden` when the credential is
 * missing or not bound to the hosts of the tool
 */
export async function prepareCall(
  context: Pick<ExecutionContext, 'db' | 'vault' | 'personal'>,
  tool: LoadedTool,
  input: JsonValue,
): Promise<PreparedCall> {
  const { definition } = tool;
  const sent = carried(input);
  const issues = await validatePayload(tool, sent);
  if (issues.length > 0) {
    throw new InterlockError(
      'invalid_input',
      `The payload does not match the input schema of ${definition.name}.`,
      { issues },
    );
  }
  refuseMarks(sent);
  const request = renderRequest(definition, input);
  const credential = await openSecret(context, tool, request);
  const known = secretsOf(credential).flatMap((secret) => secretTexts(definition.auth, secret));
  const { value, begun, secrets, pii, changed } = await redactInput(context, tool, sent, known);
  checkSecretCount(secrets);
  return {
    tool,
    input: sent,
    request,
    credential,
    secrets,
    pii: knowing(context.personal.ofTool(tool), pii),
    redactedInput: value,
    ...(begun && { begunInput: begun }),
    changed,
  };
}

/** Every clear value of a credential. */
export function secretsOf(credential: PreparedCall['credential']): string[] {
  if (!credential) return [];
  return [credential.secret, ...(credential.previous ? [credential.previous.secret] : [])];
}

/** What was read from an execution is not what it was called with. @throws InterlockError `invalid_input` */
function refuseMarks(input: Json): void {
  const paths = piiMarkPaths(input);
  if (paths.length === 0) return;
  throw new InterlockError(
    'invalid_input',
    'Some values are redacted personal data, not the data itself. Nothing was sent. Send the values again.',
    {
      issues: paths.map((path) => ({
        path,
        message: 'is redacted: send the value itself',
        keyword: 'redacted',
      })),
    },
  );
}

/** @throws InterlockError `forbidden` */
export async function openSecret(
  { db, vault }: Pick<ExecutionContext, 'db' | 'vault'>,
  { definition, tenantId }: LoadedTool,
  request: PreparedCall['request'],
): Promise<PreparedCall['credential']> {
  const { credentialId } = secretOf(definition.auth);
  if (!credentialId) return null;
  const hosts = authHosts(definition.auth, targetHosts(definition));
  const opened = await openCredential(db, vault, { credentialId, ownerId: tenantId, hosts, request });
  return { credentialId, ...opened };
}

/**
 * Binds an execution to this tenant, version, connector, credential and clear request. Two digests of one call differ, so
 * that no one can find a hidden value by comparing the digests of guesses.
 * @returns 64 hex digits: a nonce, and the keyed digest of it and the call
 */
export function callDigest(context: Pick<ExecutionContext, 'digest'>, call: PreparedCall): string {
  return digestWith(context, call, randomBytes(16).toString('hex'));
}

function digestWith({ digest }: Pick<ExecutionContext, 'digest'>, call: PreparedCall, nonce: string): string {
  return nonce + digest('preview', [nonce, call.tool.loadedForId, callFacts(call)]).slice(0, 32);
}

/** What a digest of a call covers: everything that decides what is sent. */
export function callFacts({ tool, request }: PreparedCall): JsonObject {
  return {
    toolId: tool.toolId,
    version: tool.version,
    connectorRevision: tool.connectorRevision,
    credentialId: secretOf(tool.definition.auth).credentialId ?? null,
    request: request as unknown as JsonValue,
  };
}

/** @throws InterlockError `preview_changed` when the call is no longer the one with this digest */
export function checkDigest(
  context: Pick<ExecutionContext, 'digest'>,
  call: PreparedCall,
  digest: string | null,
): void {
  if (digest === null || isDigestOf(context, call, digest)) return;
  throw new InterlockError('preview_changed', 'The request has changed since the preview. Preview it again.');
}

function isDigestOf(context: Pick<ExecutionContext, 'digest'>, call: PreparedCall, digest: string): boolean {
  if (!/^[0-9a-f]{64}$/.test(digest)) return false;
  const isSame = (expected: string) => timingSafeEqual(Buffer.from(expected), Buffer.from(digest));
  if (isSame(digestWith(context, call, digest.slice(0, 32)))) return true;
  // An execution or a completion that was stored before digests had a nonce may still be open.
  return isSame(context.digest('preview', callFacts(call)));
}

function connectorOf(tool: LoadedTool): NewExecution['connector'] {
  const { connectorId: id, connectorName: name, connectorRevision: revision } = tool;
  return id === null || name === null || revision === null ? null : { id, name, revision };
}

export interface ExecutionRequest {
  /** Left out: a new one. */
  id?: string;
  tool: LoadedTool;
  payload: JsonValue;
  actor: Actor;
  /** That the actor holds. */
  roles: readonly Role[];
  /** The mailbox of the person behind the actor; null when it is unknown. */
  person: string | null;
  exceptionId: string | null;
  /** Of the preview that the caller saw; null when there was none. */
  previewDigest: string | null;
  /** Left out: the version was given, or is the current one. */
  chosenBy?: NewExecution['chosenBy'];
  /** The step that requests it; its run starts the workflow. */
  stepRunId?: string;
  /** It is a call of a batch. */
  inBatch?: boolean;
  idempotency: NewExecution['idempotency'];
  rerunOf: string | null;
  /** Of a draft. Left out: it is none. */
  test?: boolean;
  requestId: string | null;
}

export interface PreparedExecution {
  execution: NewExecution;
  /** For an attempt that begins at once. */
  takeCall: TakeCall;
  /** Call it when the row is written, or will not be. */
  written: () => void;
  /** Call it when nothing was written. */
  giveBack: () => Promise<void>;
}

/**
 * Everything that an execution needs before it is written: checked against the preview, decided by the policies,
 * admitted by the rate limits.
 * @throws InterlockError `invalid_input`, `forbidden`, `preview_changed`, `denied` or `rate_limited`; then nothing was
 * written
 */
export async function prepareExecution(
  context: ExecutionContext,
  tenantId: string,
  request: ExecutionRequest,
): Promise<PreparedExecution> {
  const { tool, payload, stepRunId, previewDigest, person, test = false, ...row } = request;
  const { definition } = tool;
  const call = await prepareCall(context, tool, payload);
  const takeCall = holdCall(call);
  checkDigest(context, call, previewDigest);
  const caller = { roles: request.roles, at: new Date() };
  const { decision, revision, giveBack } = await decideCall(context, tool, call.input, caller);
  refuseDenied(decision);
  const giveUp = async (error: unknown): Promise<never> => {
    await giveBack();
    throw error;
  };
  const approval = await askApproval(context, tenantId, call, decision, person).catch(giveUp);
  const id = request.id ?? uuidv7();
  const inputSealed = call.changed ? await sealInput(context, { id, tenantId }, call.input) : null;
  const execution: NewExecution = {
    ...row,
    id,
    test,
    tool: {
      id: tool.toolId,
      name: definition.name,
      title: definition.title ?? definition.name,
      version: tool.version,
    },
    toolState: { currentVersion: tool.currentVersion, trial: tool.trial },
    connector: connectorOf(tool),
    stepRunId,
    input: call.redactedInput,
    inputSealed,
    redactionRevision: tool.pii.revision,
    // It begins later: it must still be the request that was accepted, or is shown to those who approve it.
    previewDigest: previewDigest ?? (stepRunId || approval ? callDigest(context, call) : null),
    maxAttempts: definition.retry.maxAttempts,
    deadlineMs: definition.deadlineMs,
    policy: decision.policyId === null ? null : decision,
    policyRevision: revision,
    limitsRevision: tool.limits.revision,
    approval,
  };
  // Last: from now on it must be written or given up.
  const written = await admit(context, tenantId, tool, { waits: approval !== null }).catch(giveUp);
  return { execution, takeCall, written, giveBack };
}
