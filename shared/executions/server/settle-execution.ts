import type { Identity } from '../../identity/roles.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import { checkStorable, validateAgainst } from '../../platform/server/json-schema.ts';
import { redactSent } from '../../platform/server/redact-large.ts';
import { secretOf, secretTexts } from '../../tools/auth/registry.ts';
import { knownSecrets } from '../../tools/server/open-credential.ts';
import type { LoadedTool } from '../../tools/server/tool-service.ts';
import type { ExecutionRow } from '../db/executions-row.ts';
import { findUnsettled, settleUnknown } from '../db/executions-unknown.ts';
import type { Execution } from '../execution-schemas.ts';
import type { ExecutionContext } from './execution-context.ts';
import { loadExecutionTool } from './execution-tool.ts';
import { toExecution } from './execution-view.ts';
import { mustReadExecution } from './read-executions.ts';

export interface SettleRequest {
  identity: Identity;
  executionId: string;
  happened: boolean;
  /** How it was found out. */
  note: string;
  /** The result, if it happened and is known. */
  output?: JsonValue | undefined;
  requestId: string;
}

/**
 * Records what a person found out about a call of unknown outcome. The same request of the same caller may be repeated.
 * @throws InterlockError `not_found`; `conflict` when the outcome is not unknown, with who settled it; `invalid_input`
 * located at `/output`
 */
export async function settleExecution(
  context: ExecutionContext,
  { identity, executionId, requestId, ...request }: SettleRequest,
): Promise<Execution> {
  const before = await mustReadExecution(context, identity, executionId);
  const { happened } = request;
  const by = identity.actor;
  const tool = await loadExecutionTool(context, before);
  const note = await context.written.note(identity.tenantId, request.note);
  const output = await checkOutput(context, before, tool, request);
  const settlement = { happened, note, by, at: new Date().toISOString(), output };
  const settled = await context.db.tenant(identity.tenantId, (connection) =>
    settleUnknown(connection, before.id, settlement, requestId),
  );
  const after = await mustReadExecution(context, identity, executionId);
  const earlier = after.settlement;
  const repeated = earlier?.by.id === by.id && earlier.happened === happened && earlier.note === note;
  if (!settled && !repeated) throw refusal(after);
  return toExecution(context, after);
}

/** @returns the output as it may be stored */
async function checkOutput(
  context: ExecutionContext,
  row: ExecutionRow,
  tool: LoadedTool | null,
  { happened, output }: Pick<SettleRequest, 'happened' | 'output'>,
): Promise<JsonValue | undefined> {
  if (output === undefined) return undefined;
  if (!happened) {
    const issue = { path: '/output', message: 'must be left out: it did not happen', keyword: 'settle' };
    throw new InterlockError('invalid_input', 'What did not happen has no output.', { issues: [issue] });
  }
  const schema = tool?.definition.outputSchema;
  const unstorable = checkStorable(output);
  const issues =
    unstorable.length > 0 || !schema ? unstorable : await validateAgainst(schema, output, row.tenant_id);
  if (issues.length > 0) {
    throw new InterlockError('invalid_input', 'The output does not match the output schema.', {
      issues: issues.map((issue) => ({ ...issue, path: `/output${issue.path}` })),
    });
  }
  // A response that someone pastes may quote the credential, as a response to Interlock may.
  const credentialId = tool && secretOf(tool.definition.auth).credentialId;
  const own = credentialId
    ? await knownSecrets(context.db, context.vault, { credentialId, ownerId: tool.tenantId })
    : [];
  const texts = tool ? own.flatMap((secret) => secretTexts(tool.definition.auth, secret)) : [];
  const secrets = [...texts, ...(await context.written.secrets(row.tenant_id))];
  const pii = tool && context.personal.ofTool(tool);
  return (await redactSent(output, schema, secrets, row.tenant_id, pii)).value;
}

function refusal({ status, settlement, failure_code }: ExecutionRow): InterlockError {
  if (settlement) {
    const { happened, by, at } = settlement;
    const words = `${by.name} has already settled it: marked as ${happened ? 'done' : 'not done'}.`;
    return new InterlockError('conflict', words, {
      details: { settledBy: { ...by }, settledAt: at, happened },
    });
  }
  const state = failure_code ? `${status} (${failure_code})` : status;
  return new InterlockError(
    'conflict',
    `Only an unknown outcome can be settled. This execution is ${state}.`,
    {
      details: { status },
    },
  );
}

/**
 * @throws InterlockError `unsettled` when the execution, what it reruns, or another rerun of that has an unknown outcome
 * and is not safe to retry
 */
export async function refuseUnsettled(
  { db }: Pick<ExecutionContext, 'db'>,
  { tenantId }: Identity,
  executionId: string,
): Promise<void> {
  const unsettled = await db.tenant(tenantId, (connection) => findUnsettled(connection, executionId));
  if (!unsettled) return;
  const which =
    unsettled === executionId
      ? 'this execution'
      : `execution ${unsettled}, one of its reruns or what it reruns,`;
  throw new InterlockError(
    'unsettled',
    `The outcome of ${which} is unknown, so running it again could act twice. Nothing was sent. Find out whether it happened and settle it first.`,
    { details: { executionId: unsettled } },
  );
}
