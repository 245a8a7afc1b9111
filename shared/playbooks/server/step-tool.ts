import { v7 as uuidv7 } from 'uuid';
import { callLabel } from '../../executions/call-label.ts';
import type { NewExecution } from '../../executions/db/executions-insert.ts';
import type { ExecutionRow } from '../../executions/db/executions-row.ts';
import { admit } from '../../executions/server/admit.ts';
import type { ExecutionTool } from '../../executions/server/execution-tool.ts';
import { sealInput } from '../../executions/server/execution-tool.ts';
import { prepareRequest } from '../../executions/server/prepare-request.ts';
import { executionTimeoutMs, isLongCall } from '../../executions/server/start-workflow.ts';
import type { Actor } from '../../identity/roles.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import { redactionMark } from '../../platform/redaction/redaction-mark.ts';
import { findToolIds } from '../../tools/db/tool-names.ts';
import { checkEnabled, checkScope, type LoadedTool, loadToolOn } from '../../tools/server/tool-service.ts';
import type { StepRow } from '../db/step-runs.ts';
import type { ChildExecution } from '../playbook-contract.ts';
import type { PlaybookContext } from './run-context.ts';

/** The tool that a step names, at the version it names or the current one; null when there is none. */
export async function findStepTool(
  connection: TenantConnection,
  { tool, version }: { tool: string; version?: number | undefined },
): Promise<LoadedTool | null> {
  const id = (await findToolIds(connection, [tool])).get(tool);
  return id === undefined ? null : loadToolOn(connection, id, version);
}

/** @throws InterlockError `not_found` or `disabled` */
export async function usableStepTool(
  { db }: Pick<PlaybookContext, 'db'>,
  tenantId: string,
  named: { tool: string; version?: number | undefined },
): Promise<LoadedTool> {
  const tool = await db.tenant(tenantId, (connection) => findStepTool(connection, named));
  checkScope(tool);
  checkEnabled(tool);
  return tool;
}

export interface ToolRunRequest {
  tenantId: string;
  tool: LoadedTool;
  payload: JsonValue;
  previewDigest: string | null;
  actor: Actor;
  exceptionId: string | null;
  stepRunId: string;
}

/**
 * All that running a tool for a step needs, checked and ready to be written.
 * @throws InterlockError `invalid_input`, `preview_changed` or `rate_limited`; then nothing ran
 */
export async function prepareToolRun(
  context: PlaybookContext,
  request: ToolRunRequest,
): Promise<{ execution: NewExecution; child: ChildExecution }> {
  const { tenantId, tool, payload, previewDigest, actor, exceptionId, stepRunId } = request;
  const prepared = await prepareRequest(context, tool, payload);
  if (previewDigest !== null && previewDigest !== prepared.digest()) {
    throw new InterlockError(
      'preview_changed',
      'The request would no longer be the one that was shown. Look at it again.',
    );
  }
  await admit(context.db, tenantId, tool);
  const id = uuidv7();
  const { definition } = tool;
  const execution: NewExecution = {
    id,
    tool: {
      id: tool.toolId,
      name: definition.name,
      title: definition.title ?? definition.name,
      version: tool.version,
    },
    actor,
    exceptionId,
    stepRunId,
    input: prepared.redactedInput,
    inputSealed: prepared.changed ? await sealInput(context, { id, tenantId }, payload) : null,
    previewDigest: previewDigest ?? prepared.digest(),
    idempotency: null,
    rerunOf: null,
    maxAttempts: definition.retry.maxAttempts,
    deadlineMs: definition.deadlineMs,
    requestId: null,
  };
  return {
    execution,
    child: childOf(tool, { id, exception_id: exceptionId, max_attempts: execution.maxAttempts }),
  };
}

/** The child workflow of an execution. */
export function childOf(
  tool: ExecutionTool,
  execution: Pick<ExecutionRow, 'id' | 'exception_id' | 'max_attempts'>,
): ChildExecution {
  const { definition } = tool;
  return {
    executionId: execution.id,
    toolId: tool.toolId,
    toolName: definition.name,
    exceptionId: execution.exception_id,
    label: callLabel(tool),
    ...(isLongCall(definition)
      ? {
          plan: {
            ...definition.retry,
            maxAttempts: execution.max_attempts,
            timeoutMs: definition.timeoutMs,
          },
        }
      : {}),
    timeoutMs: executionTimeoutMs(definition),
  };
}

/** The clear resolved input of a call_tool step. */
export async function openStepInput(
  { vault }: Pick<PlaybookContext, 'vault'>,
  row: Pick<StepRow, 'id' | 'tenant_id' | 'input' | 'input_sealed'>,
): Promise<JsonValue> {
  if (!row.input_sealed) return row.input ?? {};
  return JSON.parse(await vault.open(row.input_sealed, stepInput(row.tenant_id, row.id))) as JsonValue;
}

export function sealStepInput(
  { vault }: Pick<PlaybookContext, 'vault'>,
  step: { tenantId: string; stepRunId: string },
  input: JsonValue,
): Promise<Buffer> {
  return vault.seal(JSON.stringify(input), stepInput(step.tenantId, step.stepRunId));
}

/** The same context for what was resolved and for what a person sent instead of it. */
const stepInput = (tenant: string, step: string) => ({ purpose: 'step-input', tenant, step });

/** What a person sent, with the clear value wherever it repeats one that was only shown to them redacted. */
export async function withHiddenValues(
  context: Pick<PlaybookContext, 'vault'>,
  row: Pick<StepRow, 'id' | 'tenant_id' | 'input' | 'input_sealed'>,
  sent: JsonValue | undefined,
): Promise<JsonValue> {
  const clear = await openStepInput(context, row);
  return sent === undefined ? clear : restoreHidden(sent, row.input, clear);
}

function restoreHidden(
  sent: JsonValue,
  shown: JsonValue | undefined,
  clear: JsonValue | undefined,
): JsonValue {
  if (sent === redactionMark && shown === redactionMark) return clear ?? null;
  if (Array.isArray(sent))
    return sent.map((item, index) => restoreHidden(item, itemAt(shown, index), itemAt(clear, index)));
  if (sent === null || typeof sent !== 'object') return sent;
  return Object.fromEntries(
    Object.entries(sent).map(([key, item]) => [
      key,
      restoreHidden(item, memberOf(shown, key), memberOf(clear, key)),
    ]),
  );
}

const itemAt = (list: JsonValue | undefined, index: number): JsonValue | undefined =>
  Array.isArray(list) ? list[index] : undefined;
const memberOf = (object: JsonValue | undefined, key: string): JsonValue | undefined =>
  object !== null && typeof object === 'object' && !Array.isArray(object) && Object.hasOwn(object, key)
    ? object[key]
    : undefined;
