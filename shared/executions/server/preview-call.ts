import { readTenantEgress } from '../../identity/db/tenant-settings.ts';
import type { Role } from '../../identity/roles.ts';
import { listWarnings } from '../../platform/egress-rules.ts';
import type { JsonValue } from '../../platform/json.ts';
import { decideWithoutCount, judgeCall } from '../../policies/server/judge-call.ts';
import { calledPlaces } from '../../tools/called-places.ts';
import type { LoadedTool } from '../../tools/server/tool-service.ts';
import type { Preview } from '../preview-schemas.ts';
import type { ExecutionContext } from './execution-context.ts';
import { callDigest, prepareCall } from './prepare-execution.ts';
import type { PreparedCall } from './prepared-call.ts';
import { shownCall } from './shown-call.ts';

/**
 * The request of a payload with every secret replaced, and what the policies say about it.
 * @param roles of who would execute it
 * @throws InterlockError `invalid_input` or `forbidden`
 */
export async function previewOf(
  context: ExecutionContext,
  tool: LoadedTool,
  payload: JsonValue,
  roles: readonly Role[],
): Promise<Preview> {
  return previewPrepared(context, await prepareCall(context, tool, payload), roles);
}

/** The same of a call that is prepared. */
export async function previewPrepared(
  context: ExecutionContext,
  call: PreparedCall,
  roles: readonly Role[],
): Promise<Preview> {
  const { tool } = call;
  const judged = await judgeCall(context, tool, call.input, { roles, at: new Date() });
  return {
    digest: callDigest(context, call),
    ...shownCall(call),
    policy: await decideWithoutCount(context, tool.loadedForId, judged),
    warnings: listWarnings(
      await context.db.tenant(tool.loadedForId, readTenantEgress),
      calledPlaces(tool.definition),
    ),
  };
}
