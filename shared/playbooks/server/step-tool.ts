import type { NewExecution } from '../../executions/db/executions-insert.ts';
import { type ExecutionRequest, prepareExecution } from '../../executions/server/prepare-execution.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isScalar, type JsonValue } from '../../platform/json.ts';
import { readJson } from '../../platform/read-json.ts';
import { holdsMark } from '../../platform/redaction/redaction-mark.ts';
import type { SealedStore } from '../../platform/server/vault-keys.ts';
import { checkEnabled, type LoadedTool, loadToolOn } from '../../tools/server/tool-service.ts';
import type { VersionPin } from '../db/playbook-versions.ts';
import type { StepRow } from '../db/step-runs.ts';
import type { ToolRef } from '../steps/step-definition.ts';
import type { PlaybookContext } from './run-context.ts';
import { loadVersion } from './run-document.ts';

/**
 * The tool that had this name when the run's playbook was published, at that version or the current one.
 * @throws InterlockError `not_found`, also for an archived tool
 */
export async function loadStepTool(
  connection: TenantConnection,
  run: VersionPin,
  { tool: name, version }: ToolRef,
): Promise<LoadedTool> {
  const { toolIds } = await loadVersion(connection, run);
  const tool = toolIds[name] ? await loadToolOn(connection, toolIds[name], { version }) : null;
  if (!tool) throw new InterlockError('not_found', `Tool ${name} not found.`);
  if (tool.archived) throw new InterlockError('not_found', `The tool ${name} is archived.`);
  return tool;
}

/** @throws InterlockError `not_found` or `disabled` */
export async function usableStepTool(
  { db }: Pick<PlaybookContext, 'db'>,
  run: VersionPin & { tenant_id: string },
  named: ToolRef,
): Promise<LoadedTool> {
  const tool = await db.tenant(run.tenant_id, (connection) => loadStepTool(connection, run, named));
  checkEnabled(tool);
  return tool;
}

export type StepExecutionRequest = Pick<
  ExecutionRequest,
  'tool' | 'payload' | 'previewDigest' | 'actor' | 'roles' | 'person' | 'exceptionId' | 'requestId'
> & { tenantId: string; stepRunId: string };

/**
 * The execution of a step's tool, checked and ready to be written.
 * @throws InterlockError `invalid_input`, `forbidden`, `preview_changed` or `rate_limited`; then nothing was written
 */
export async function prepareStepExecution(
  context: PlaybookContext,
  { tenantId, ...request }: StepExecutionRequest,
): Promise<{ execution: NewExecution }> {
  const { execution, written } = await prepareExecution(context, tenantId, {
    ...request,
    idempotency: null,
    rerunOf: null,
  });
  // Many completions at once may exceed the bound of the tenant by what they are writing.
  written();
  return { execution };
}

/** The clear resolved input of a call_tool step. */
export async function openStepInput(
  { vault }: Pick<PlaybookContext, 'vault'>,
  row: Pick<StepRow, 'id' | 'tenant_id' | 'input' | 'input_sealed'>,
): Promise<JsonValue> {
  if (!row.input_sealed) return row.input ?? {};
  return readJson(await vault.open(row.input_sealed, stepInput(row.tenant_id, row.id)));
}

export function sealStepInput(
  { vault }: Pick<PlaybookContext, 'vault'>,
  step: { tenantId: string; stepRunId: string },
  input: JsonValue,
): Promise<Buffer> {
  return vault.seal(JSON.stringify(input), stepInput(step.tenantId, step.stepRunId));
}

/** One context for the resolved input and for the input that a person sends instead of it. */
const stepInput = (tenant: string, step: string) => ({ purpose: 'step-input', tenant, step });

export const sealedStepInputs: SealedStore = {
  table: 'playbook_step_run',
  column: 'input_sealed',
  key: ['id'],
  facts: ['tenant_id'],
  contextOf: ({ tenant_id, id }) => stepInput(tenant_id!, id!),
};

export const sealedCompletions: SealedStore = {
  table: 'step_completion',
  column: 'input_sealed',
  key: ['id'],
  facts: ['tenant_id', 'step_run_id'],
  contextOf: ({ tenant_id, step_run_id }) => stepInput(tenant_id!, step_run_id!),
};

/** The input that a person sent, with the clear value wherever they sent back a redaction mark. */
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
  if (typeof sent === 'string' && sent === shown && holdsMark(sent)) return clear ?? null;
  if (Array.isArray(sent))
    return sent.map((item, index) => restoreHidden(item, itemAt(shown, index), itemAt(clear, index)));
  if (isScalar(sent)) return sent;
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
  object !== undefined && !isScalar(object) && !Array.isArray(object) && Object.hasOwn(object, key)
    ? object[key]
    : undefined;
