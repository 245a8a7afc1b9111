import { expect } from 'vitest';
import { createPolicy } from '../../shared/policies/server/policy-service.ts';
import type { ExecutionStack } from './execution-stack.ts';
import type { TestTenant } from './test-api.ts';

/** Makes every execution of a tool wait for approvals. */
export async function requireApproval(
  owner: TestTenant | ExecutionStack,
  toolId: string,
  terms: { required?: number; fourEyes?: boolean; expiresIn?: string } = {},
): Promise<void> {
  const { required = 1, fourEyes = true, expiresIn = 'PT10M' } = terms;
  const policy = {
    name: 'Refunds',
    effect: 'require_approval',
    tools: { id: toolId },
    approval: { required, roles: ['approver'], fourEyes, expiresIn },
  };
  if ('as' in owner) {
    const { status, body } = await owner.as.tenant_admin('POST', '/api/policies', policy);
    expect(status, JSON.stringify(body)).toBe(201);
  } else {
    const { services, identity } = owner;
    await createPolicy({ services, identity, requestId: 'test' }, policy);
  }
}
