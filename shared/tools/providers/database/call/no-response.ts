import type { DatabaseCall } from './database-call.ts';
import { DatabaseFailure } from './database-failure.ts';

/** A server that did not respond before the timeout, or before someone cancelled. */
export function noResponse({ address, effect, config }: DatabaseCall): DatabaseFailure {
  const undone = effect.sent === 'before' && !config.readOnly;
  return new DatabaseFailure({
    code: 'timeout',
    message: `No response from ${address.host} in time${undone ? '. Nothing was written' : ''}`,
    sent: effect.sent,
    transient: true,
  });
}
