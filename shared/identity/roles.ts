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

/** A member may have several. `authorize` decides what each may do. */
export const memberRoles = [
  'viewer',
  'operator',
  'approver',
  'tool_admin',
  'tenant_admin',
] as const satisfies Role[];
export type MemberRole = (typeof memberRoles)[number];

/** The roles of a member as they are stored, separated by commas. */
export const readMemberRoles = (stored: string): MemberRole[] =>
  memberRoles.filter((role) => stored.split(',').includes(role));

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
  /** Limits of calls and circuit breakers. */
  'limits.read': 'operator',
  'limits.write': 'tool_admin',
  'policies.read': 'viewer',
  'policies.write': 'tenant_admin',
  /** Which keys have sealed how much. */
  'vault.read': 'platform_admin',
  'schedules.read': 'viewer',
  /** What is scheduled needs its own permission too. */
  'schedules.write': 'operator',
  /** Making someone else the owner. */
  'schedules.assign': 'tenant_admin',
  'executions.read': 'viewer',
  'executions.control': 'operator',
  /** Each approval says who may give it. */
  'executions.decide': 'viewer',
  'events.read': 'viewer',
  /** Where each event came from, the seal and its export. */
  'audit.read': 'tenant_admin',
  /** Saying what came of a finding. The trail itself is written by what happens. */
  'audit.write': 'tenant_admin',
  'legal_holds.read': 'tenant_admin',
  'legal_holds.write': 'tenant_admin',
  /** What is stored about a person, its export and its erasure. */
  'personal_data.read': 'tenant_admin',
  'personal_data.write': 'tenant_admin',
  'exceptions.read': 'viewer',
  'exceptions.write': 'operator',
  'exceptions.configure': 'tenant_admin',
  /** What is decided about new exceptions. */
  'rules.read': 'operator',
  'rules.write': 'tenant_admin',
  'playbooks.read': 'viewer',
  'playbooks.write': 'tool_admin',
  'runs.read': 'viewer',
  'runs.start': 'operator',
  'runs.control': 'operator',
  /** Each step says who may complete it. */
  'steps.complete': 'viewer',
  'members.read': 'viewer',
  'members.write': 'tenant_admin',
  'api_keys.read': 'tenant_admin',
  'api_keys.write': 'tenant_admin',
  /** One's own name, password and sessions. */
  'account.read': 'viewer',
  'account.write': 'viewer',
  'organizations.write': 'platform_admin',
  /** Finds what the caller may list. */
  'search.read': 'viewer',
  /** Of each type, only for those who may list it. */
  'archived.read': 'viewer',
  /** One's own views of lists, and those that are shared. */
  'views.read': 'viewer',
  'views.write': 'viewer',
  'views.share': 'operator',
  /** Changing and removing what others share. */
  'views.manage': 'tenant_admin',
  /** One's own notifications, and their settings. */
  'notifications.read': 'viewer',
  'notifications.write': 'viewer',
  /** The tools that send notifications. */
  'notification_channels.read': 'tenant_admin',
  'notification_channels.write': 'tenant_admin',
  'webhooks.read': 'tenant_admin',
  'webhooks.write': 'tenant_admin',
  'inbound_webhooks.read': 'tenant_admin',
  'inbound_webhooks.write': 'tenant_admin',
  /** What was reached, and what a list of hosts would cut off. */
  'egress.read': 'tenant_admin',
  'egress.write': 'tenant_admin',
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
  /** Only of an API key that is limited. Its doors and addresses have been checked. */
  limits?: KeyLimits;
  /** Only of a person: the session that they call with. */
  sessionId?: string;
  /** Only of a person for whom an app calls: what they have allowed it. */
  app?: ConnectedApp;
}

/** An app that a person has let act for them. */
export interface ConnectedApp {
  /** Of the consent. */
  id: string;
  /** What the app calls itself; null: it does not. */
  name: string | null;
  permissions: readonly Permission[];
}

/** The ways in that an API key can be limited to. */
export const keyDoors = ['rest', 'trpc', 'live', 'mcp', 'graphql'] as const;
export type KeyDoor = (typeof keyDoors)[number];

/** What an API key is limited to; null: not limited in this way. */
export interface KeyLimits {
  /** Ids of the tools that it may execute. It changes nothing else. */
  tools: readonly string[] | null;
  doors: readonly KeyDoor[] | null;
  /** Ranges such as `10.0.0.0/8`. */
  addresses: readonly string[] | null;
}

export interface Actor {
  type: 'user' | 'api_key' | 'system';
  id: string;
  name: string;
}

/** Interlock itself: a timer, a sweep, what a person has set to happen. */
export const isSystem = ({ type }: Pick<Actor, 'type'>): boolean => type === 'system';

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

/** A limited key never makes another key or a member, which would have no limits. */
const neverLimited: readonly Permission[] = ['members.write', 'api_keys.write', 'organizations.write'];

function isBeyond({ tools }: KeyLimits, permission: Permission): boolean {
  if (neverLimited.includes(permission)) return true;
  return tools !== null && permission !== 'tools.execute' && !permission.endsWith('.read');
}

type Subject = Pick<Identity, 'roles' | 'limits' | 'app'>;

export function can({ roles: held, limits, app }: Subject, permission: Permission): boolean {
  if (app && !app.permissions.includes(permission)) return false;
  return hasRole(held, permissionRole[permission]) && !(limits && isBeyond(limits, permission));
}

/**
 * The one decision for every door.
 * @throws InterlockError `forbidden`, naming the role that is missing
 */
export function authorize(identity: Subject, permission: Permission): void {
  if (can(identity, permission)) return;
  const role = permissionRole[permission];
  if (identity.app && hasRole(identity.roles, role))
    throw new InterlockError(
      'forbidden',
      'The person for whom this app acts has not allowed it to do this. Nothing was done.',
      { detail: `permission ${permission}` },
    );
  if (hasRole(identity.roles, role))
    throw new InterlockError(
      'forbidden',
      identity.limits?.tools && !neverLimited.includes(permission)
        ? 'This API key is limited to some tools: it can execute them and read. Nothing was done.'
        : 'An API key with limits cannot do this, because it could remove its own limits. Nothing was done.',
      { detail: `permission ${permission}` },
    );
  throw new InterlockError('forbidden', `Only ${peopleWith(role)} can do this (role ${role}).`, {
    detail: `permission ${permission}, held ${identity.roles.join(',') || 'none'}`,
  });
}

/** @throws InterlockError `forbidden` when an API key is limited to other tools */
export function authorizeTool({ limits }: Pick<Identity, 'limits'>, toolId: string): void {
  if (!limits?.tools || limits.tools.includes(toolId)) return;
  throw new InterlockError(
    'forbidden',
    'This API key is limited to other tools, so it cannot execute this one. Nothing was sent.',
    { detail: `tool ${toolId}` },
  );
}

/** What one holds of these roles when another one must hold them too: an API key and the person accountable for it. */
export function rolesOfBoth(held: readonly Role[], others: readonly Role[]): Role[] {
  return held.every((role) => hasRole(others, role))
    ? [...held]
    : roles.filter((role) => hasRole(held, role) && hasRole(others, role));
}

/** The roles that someone with `held` may not give, because they do not have them. */
export const rolesBeyond = (held: readonly Role[], given: readonly Role[]): Role[] =>
  given.filter((role) => !hasRole(held, role));
