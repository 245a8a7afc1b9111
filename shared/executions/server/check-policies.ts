import { InterlockError } from '../../platform/error-codes.ts';
import { covers } from '../../policies/decide.ts';
import { decideAgain, judgeCall, refuseDenied } from '../../policies/server/judge-call.ts';
import type { ExecutionRow } from '../db/executions-row.ts';
import type { ExecutionContext } from './execution-context.ts';
import type { PreparedCall } from './prepared-call.ts';

/**
 * Decides on a call once more just before it: the policies, or the hours, may be others than at the request.
 * @throws InterlockError `denied`
 */
export async function checkPolicies(
  context: Pick<ExecutionContext, 'db'>,
  { requested_by_roles: roles, policy_decision: before }: ExecutionRow,
  { tool, input }: PreparedCall,
): Promise<void> {
  const judged = await judgeCall(context, tool, input, { roles, at: new Date() });
  const { approval, ...decision } = decideAgain(judged, before);
  refuseDenied({ ...decision, approval });
  // One that had to be approved does not begin before it is.
  if (approval === null || (before?.approval && covers(before.approval, approval))) return;
  const { policyId, policyName, reason } = decision;
  throw new InterlockError(
    'denied',
    `${reason} It was requested without that. Nothing was sent; request it again.`,
    {
      details: { policyId, policyName },
    },
  );
}
