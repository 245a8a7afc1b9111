import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../../identity/roles.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import { checkSecretCount } from '../../platform/redaction/redact.ts';
import { checkStorable, validateAgainst } from '../../platform/server/json-schema.ts';
import { redactSent } from '../../platform/server/redact-large.ts';
import { insertRun, isRunOpen, type RunRow } from '../db/playbook-runs.ts';
import { findPublishedPlaybook, type PublishedPlaybook } from '../db/playbook-versions.ts';
import { followRun } from './follow-run.ts';
import type { PlaybookContext } from './run-context.ts';
import { startRunWorkflow } from './run-workflow.ts';
import { tellRun } from './tell.ts';

/** What a run is started with, checked before the transaction that writes it. */
export interface PreparedRun {
  playbook: PublishedPlaybook;
  /** Redacted. */
  input: JsonValue;
}

export const noPublishedPlaybook = () => new InterlockError('not_found', 'Published playbook not found.');

/** @throws InterlockError `not_found` or `invalid_input` */
export async function prepareRun(
  services: PlaybookContext,
  tenantId: string,
  playbookId: string,
  input: JsonValue,
): Promise<PreparedRun> {
  const playbook = await services.db.tenant(tenantId, (connection) =>
    findPublishedPlaybook(connection, playbookId),
  );
  if (!playbook) throw noPublishedPlaybook();
  return { playbook, input: await readInput(services, tenantId, playbook, input) };
}

/** The input as it is stored. @throws InterlockError `invalid_input` */
export async function readInput(
  services: PlaybookContext,
  tenantId: string,
  { document: { inputSchema } }: PublishedPlaybook,
  input: JsonValue,
): Promise<JsonValue> {
  const unstorable = checkStorable(input);
  const issues = unstorable.length > 0 ? unstorable : await validateAgainst(inputSchema, input, tenantId);
  if (issues.length > 0)
    throw new InterlockError('invalid_input', 'The input does not match the input schema of the playbook.', {
      issues: issues.map((issue) => ({ ...issue, path: `/input${issue.path}` })),
    });
  const [vaulted, marks] = await Promise.all([
    services.written.secrets(tenantId),
    services.personal.ofMarks(tenantId),
  ]);
  const { value: redacted, secrets } = await redactSent(input, inputSchema, vaulted, tenantId, marks);
  checkSecretCount(secrets);
  return redacted;
}

/** Who starts a run, and because of what. */
export interface RunCause {
  actor: Actor;
  person: string | null;
  requestId: string;
  /** Facts for the first event. */
  data?: Record<string, unknown>;
}

/** Writes the run with its event. Its workflow is owed from the commit on: `startSoon` starts it, else the reconciler. */
export async function writePreparedRun(
  connection: TenantConnection,
  { playbook, input }: PreparedRun,
  { id = uuidv7(), exceptionId }: { id?: string; exceptionId: string | null },
  { actor, person, requestId, data = {} }: RunCause,
): Promise<RunRow> {
  const run = await insertRun(connection, { id, playbook, exceptionId, parent: null, input, actor, person });
  await tellRun(connection, run, 'PlaybookRunStarted', { actor, requestId }, data);
  await followRun(connection, run, playbook.document, 'started', { actor, requestId });
  return run;
}

/** Starts the workflow of a run unless that has happened. What cannot be started now, the reconciler starts. */
export async function startSoon(services: PlaybookContext, run: RunRow): Promise<void> {
  if (run.workflow_started_at || !isRunOpen(run)) return;
  await startRunWorkflow(services, run).catch(({ message }: Error) =>
    services.log.warn({ runId: run.id, reason: message }, 'starting a run failed and will be retried'),
  );
}
