import { durationMs } from '../../shared/platform/duration.ts';
import { setDecision } from '../../shared/policies/server/decide-policy.ts';
import type { ExecutionStack } from './execution-stack.ts';
import type { TestTenant } from './test-api.ts';

/** Makes every execution of a tool wait for approvals. */
export async function requireApproval(
  _owner: TestTenant | ExecutionStack,
  toolId: string,
  terms: { required?: number; fourEyes?: boolean; expiresIn?: string } = {},
): Promise<void> {
  const { required = 1, fourEyes = true, expiresIn = 'PT10M' } = terms;
  setDecision(toolId, {
    effect: 'require_approval',
    policyId: 'policy',
    policyName: 'Refunds',
    reason: '“Refunds” requires approvals.',
    approval: { required, roles: ['approver'], fourEyes, expiresInMs: durationMs(expiresIn)! },
  });
}
