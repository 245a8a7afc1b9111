import { authDefinitions } from '../../../../shared/tools/auth/registry.ts';
import { providerDefinitions, retrySafety } from '../../../../shared/tools/providers/registry.ts';
import type { AuthType, ToolType } from '../../../../shared/tools/tool-definition.ts';
import type { Outputs } from '../../../api/trpc.ts';
import { formatDuration, formatNumber } from '../../../kit/format.ts';
import { said } from '../../../words/said.ts';
import { t } from '../../../words/words.ts';

export type Tool = Outputs['tools']['get'];

const isToolType = (type: string): type is ToolType => Object.hasOwn(providerDefinitions, type);

/** "HTTP"; a type that this page does not know yet shows its name. */
export const toolTypeWord = (type: string): string =>
  isToolType(type) ? t(providerDefinitions[type].label) : type;

const isAuthType = (type: string): type is AuthType => Object.hasOwn(authDefinitions, type);

/** "API key"; a kind that this page does not know yet shows its name. */
export const authTypeWord = (type: string): string =>
  isAuthType(type) ? t(authDefinitions[type].label) : type;

/** The definition alone, in a stable order. */
export function shownDefinition(tool: Tool): Record<string, unknown> {
  const {
    id,
    version,
    enabled,
    draft,
    writable,
    readOnlyReason,
    createdAt,
    updatedAt,
    updatedBy,
    ...definition
  } = tool;
  return definition;
}

export const toolTitle = (tool: { title?: string | undefined; name: string }): string =>
  tool.title ?? tool.name;

/** "Up to 3 attempts, first retry after 500 ms, backoff factor 2, at most 10 s" */
export function retryWords(retry: Tool['retry']): string {
  if (retry.maxAttempts === 1) return t('One attempt');
  const first = t`Up to ${retry.maxAttempts} attempts, first retry after ${formatDuration(retry.initialMs)}`;
  return retry.factor === 1
    ? first
    : t`${first}, backoff factor ${formatNumber(retry.factor)}, at most ${formatDuration(retry.maxMs)}`;
}

/** What a second call with the same input would do; undefined for a type that this page does not know yet. */
export const retrySafetyWords = (tool: Tool): string | undefined =>
  isToolType(tool.type) ? said(retrySafety({ ...tool, auth: { type: 'none' } }).words) : undefined;

/** Whether a second call with the same input acts only once; false for a type that this page does not know yet. */
export const isSafeToRetry = (tool: Tool): boolean =>
  isToolType(tool.type) && retrySafety({ ...tool, auth: { type: 'none' } }).safe;

export function rateWords(limit: Tool['rateLimit']): string {
  if (!limit) return t('No limit');
  return limit.burst
    ? t`${limit.requestsPerMinute} per minute, bursts of ${limit.burst}`
    : t`${limit.requestsPerMinute} per minute`;
}
