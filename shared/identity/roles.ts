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

const words = (role: string): string => role.replaceAll('_', ' ');

/** "any tool admin": someone with this role. */
export const anyoneWith = (role: string): string => `any ${words(role)}`;

/** "tool admins": the people with this role. */
export const peopleWith = (role: string): string => `${words(role)}s`;

/** The roles that a role includes: a tenant admin may do everything inside the tenant. */
const implied: Record<Role, readonly Role[]> = {
  viewer: [],
  operator: ['viewer'],
  approver: ['viewer'],
  tool_admin: ['operator', 'viewer'],
  tenant_admin: ['tool_admin', 'operator', 'approver', 'viewer'],
  platform_admin: ['tool_admin', 'operator', 'viewer'],
};

/** The one role that grants each permission. A role also grants the permissions of the roles that it includes. */
export const permissionRole = {
  'tools.read': 'viewer',
  'tools.execute': 'operator',
  'tools.write': 'tool_admin',
  'tools.write_global': 'platform_admin',
  'tools.enable': 'tool_admin',
  'connectors.read': 'viewer',
  'connectors.write': 'tool_admin',
  'credentials.read': 'tool_admin',
  'credentials.write': 'tool_admin',
  /** Secrets of global tools. */
  'credentials.write_global': 'platform_admin',
  /** Which keys have sealed how much. */
  'vault.read': 'platform_admin',
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
  /** Each step says who may complete it. */
  'steps.complete': 'viewer',
  'members.read': 'viewer',
  /** Finds what the caller may list. */
  'search.read': 'viewer',
  'webhooks.read': 'tenant_admin',
  'webhooks.write': 'tenant_admin',
  'settings.read': 'viewer',
  'settings.write': 'tenant_admin',
} as const satisfies Record<string, Role>;

export type Permission = keyof typeof permissionRole;

/** Who is calling, and for which tenant. */
export interface Identity {
  tenantId: string;
  tenantSlug: string;
  tenantName: string;
  actor: Actor;
  roles: readonly Role[];
  /**
   * The person behind the actor: a user's email address, or that of the person who is accountable for the API key; null
   * when unknown. In lower case and without a `+tag`, so that two accounts of one mailbox are the same person.
   */
  person: string | null;
  /**
   * Only of an API key: the roles in this tenant of the person who is accountable for it; null when no member is.
   * Missing for a person.
   */
  accountableRoles?: readonly Role[] | null;
}

export interface Actor {
  type: 'user' | 'api_key' | 'system';
  id: string;
  name: string;
}

/** The mailbox of an email address: two accounts with the same one are the same person. */
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
 * @throws InterlockError `forbidden`, naming the role that is missing
 */
export function authorize(identity: Pick<Identity, 'roles'>, permission: Permission): void {
  if (can(identity, permission)) return;
  const role = permissionRole[permission];
  throw new InterlockError('forbidden', `Only ${peopleWith(role)} can do this (role ${role}).`, {
    detail: `permission ${permission}, held ${identity.roles.join(',') || 'none'}`,
  });
}
