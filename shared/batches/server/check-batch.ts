import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { ExecutionContext } from '../../executions/server/execution-context.ts';
import { callDigest, callFacts, prepareCall } from '../../executions/server/prepare-execution.ts';
import type { PreparedCall } from '../../executions/server/prepared-call.ts';
import { authorizeTool, type Identity } from '../../identity/roles.ts';
import { InterlockError, type Issue } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import type { JsonObject, JsonValue } from '../../platform/json.ts';
import { inLanes } from '../../platform/server/in-lanes.ts';
import type { PolicyDecision } from '../../policies/policy-schemas.ts';
import { decideWithoutCount, judgeCall } from '../../policies/server/judge-call.ts';
import { findToolIds } from '../../tools/db/tool-names.ts';
import { type LoadedTool, loadToolOn } from '../../tools/server/tool-service.ts';
import { type BatchInput, maxCalls } from '../batch-schemas.ts';
import { readGraph } from './batch-graph.ts';
import { callsOf } from './read-calls.ts';
import { typedBySchema } from './read-rows.ts';
import type { SentCall } from './sent-call.ts';
import type { StoredCall } from './stored-batch.ts';

/** A call that may be made as things are. */
export interface CheckedCall {
  sent: SentCall;
  tool: LoadedTool;
  needs: string[];
  /** Null: its payload is known later. */
  prepared: { call: PreparedCall; policy: PolicyDecision } | null;
}

/** Whoever makes the calls. */
export type Checker = Pick<Identity, 'tenantId' | 'roles' | 'limits'>;

const lanes = 16;

/**
 * Checks every call of a batch before any is made.
 * @throws InterlockError `invalid_input` with every issue at its place, `forbidden`, or `denied` when only policies refuse
 */
export async function checkBatch(
  services: ExecutionContext,
  identity: Checker,
  input: BatchInput,
): Promise<CheckedCall[]> {
  const { calls, issues } = await callsOf(input, identity.tenantId);
  issues.push(...shapeIssues(calls));
  if (issues.length > 0) refuse(issues);
  const tools = await loadTools(services, identity, calls);
  for (const call of calls) issues.push(...toolIssues(call, tools.get(call)));
  if (issues.length > 0) refuse(issues);
  for (const call of calls) {
    const { toolId, definition } = tools.get(call)!;
    authorizeTool(identity, toolId);
    if (call.fromText) call.payload = typedBySchema(call.payload, definition.inputSchema);
    // What a row is about, for this tool.
    if (call.ofRow && call.key !== null) call.key = `row/${toolId}/${call.key}`;
  }
  const { links, issues: found } = await readGraph(
    calls.map((call) => {
      const { inputSchema, outputSchema } = tools.get(call)!.definition;
      return { ...call, inputSchema, outputSchema: outputSchema ?? null };
    }),
    identity.tenantId,
  );
  if (found.length > 0) refuse(found);
  const checked = calls.map((sent): CheckedCall & { later: boolean } => ({
    sent,
    tool: tools.get(sent)!,
    ...links.get(sent.id)!,
    prepared: null,
  }));
  const denied: Issue[] = [];
  let policyId: string | null = null;
  await inLanes(
    lanes,
    checked.filter(({ later }) => !later),
    async (call) => {
      try {
        call.prepared = await prepare(services, identity, call);
      } catch (error) {
        if (!(error instanceof InterlockError) || error.code === 'internal') throw error;
        issues.push(...locate(call.sent, error));
        return;
      }
      const { policy } = call.prepared;
      if (policy.effect !== 'deny') return;
      policyId ??= policy.policyId;
      denied.push({ path: call.sent.path, message: policy.reason, keyword: 'denied' });
    },
  );
  if (issues.length > 0) refuse([...issues, ...denied]);
  if (denied.length > 0)
    throw new InterlockError(
      'denied',
      `Policies deny ${denied.length} of ${calls.length} calls. Nothing was started.`,
      {
        issues: denied,
        ...(policyId !== null && { details: { policyId } }),
      },
    );
  return checked;
}

function refuse(issues: Issue[]): never {
  const first = [...issues].slice(0, 200);
  throw new InterlockError('invalid_input', 'The batch does not hold together. Nothing was started.', {
    issues: first,
  });
}

