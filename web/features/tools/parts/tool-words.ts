import type { Outputs } from '../../../api/trpc.ts';
import { formatDuration } from '../../../kit/format.ts';

export type Tool = Outputs['tools']['get'];

/** How a tool type is written. */
export const toolTypeWord = (type: string): string =>
  type === 'http' ? 'HTTP' : type.charAt(0).toUpperCase() + type.slice(1);

export const toolTitle = (tool: { title?: string | undefined; name: string }): string =>
  tool.title ?? tool.name;

/** "Up to 3 attempts, 500 ms apart and twice as long each time, at most 10 s" */
export function retryWords(retry: Tool['retry']): string {
  if (retry.maxAttempts === 1) return 'One attempt';
  const growth =
    retry.factor === 1 ? '' : `, ×${retry.factor} each time, at most ${formatDuration(retry.maxMs)}`;
  return `Up to ${retry.maxAttempts} attempts, first retry after ${formatDuration(retry.initialMs)}${growth}`;
}

const repeatable = new Set(['GET', 'HEAD', 'PUT', 'DELETE']);

/** What a second call with the same input would do. */
export function repeatWords(tool: Tool): string {
  if (tool.type === 'dummy') return 'Safe to repeat: nothing outside is touched';
  if (tool.idempotent) return 'Safe to repeat: the provider honours Idempotency-Key';
  if (repeatable.has(tool.config.method)) return `Safe to repeat: ${tool.config.method}`;
  return `Sent once: ${tool.config.method} could have a second effect. A lost answer is an unknown outcome.`;
}

const authKinds: Record<Tool['auth']['type'], string> = {
  none: 'None',
  api_key: 'API key',
  bearer: 'Bearer token',
  basic: 'User name and password',
  oauth2_client_credentials: 'OAuth 2 client credentials',
};

/** "API key in header x-api-key" */
export function authWords(auth: Tool['auth']): string {
  const kind = authKinds[auth.type];
  if (auth.type === 'api_key' && auth.in && auth.name) return `${kind} in ${auth.in} ${auth.name}`;
  if (auth.type === 'basic' && auth.username) return `${kind} (${auth.username})`;
  return kind;
}

export function rateWords(limit: Tool['rateLimit']): string {
  if (!limit) return 'No limit';
  return `${limit.requestsPerMinute} a minute${limit.burst ? `, bursts of ${limit.burst}` : ''}`;
}

/** The definition alone, in a stable order: what two versions are compared by. */
export function definitionOf(tool: Tool): Record<string, unknown> {
  const { id, version, enabled, writable, readOnlyReason, createdAt, updatedAt, updatedBy, ...definition } =
    tool;
  return definition;
}
