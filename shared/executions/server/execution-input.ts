import type { JsonValue } from '../../platform/json.ts';
import { type Json, jsonValue, writeJson } from '../../platform/json-text.ts';
import { readJson } from '../../platform/read-json.ts';
import type { SealedStore } from '../../platform/server/vault-keys.ts';
import type { ExecutionRow } from '../db/executions-row.ts';
import type { ExecutionContext } from './execution-context.ts';

/** Seals the clear input of an execution, for as long as it is open. */
export function sealInput(
  { vault }: Pick<ExecutionContext, 'vault'>,
  execution: { id: string; tenantId: string },
  input: Json,
): Promise<Buffer> {
  return vault.seal(writeJson(input), inputContext(execution));
}

/** The clear input; the redacted one when no clear one is kept. */
export async function openInput(
  { vault }: Pick<ExecutionContext, 'vault'>,
  row: ExecutionRow,
): Promise<JsonValue> {
  if (!row.input_sealed) return jsonValue(row.input_payload);
  const clear = await vault.open(row.input_sealed, inputContext({ id: row.id, tenantId: row.tenant_id }));
  return readJson(clear);
}

export const sealedInputs: SealedStore = {
  table: 'tool_execution',
  column: 'input_sealed',
  key: ['id'],
  facts: ['tenant_id'],
  where: "t.status IN ('requested', 'running')",
  contextOf: ({ id, tenant_id }) => inputContext({ id: id!, tenantId: tenant_id! }),
};

function inputContext(execution: { id: string; tenantId: string }) {
  return { purpose: 'execution-input', tenant: execution.tenantId, execution: execution.id };
}
