import { InterlockError } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import { makeStorable } from '../../platform/server/json-schema.ts';
import type { PolicyDecision } from '../../policies/policy-schemas.ts';
import { countWaitingApprovals } from '../db/executions-approval.ts';
import type { NewApproval } from '../db/executions-insert.ts';
import type { ShownCall } from '../preview-schemas.ts';
import type { ExecutionContext } from './execution-context.ts';
import type { PreparedCall } from './prepared-call.ts';
import { shownCall } from './shown-call.ts';

const retryAfterSeconds = 60;

/**
 * What people are asked before this call begins; null when its policy does not require it. Many requests at once may exceed
 * the bound of the tenant by what they are writing.
 * @param person the mailbox of who asks
 * @throws InterlockError `rate_limited` when too many executions of the tenant wait for an approval
 */
export async function askApproval(
  { db, environment }: Pick<ExecutionContext, 'db' | 'environment'>,
  tenantId: string,
  call: PreparedCall,
  decision: PolicyDecision | null,
  person: string | null,
): Promise<NewApproval | null> {
  if (decision?.effect !== 'require_approval' || !decision.approval) return null;
  const bound = environment.INTERLOCK_TENANT_WAITING;
  const waiting = await db.tenant(tenantId, (connection) => countWaitingApprovals(connection, bound));
  if (waiting >= bound)
    throw new InterlockError(
      'rate_limited',
      `This organization has ${bound} executions that wait for an approval, the most it may have. Nothing was sent; try again when some are decided.`,
      { retryAfterSeconds },
    );
  const shown = shownCall(call) as unknown as JsonValue;
  return {
    ...decision.approval,
    policyName: decision.policyName,
    reason: decision.reason,
    requesterPerson: person,
    currentVersion: call.tool.currentVersion,
    request: makeStorable(shown) as unknown as ShownCall,
  };
}
