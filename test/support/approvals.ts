import { expect } from 'vitest';
import type { TestTenant } from './test-api.ts';

/** Makes every execution of a tool wait for approvals. */
export async function requireApproval(
  { as }: TestTenant,
  toolId: string,
  terms: { required?: number; fourEyes?: boolean; expiresInMs?: number } = {},
): Promise<void> {
  const { required = 1, fourEyes = true, expiresInMs = 600_000 } = terms;
  const created = await as.tenant_admin('POST', '/api/policies', {
    name: 'Refunds',
    effect: 'require_approval',
    tools: { id: toolId },
    approval: { required, roles: ['approver'], fourEyes, expiresIn: `PT${expiresInMs / 1000}S` },
  });
  expect(created.status).toBe(201);
}
