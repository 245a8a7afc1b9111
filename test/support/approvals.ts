import type { ChangeServices } from '../../shared/events/server/change-context.ts';
import { createPolicy } from '../../shared/policies/server/policy-service.ts';

/** Makes every execution of a tool wait for approvals. */
export async function requireApproval(
  { services, tenantId }: { services: ChangeServices; tenantId: string },
  toolId: string,
  terms: { required?: number; fourEyes?: boolean; expiresInMs?: number } = {},
): Promise<void> {
  const { required = 1, fourEyes = true, expiresInMs = 600_000 } = terms;
  const actor = { type: 'user', id: 'admin', name: 'Admin' } as const;
  const identity = {
    tenantId,
    tenantSlug: '',
    tenantName: '',
    actor,
    roles: ['tenant_admin'],
    person: null,
  } as const;
  await createPolicy(
    { services, identity, requestId: 'test' },
    {
      name: 'Refunds',
      effect: 'require_approval',
      tools: { id: toolId },
      approval: { required, roles: ['approver'], fourEyes, expiresIn: `PT${expiresInMs / 1000}S` },
    },
  );
}
