import type { JsonValue } from '../../platform/json.ts';
import type { LoadedTool } from '../../tools/server/tool-service.ts';
import type { Preview } from '../preview-schemas.ts';
import type { ExecutionContext } from './execution-context.ts';
import { callDigest, prepareCall } from './prepare-execution.ts';
import { shownCall } from './shown-call.ts';

/**
 * The request of a payload with every secret replaced.
 * @throws InterlockError `invalid_input` or `forbidden`
 */
export async function previewOf(
  context: ExecutionContext,
  tool: LoadedTool,
  payload: JsonValue,
): Promise<Preview> {
  const call = await prepareCall(context, tool, payload);
  return { digest: callDigest(context, call), ...shownCall(call) };
}