function shapeIssues(calls: readonly SentCall[]): Issue[] {
  if (calls.length === 0) return [{ path: '/calls', message: 'needs a call', keyword: 'minItems' }];
  if (calls.length > maxCalls)
    return [
      { path: '/calls', message: `has ${calls.length} calls, more than ${maxCalls}`, keyword: 'maxItems' },
    ];
  const seen = new Set<string>();
  return calls.flatMap(({ id, path, tool, toolId }) => {
    const issues: Issue[] = [];
    if (seen.has(id)) issues.push({ path: `${path}/id`, message: `${id} is used twice`, keyword: 'unique' });
    seen.add(id);
    if ((tool === undefined) === (toolId === undefined))
      issues.push({ path: `${path}/tool`, message: 'needs either tool or toolId', keyword: 'tool' });
    return issues;
  });
}

async function loadTools(
  { db }: ExecutionContext,
  { tenantId }: Checker,
  calls: readonly SentCall[],
): Promise<Map<SentCall, LoadedTool | null>> {
  return db.tenant(tenantId, async (connection) => {
    const names = [...new Set(calls.flatMap(({ tool }) => tool ?? []))];
    const ids = names.length === 0 ? new Map<string, string>() : await findToolIds(connection, names);
    const loaded = new Map<string, LoadedTool | null>();
    const found = new Map<SentCall, LoadedTool | null>();
    for (const call of calls) {
      const id = call.toolId ?? ids.get(call.tool!);
      if (id !== undefined && !loaded.has(id))
        loaded.set(id, isUuid(id) ? await loadToolOn(connection, id) : null);
      found.set(call, (id !== undefined && loaded.get(id)) || null);
    }
    return found;
  });
}

function toolIssues(call: SentCall, tool: LoadedTool | null | undefined): Issue[] {
  const path = `${call.path}/${call.tool === undefined ? 'toolId' : 'tool'}`;
  if (!tool || tool.archived)
    return [{ path, message: `Tool ${call.tool ?? call.toolId} not found`, keyword: 'tool' }];
  return tool.enabled
    ? []
    : [{ path, message: `${tool.definition.name} is disabled for this organization`, keyword: 'disabled' }];
}

async function prepare(
  services: ExecutionContext,
  identity: Checker,
  { sent, tool }: CheckedCall,
): Promise<NonNullable<CheckedCall['prepared']>> {
  const call = await prepareCall(services, tool, sent.payload);
  const judged = await judgeCall(services, tool, call.input, { roles: identity.roles, at: new Date() });
  return { call, policy: await decideWithoutCount(services, identity.tenantId, judged) };
}

function locate({ path, payloadPath }: SentCall, { message, issues }: InterlockError): Issue[] {
  return issues?.length
    ? issues.map((issue) => ({ ...issue, path: payloadPath + issue.path }))
    : [{ path, message, keyword: 'call' }];
}

/** 64 hex digits that bind a batch to what was previewed: every call, and what happens after a failure. */
export function batchDigest(
  { digest }: Pick<ExecutionContext, 'digest'>,
  tenantId: string,
  input: BatchInput,
  calls: readonly CheckedCall[],
  nonce = randomBytes(16).toString('hex'),
): string {
  const facts = calls.map(
    ({ sent, tool, needs, prepared }): JsonValue => [
      sent.id,
      needs,
      sent.when,
      sent.key,
      prepared ? callFacts(prepared.call) : laterFacts(sent, tool),
    ],
  );
  return nonce + digest('preview', [nonce, tenantId, 'batch', input.onFailure, facts]).slice(0, 32);
}

const laterFacts = (
  { payload }: SentCall,
  { toolId, version, connectorRevision }: LoadedTool,
): JsonObject => ({
  toolId,
  version,
  connectorRevision,
  payload,
});

/** @throws InterlockError `preview_changed` */
export function checkBatchDigest(
  services: Pick<ExecutionContext, 'digest'>,
  tenantId: string,
  input: BatchInput,
  calls: readonly CheckedCall[],
  digest: string,
): void {
  const expected = /^[0-9a-f]{64}$/.test(digest)
    ? batchDigest(services, tenantId, input, calls, digest.slice(0, 32))
    : '';
  if (expected !== '' && timingSafeEqual(Buffer.from(expected), Buffer.from(digest))) return;
  throw new InterlockError(
    'preview_changed',
    'The batch has changed since the preview. Nothing was started. Preview it again.',
  );
}

/** @param bound each call must still be the one that was previewed when it is made */
export function storedCall(
  services: Pick<ExecutionContext, 'digest'>,
  { sent, tool, needs, prepared }: CheckedCall,
  bound: boolean,
): StoredCall {
  return {
    id: sent.id,
    toolId: tool.toolId,
    payload: sent.payload,
    needs,
    when: sent.when,
    key: sent.key,
    digest: bound && prepared ? callDigest(services, prepared.call) : null,
  };
}
