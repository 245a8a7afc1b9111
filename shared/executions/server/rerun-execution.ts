import type { Identity } from '../../identity/roles.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import { jsonValue } from '../../platform/json-text.ts';
import type { ExecutionRow } from '../db/executions-row.ts';
import type { Execution } from '../execution-schemas.ts';
import { redactedPaths } from '../redacted-paths.ts';
import type { ExecuteTool } from './execute-tool.ts';
import type { ExecutionContext } from './execution-context.ts';
import { openInput } from './execution-input.ts';
import { mustReadExecution } from './read-executions.ts';
import { refuseUnsettled } from './settle-execution.ts';

export interface RerunRequest {
  identity: Identity;
  executionId: string;
  /** Left out: the input of the original execution. */
  payload?: JsonValue;
  /** Left out: the exception of the original execution. */
  exceptionId?: string;
  previewDigest?: string;
  waitMs?: number | undefined;
  idempotencyKey?: string;
  requestId: string;
}

/**
 * Executes the tool as it is now, with the same input.
 * @throws InterlockError `not_found`; `conflict` when it undoes another one or is a test; `invalid_input` with the redacted fields when no
 * `payload` is given and the clear input is no longer kept; `unsettled` while the outcome of it, or of another rerun, is
 * unknown; all of `executeTool`
 */
export async function rerunExecution(
  context: ExecutionContext,
  executeTool: ExecuteTool,
  { executionId, payload, ...request }: RerunRequest,
): Promise<Execution> {
  const row = await mustReadExecution(context, request.identity, executionId);
  if (row.undo_of)
    throw new InterlockError(
      'conflict',
      'This execution undoes another one, which must not be undone twice. Nothing was sent. Undo that one again instead.',
      { details: { undoOf: row.undo_of } },
    );
  if (row.test)
    throw new InterlockError(
      'conflict',
      `This execution was a test of draft version ${row.tool_version}. Nothing was sent. Test the draft, or run the tool, instead.`,
    );
  return executeTool({
    ...request,
    toolId: row.tool_id,
    payload: payload === undefined ? await inputOf(context, request.identity, row) : payload,
    rerunOf: { id: row.id, exceptionId: row.exception_id },
  });
}

async function inputOf(context: ExecutionContext, identity: Identity, row: ExecutionRow): Promise<JsonValue> {
  if (row.payloads_removed_at)
    throw new InterlockError(
      'invalid_input',
      'The input is no longer kept, as the retention of the organization asks. Nothing was sent. Send the payload again.',
      { issues: [{ path: '', message: 'was removed and must be sent again', keyword: 'removed' }] },
    );
  const hidden = row.input_sealed ? [] : redactedPaths(jsonValue(row.input_payload));
  if (hidden.length > 0) {
    await refuseUnsettled(context, identity, row.id);
    throw new InterlockError('invalid_input', 'Secret fields are not kept. Send the payload again.', {
      issues: hidden.map((path) => ({
        path,
        message: 'is a secret and must be sent again',
        keyword: 'redacted',
      })),
    });
  }
  return openInput(context, row);
}
