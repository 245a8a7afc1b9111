import { setDecision } from '../../shared/policies/server/decide-policy.ts';

/** Makes every execution of a tool wait for approvals. */
export function requireApproval(
  toolId: string,
  terms: { required?: number; fourEyes?: boolean; expiresInMs?: number } = {},
): void {
  const { required = 1, fourEyes = true, expiresInMs = 600_000 } = terms;
  setDecision(toolId, {
    effect: 'require_approval',
    policyId: 'policy',
    policyName: 'Refunds',
    reason: 'Refunds need an approval.',
    approval: { required, roles: ['approver'], fourEyes, expiresInMs },
  });
}
