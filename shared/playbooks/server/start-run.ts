import { v7 as uuidv7 } from 'uuid';
import type { TenantConnection } from '../../platform/db/database.ts';
import { findRequestKey, insertRequestKey } from '../../platform/db/request-keys.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import { checkSecretCount } from '../../platform/redaction/redact.ts';
import { checkStorable, validateAgainst } from '../../platform/server/json-schema.ts';
import { redactSent } from '../../platform/server/redact-large.ts';
import { insertRun, isRunOpen, type RunRow } from '../db/playbook-runs.ts';
import { findPublishedPlaybook, type PublishedPlaybook } from '../db/playbook-versions.ts';
import type { RunView } from '../run-schemas.ts';
import { mustReadRun } from './load-runs.ts';
import { readRunView } from './read-runs.ts';
import type { RunChange } from './run-context.ts';
import { readExceptionForExpressions } from './run-scope.ts';
import { startRunWorkflow } from './run-workflow.ts';
import { tellRun } from './tell.ts';

export interface StartRunRequest {
  playbookId: string;
  exceptionId?: string | undefined;
  input?: JsonValue | undefined;
  idempotencyKey?: string | undefined;
}

/**
 * Starts a run of a published playbook.
 * @throws InterlockError `not_found`, `invalid_input`, `idempotency_conflict`; then nothing was written
 */
export async function startRun(context: RunChange, request: StartRunRequest): Promise<RunView> {
  const { services } = context;
  const run = await writeRun(context, request);
  if (!run.workflow_started_at && isRunOpen(run)) {
    // The sweep starts runs that could not be started now.
    await startRunWorkflow(services, run).catch(({ message }: Error) =>
      services.log.warn({ runId: run.id, reason: message }, 'starting a run failed and will be retried'),
    );
  }
  return readRunView(context, run.id);
}

async function writeRun(
  { services, identity, requestId }: RunChange,
  request: StartRunRequest,
): Promise<RunRow> {
  const { playbookId, exceptionId, idempotencyKey, input = {} } = request;
  const { db, digest } = services;
  const { tenantId, actor, person } = identity;
  const fingerprint = digest('idempotency', ['playbook_run', playbookId, exceptionId ?? null, input]);
  const known =
    idempotencyKey === undefined
      ? null
      : await db.tenant(tenantId, (connection) => knownRun(connection, idempotencyKey, fingerprint));
  if (known) return known;
  // Validated before the transaction: others with the same key wait for it.
  const playbook = await db.tenant(tenantId, async (connection) => {
    if (exceptionId !== undefined) await readExceptionForExpressions(connection, exceptionId);
    return findPublishedPlaybook(connection, playbookId);
  });
  if (!playbook) throw new InterlockError('not_found', 'Published playbook not found.');
  await checkInput(tenantId, playbook, input);
  const [vaulted, marks] = await Promise.all([
    services.written.secrets(tenantId),
    services.personal.ofMarks(tenantId),
  ]);
  const { inputSchema } = playbook.document;
  const { value: redacted, secrets } = await redactSent(input, inputSchema, vaulted, tenantId, marks);
  checkSecretCount(secrets);
  return db.tenantTransaction(tenantId, async (connection) => {
    const id = uuidv7();
    if (idempotencyKey !== undefined) {
      const entry = { subjectType, key: idempotencyKey, fingerprint, subjectId: id };
      const isFirst = await insertRequestKey(connection, entry);
      const earlier = isFirst ? null : await knownRun(connection, idempotencyKey, fingerprint);
      if (earlier) return earlier;
    }
    const run = await insertRun(connection, {
      id,
      playbook,
      exceptionId: exceptionId ?? null,
      parent: null,
      input: redacted,
      actor,
      person,
    });
    await tellRun(connection, run, 'PlaybookRunStarted', { actor, requestId }, {});
    return run;
  });
}

const subjectType = 'playbook_run';

/** The run of an earlier request with this key. @throws InterlockError `idempotency_conflict` */
async function knownRun(
  connection: TenantConnection,
  key: string,
  fingerprint: string,
): Promise<RunRow | null> {
  const known = await findRequestKey(connection, subjectType, key);
  if (!known) return null;
  if (known.fingerprint !== fingerprint)
    throw new InterlockError('idempotency_conflict', 'This Idempotency-Key was used for another run.');
  return mustReadRun(connection, known.subjectId);
}

async function checkInput(
  tenantId: string,
  { document }: PublishedPlaybook,
  input: JsonValue,
): Promise<void> {
  const unstorable = checkStorable(input);
  const issues =
    unstorable.length > 0 ? unstorable : await validateAgainst(document.inputSchema, input, tenantId);
  if (issues.length === 0) return;
  throw new InterlockError('invalid_input', 'The input does not match the input schema of the playbook.', {
    issues: issues.map((issue) => ({ ...issue, path: `/input${issue.path}` })),
  });
}
