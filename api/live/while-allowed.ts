import type { Identity, Permission } from '../../shared/identity/roles.ts';
import { can } from '../../shared/identity/roles.ts';
import { InterlockError } from '../../shared/platform/error-codes.ts';
import type { RequestContext } from '../trpc.ts';

/** With the five seconds for which an identity is cached, a stream ends within ten. */
const everyMs = 4_000;

/**
 * Aborts when the caller of a stream loses what they had when it began: the session, the key, the membership or a
 * permission. The reason is then an InterlockError `forbidden`. @param signal of the stream; it ends the checks
 */
export function whileAllowed(
  { identify }: Pick<RequestContext, 'identify'>,
  { tenantId }: Identity,
  permissions: Permission | readonly Permission[],
  signal: AbortSignal,
): AbortSignal {
  const controller = new AbortController();
  const lose = () => controller.abort(new InterlockError('forbidden', 'You may no longer listen here.'));
  const needed = [permissions].flat();
  const timer = setInterval(() => {
    identify().then(
      (now) => {
        if (now?.tenantId !== tenantId || !needed.every((each) => can(now, each))) lose();
      },
      (error: unknown) => {
        // A database that is unreachable takes no one's right away.
        if (error instanceof InterlockError && error.code !== 'unavailable') lose();
      },
    );
  }, everyMs);
  timer.unref();
  const ended = AbortSignal.any([signal, controller.signal]);
  ended.addEventListener('abort', () => clearInterval(timer), { once: true });
  if (ended.aborted) clearInterval(timer);
  return ended;
}
