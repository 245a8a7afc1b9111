import { InterlockError } from '../platform/error-codes.ts';

export const roles = [
  'viewer',
  'operator',
  'approver',
  'tool_admin',
  'tenant_admin',
  'platform_admin',
] as const;
export type Role = (typeof roles)[number];

/** What each role may do besides its own: a tenant admin may do everything inside the tenant. */
const implied: Record<Role, readonly Role[]> = {
  viewer: [],
  operator: ['viewer'],
  approver: ['viewer'],
  tool_admin: ['operator', 'viewer'],
  tenant_admin: ['tool_admin', 'operator', 'approver', 'viewer'],
  platform_admin: ['tool_admin', 'operator', 'viewer'],
};

/** Every permission names the one role that grants it; a role also grants what it implies. */
export const permissionRole = {
  'tools.read': 'viewer',
  'tools.execute': 'operator',
  'tools.write': 'tool_admin',
  'tools.write_global': 'platform_admin',
  'tools.enable': 'tool_admin',
  'connectors.read': 'viewer',
  'connectors.write': 'tool_admin',
  'executions.read': 'viewer',
  'executions.control': 'operator',
  'events.read': 'viewer',
  'exceptions.read': 'viewer',
  'exceptions.write': 'operator',
  'exceptions.configure': 'tenant_admin',
  'playbooks.read': 'viewer',
  'playbooks.write': 'tool_admin',
  'runs.read': 'viewer',
  'runs.start': 'operator',
  'runs.control': 'operator',
  /** Who may complete which step, the step says. */
  'steps.complete': 'viewer',
  'members.read': 'viewer',
  'webhooks.read': 'tenant_admin',
  'webhooks.write': 'tenant_admin',
  'settings.read': 'viewer',
  'settings.write': 'tenant_admin',
} as const satisfies Record<string, Role>;

export type Permission = keyof typeof permissionRole;

/** Who is calling, for which tenant, as decided by `identify`. */
export interface Identity {
  tenantId: string;
  tenantSlug: string;
  tenantName: string;
  actor: Actor;
  roles: readonly Role[];
  /**
   * The person behind the actor: a user's e-mail address, or that of whoever made the API key; null when unknown.
   * In lower case and without a `+tag`, so that a second account of the same mailbox is the same person.
   */
  person: string | null;
}

export interface Actor {
  type: 'user' | 'api_key' | 'system';
  id: string;
  name: string;
}

/** The mailbox of an e-mail address: what makes two accounts the same person. */
export function personOf(email: string): string {
  return email
    .trim()
    .toLowerCase()
    .replace(/\+[^@]*(?=@)/, '');
}

export function hasRole(held: readonly Role[], role: Role): boolean {
  return held.some((each) => each === role || implied[each].includes(role));
}

export function can(identity: Pick<Identity, 'roles'>, permission: Permission): boolean {
  return hasRole(identity.roles, permissionRole[permission]);
}

/**
 * The one decision for every door.
 * @throws InterlockError `forbidden`, naming the missing role.
 */
export function authorize(identity: Pick<Identity, 'roles'>, permission: Permission): void {
  if (can(identity, permission)) return;
  throw new InterlockError('forbidden', `This needs the role ${permissionRole[permission]}.`, {
    detail: `permission ${permission}, held ${identity.roles.join(',') || 'none'}`,
  });
}
