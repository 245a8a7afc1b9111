import type { NewExecution } from '../../executions/db/executions-insert.ts';
import { type ExecutionRequest, prepareExecution } from '../../executions/server/prepare-execution.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import type { JsonValue } from '../../platform/json.ts';
import { redactionMark } from '../../platform/redaction/redaction-mark.ts';
import { findToolIds } from '../../tools/db/tool-names.ts';
import { checkEnabled, checkScope, type LoadedTool, loadToolOn } from '../../tools/server/tool-service.ts';
import type { StepRow } from '../db/step-runs.ts';
import type { PlaybookContext } from './run-context.ts';

/** The tool that a step names, at that version or the current one; null when it does not exist. */
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

export type StepExecutionRequest = Pick<
  ExecutionRequest,
  'tool' | 'payload' | 'previewDigest' | 'actor' | 'exceptionId' | 'requestId'
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
  return JSON.parse(await vault.open(row.input_sealed, stepInput(row.tenant_id, row.id))) as JsonValue;
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
