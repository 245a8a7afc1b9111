import type { FastifyInstance } from 'fastify';
import { InterlockError } from '../shared/platform/error-codes.ts';
import { isStream } from './is-stream.ts';

/** Stops a server gracefully: requests in progress finish, later ones get 503. */
export interface Drain {
  /** Counts the requests of a server. Call it before routes are added. */
  watch(app: FastifyInstance): void;
  /**
   * From now on `/readyz` responds with 503, so that load balancers send no more; every other route goes on. Each response closes
   * its connection: one that is kept would be cut at the end, perhaps under the next request.
   */
  announce(): void;
  /** From now on every route responds with 503, `/readyz` too, and streams end, so that their readers go elsewhere. */
  begin(): void;
  /** Aborted by `begin`. */
  readonly begun: AbortSignal;
  /** Resolves when the requests in progress have finished, at the latest after `deadlineMs`. */
  idle(deadlineMs: number): Promise<void>;
}

/** Monitoring must work until the end. */
const alwaysOpen = new Set(['/healthz', '/metrics']);

export function createDrain(): Drain {
  let announced = false;
  const begun = new AbortController();
  let inProgress = 0;
  let onIdle = () => {};

  return {
    begun: begun.signal,
    watch(app) {
      app.addHook('onSend', async (_request, reply) => {
        if (announced) reply.header('connection', 'close');
      });
      app.addHook('onRequest', async (request, reply) => {
        const path = request.url.split('?', 1)[0] ?? '';
        if ((begun.signal.aborted && !alwaysOpen.has(path)) || (announced && path === '/readyz')) {
          throw new InterlockError('unavailable', 'This server is stopping. Try again.', {
            retryAfterSeconds: 1,
          });
        }
        // A live stream has no end to wait for. Its reader reconnects to another server.
        if (isStream(request)) return;
        inProgress += 1;
        reply.raw.once('close', () => {
          inProgress -= 1;
          if (inProgress === 0) onIdle();
        });
      });
    },
    announce() {
      announced = true;
    },
    begin() {
      announced = true;
      begun.abort();
    },
    async idle(deadlineMs) {
      if (inProgress === 0) return;
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        onIdle = resolve;
        timer = setTimeout(resolve, deadlineMs);
      });
      clearTimeout(timer);
    },
  };
}
