import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import { v7 as uuidv7 } from 'uuid';
import { searchAttributes } from '../../executions/execution-contract.ts';
import type { ExecutionServices } from '../../executions/server/execution-services.ts';
import type { Identity } from '../../identity/roles.ts';
import { findRequestKey, insertRequestKey } from '../../platform/db/request-keys.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import type { JsonValue } from '../../platform/json.ts';
import { createSecretRedactor, redactBySchema } from '../../platform/redaction/redaction.ts';
import { checkStorable, validateAgainst } from '../../platform/server/json-schema.ts';
import { within } from '../../platform/server/temporal/within.ts';
import { insertRun, type RunRow } from '../db/playbook-runs.ts';
import { findPublishedPlaybook } from '../db/playbooks.ts';
import { type RunPlaybookArgs, runPlaybookWorkflowName, runWorkflowId } from '../playbook-contract.ts';
import { mustReadRun } from './load-runs.ts';
import type { PlaybookContext } from './run-context.ts';
import { tellRun } from './tell.ts';

export interface StartRunRequest {
  identity: Identity;
  playbookId: string;
  exceptionId?: string | undefined;
  input?: JsonValue | undefined;
  idempotencyKey?: string | undefined;
}

/**
 * Writes the run that is wanted; its workflow is started after that, by whoever is first.
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
  return context.db.tenantTransaction(tenantId, async (connection) => {
    const id = uuidv7();
    if (idempotencyKey !== undefined) {
      const entry = { subjectType: 'playbook_run', key: idempotencyKey, fingerprint, subjectId: id };
      if (!(await insertRequestKey(connection, entry))) {
        const known = await findRequestKey(connection, 'playbook_run', idempotencyKey);
        if (known?.fingerprint !== fingerprint)
          throw new InterlockError('idempotency_conflict', 'This Idempotency-Key was used for another run.');
        return mustReadRun(connection, known.subjectId);
      }
    }
    const playbook = await findPublishedPlaybook(connection, request.playbookId);
    if (!playbook) throw new InterlockError('not_found', 'There is no such published playbook.');
    if (exceptionId !== undefined) {
      const [found] = isUuid(exceptionId)
        ? await connection.query({
            name: 'exception_exists',
            text: 'SELECT 1 FROM exception WHERE id = $2 AND tenant_id = $1',
            values: [tenantId, exceptionId],
          })
        : [];
      if (!found) throw new InterlockError('not_found', 'There is no such exception.');
    }
    const unstorable = checkStorable(input);
    const issues = unstorable.length > 0 ? unstorable : validateAgainst(playbook.document.inputSchema, input);
    if (issues.length > 0) {
      throw new InterlockError(
        'invalid_input',
        'The input does not match the input schema of the playbook.',
        {
          issues: issues.map((issue) => ({ ...issue, path: `/input${issue.path}` })),
        },
      );
    }
    const marked = redactBySchema(input, playbook.document.inputSchema);
    const run = await insertRun(connection, {
      id,
      playbook,
      exceptionId: exceptionId ?? null,
      parent: null,
      input: createSecretRedactor(marked.secrets).json(marked.value),
      actor: identity.actor,
      person: identity.person,
    });
    await tellRun(connection, run, 'PlaybookRunStarted', identity.actor, {});
    return run;
  });
}

const startDeadlineMs = 2000;

/**
 * Starts the workflow of a run; doing it again changes nothing.
 * @returns false when a workflow of this id has run and is closed
 * @throws within about two seconds when Temporal does not answer
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
