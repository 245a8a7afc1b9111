import { v7 as uuidv7 } from 'uuid';
import type { TenantConnection } from '../../platform/db/database.ts';
import { findRequestKey, insertRequestKey } from '../../platform/db/request-keys.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import type { RunRow } from '../db/playbook-runs.ts';
import { findPublishedPlaybook } from '../db/playbook-versions.ts';
import type { RunView } from '../run-schemas.ts';
import { mustReadRun } from './load-runs.ts';
import { noPublishedPlaybook, readInput, startSoon, writePreparedRun } from './prepare-run.ts';
import { readRunView } from './read-runs.ts';
import type { RunChange } from './run-context.ts';
import { readExceptionForExpressions } from './run-scope.ts';

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
  const run = await writeRun(context, request);
  await startSoon(context.services, run);
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
  if (!playbook) throw noPublishedPlaybook();
  const prepared = { playbook, input: await readInput(services, tenantId, playbook, input) };
  return db.tenantTransaction(tenantId, async (connection) => {
    const id = uuidv7();
    if (idempotencyKey !== undefined) {
      const entry = { subjectType, key: idempotencyKey, fingerprint, subjectId: id };
      const isFirst = await insertRequestKey(connection, entry);
      const earlier = isFirst ? null : await knownRun(connection, idempotencyKey, fingerprint);
      if (earlier) return earlier;
    }
    const cause = { actor, person, requestId };
    return writePreparedRun(connection, prepared, { id, exceptionId: exceptionId ?? null }, cause);
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
