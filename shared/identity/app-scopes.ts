import type { Permission } from './roles.ts';

/** What a person may allow an app that acts for them. Everything else stays with the person. */
export const appScopes = ['tools.read', 'tools.execute'] as const;
export type AppScope = (typeof appScopes)[number];

const reads: readonly Permission[] = ['tools.read', 'executions.read', 'exceptions.read', 'playbooks.read'];

/** The permissions that a scope covers, of those that the person has at that moment. */
export const scopePermissions: Record<AppScope, readonly Permission[]> = {
  'tools.read': reads,
  'tools.execute': [...reads, 'tools.execute', 'executions.control'],
};

/** What a person needs to give it. */
export const scopeNeeds: Record<AppScope, Permission> = {
  'tools.read': 'tools.read',
  'tools.execute': 'tools.execute',
};

/** Of what a client asks for, what there is. */
export const knownScopes = (asked: string): AppScope[] =>
  appScopes.filter((scope) => asked.split(' ').includes(scope));

/** What access tokens are made for: the MCP door, by the address that its clients know. */
export const mcpResource = (publicUrl: string): string => new URL('/mcp', publicUrl).href;
