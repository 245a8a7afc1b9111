import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import { v7 as uuidv7 } from 'uuid';
import { searchAttributes } from '../../executions/execution-contract.ts';
import type { ExecutionServices } from '../../executions/server/execution-services.ts';
import type { Identity } from '../../identity/roles.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { findRequestKey, insertRequestKey } from '../../platform/db/request-keys.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import { createSecretRedactor, redactBySchema } from '../../platform/redaction/redaction.ts';
import { checkStorable, validateAgainst } from '../../platform/server/json-schema.ts';
import { within } from '../../platform/server/temporal/within.ts';
import { insertRun, type RunRow } from '../db/playbook-runs.ts';
import { findPublishedPlaybook, type PublishedPlaybook } from '../db/playbooks.ts';
import { type RunPlaybookArgs, runPlaybookWorkflowName, runWorkflowId } from '../playbook-contract.ts';
import { mustReadRun } from './load-runs.ts';
import type { PlaybookContext } from './run-context.ts';
import { readExceptionForExpressions } from './run-scope.ts';
import { tellRun } from './tell.ts';

export interface StartRunRequest {
  identity: Identity;
  playbookId: string;
  exceptionId?: string | undefined;
  input?: JsonValue | undefined;
  idempotencyKey?: string | undefined;
}

/**
 * Writes a run. Its workflow is started afterwards, by this request or by the sweep.
 * @throws InterlockError `not_found`, `invalid_input`, `idempotency_conflict`; then nothing was written
 */
export async function writeRun(context: PlaybookContext, request: StartRunRequest): Promise<RunRow> {
  const { identity, exceptionId, idempotencyKey } = request;
  const { tenantId } = identity;
  const input = request.input ?? {};
  const fingerprint = context.digest('idempotency', [
    'playbook_run',
    request.playbookId,
    exceptionId ?? null,
    input,
  ]);
  const known =
    idempotencyKey === undefined
      ? null
      : await context.db.tenant(tenantId, (connection) => knownRun(connection, idempotencyKey, fingerprint));
  if (known) return known;
  // Validated before the transaction: others with the same key wait for it.
  const playbook = await context.db.tenant(tenantId, async (connection) => {
    if (exceptionId !== undefined) await readExceptionForExpressions(connection, exceptionId);
    return findPublishedPlaybook(connection, request.playbookId);
  });
  if (!playbook) throw new InterlockError('not_found', 'Published playbook not found.');
  checkInput(playbook, input);
  const marked = redactBySchema(input, playbook.document.inputSchema);
  const redacted = createSecretRedactor(marked.secrets).json(marked.value);
  return context.db.tenantTransaction(tenantId, async (connection) => {
    const id = uuidv7();
    if (idempotencyKey !== undefined) {
      const entry = { subjectType, key: idempotencyKey, fingerprint, subjectId: id };
      const isFirst = await insertRequestKey(connection, entry);
      const taken = isFirst ? null : await knownRun(connection, idempotencyKey, fingerprint);
      if (taken) return taken;
    }
    const run = await insertRun(connection, {
      id,
      playbook,
      exceptionId: exceptionId ?? null,
      parent: null,
      input: redacted,
      actor: identity.actor,
      person: identity.person,
    });
    await tellRun(connection, run, 'PlaybookRunStarted', identity.actor, {});
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

function checkInput({ document }: PublishedPlaybook, input: JsonValue): void {
  const unstorable = checkStorable(input);
  const issues = unstorable.length > 0 ? unstorable : validateAgainst(document.inputSchema, input);
  if (issues.length === 0) return;
  throw new InterlockError('invalid_input', 'The input does not match the input schema of the playbook.', {
    issues: issues.map((issue) => ({ ...issue, path: `/input${issue.path}` })),
  });
}

const startDeadlineMs = 2000;

/**
 * Starts the workflow of a run. Doing it again changes nothing.
 * @returns false when a workflow with this id has run and is closed
 * @throws within about two seconds when Temporal is unreachable
 */
export async function startRunWorkflow(
  services: Pick<ExecutionServices, 'environment' | 'temporal'>,
  run: RunRow,
): Promise<boolean> {
  const { client } = services.temporal;
  const args: RunPlaybookArgs = {
    tenantId: run.tenant_id,
    runId: run.id,
    historyLimit: services.environment.INTERLOCK_RUN_HISTORY_LIMIT,
  };
  try {
    await within(client, startDeadlineMs, () =>
      client.workflow.start(runPlaybookWorkflowName, {
        taskQueue: services.environment.INTERLOCK_TASK_QUEUE,
        workflowId: runWorkflowId({ playbookName: run.playbook_name, id: run.id }),
        args: [args],
        requestEagerStart: true,
        workflowIdConflictPolicy: 'USE_EXISTING',
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        typedSearchAttributes: new TypedSearchAttributes([
          { key: searchAttributes.tenantId, value: run.tenant_id },
          { key: searchAttributes.playbookId, value: run.playbook_id },
          ...(run.exception_id ? [{ key: searchAttributes.exceptionId, value: run.exception_id }] : []),
        ]),
        staticSummary: `${run.playbook_title} v${run.playbook_version}`,
        staticDetails: `[Open in Interlock](${services.environment.publicUrl}/playbook-runs/${run.id})`,
        priority: { fairnessKey: run.tenant_id },
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}
