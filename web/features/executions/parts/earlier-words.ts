import { isObject } from '../../../../shared/platform/schema-properties.ts';
import { formatRelative } from '../../../kit/format.ts';
import { said } from '../../../words/said.ts';
import { t } from '../../../words/words.ts';
import type { Execution } from './execution-words.ts';

/** The sentences about an execution that is about to be run again; pure functions, like those in execution-words. */

type Earlier = Pick<
  Execution,
  'status' | 'failure' | 'output' | 'actor' | 'createdAt' | 'completedAt' | 'toolTitle' | 'settlement'
>;

/** No one knows yet whether the call happened, and a second one could have a second effect. */
export const isUnsettled = ({ failure }: Pick<Execution, 'failure'>): boolean =>
  failure?.code === 'outcome_unknown' && !failure.retryable;

/** May running it again do something a second time? Then people confirm it first. */
export const actsAgain = ({ failure }: Pick<Execution, 'failure'>, safeToRetry: boolean): boolean =>
  !safeToRetry && !failure?.retryable;

/** "Refund a payment succeeded 2 min ago, by Ana: re_123." */
export function earlierWords(execution: Earlier, now: number): string {
  const { status, failure, actor, toolTitle, settlement } = execution;
  const relative = formatRelative(execution.completedAt ?? execution.createdAt, now);
  const at = relative === t('now') ? t('just now') : relative;
  if (status === 'succeeded') {
    const id = resultId(execution.output);
    const who = settlement ? t`marked as done by ${settlement.by.name}` : t`by ${actor.name}`;
    return id ? t`${toolTitle} succeeded ${at}, ${who}: ${id}.` : t`${toolTitle} succeeded ${at}, ${who}.`;
  }
  if (status !== 'failed')
    return t`${toolTitle} has been started ${at}, by ${actor.name}, and has not ended.`;
  if (failure?.code === 'outcome_unknown')
    return t`${toolTitle} was sent ${at}, by ${actor.name}. It is unknown whether it happened.`;
  return t`${toolTitle} failed ${at}, by ${actor.name}: ${said(failure?.message) ?? ''}`;
}

/** What running it again does. */
export function againWords(execution: Pick<Execution, 'failure'>, safeToRetry: boolean): string {
  if (isUnsettled(execution)) return t('Running it again could do the same thing twice.');
  return actsAgain(execution, safeToRetry)
    ? t('Running it again sends it again.')
    : t('Running it again is safe.');
}

/** "re_123": what names the result, such as `id` or `refundId`, at most two levels deep. */
export function resultId(output: unknown, depth = 2): string | null {
  if (!isObject(output)) return null;
  const entries = Object.entries(output);
  const named =
    entries.find(([key]) => key === 'id') ?? entries.find(([key]) => /(?:Id|_id|ID)$/.test(key)) ?? null;
  if (named && (typeof named[1] === 'string' || typeof named[1] === 'number'))
    return String(named[1]).slice(0, 80);
  if (depth === 1) return null;
  for (const [, inner] of entries) {
    const found = resultId(inner, depth - 1);
    if (found) return found;
  }
  return null;
}
