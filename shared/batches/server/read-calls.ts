import type { Issue } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import { pointer } from '../../platform/json-pointer.ts';
import type { BatchInput } from '../batch-schemas.ts';
import { callsOfRows } from './read-rows.ts';
import type { SentCall } from './sent-call.ts';

/** The calls of a batch: those that were sent, or one for each row. */
export async function callsOf(
  { calls, forEach }: BatchInput,
  tenantId: string,
): Promise<{ calls: SentCall[]; issues: Issue[] }> {
  if ((calls === undefined) === (forEach === undefined)) {
    const message = 'needs either calls or forEach';
    return { calls: [], issues: [{ path: '/calls', message, keyword: 'calls' }] };
  }
  if (forEach) return callsOfRows(forEach, tenantId);
  return {
    calls: calls!.map((call, index) => ({
      id: call.id,
      path: pointer('/calls', index),
      payloadPath: `${pointer('/calls', index)}/payload`,
      tool: call.tool,
      toolId: call.toolId,
      // It was parsed from JSON.
      payload: (call.payload ?? {}) as JsonValue,
      when: call.when ?? null,
      dependsOn: call.dependsOn ?? [],
      key: call.idempotencyKey ?? null,
    })),
    issues: [],
  };
}
