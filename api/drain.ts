import type { FastifyInstance } from 'fastify';
import { InterlockError } from '../shared/platform/error-codes.ts';

/** How a server ends: what is under way is answered, what comes later is told to go elsewhere. */
export interface Drain {
  /** Watches the requests of a server; call it before the server has routes. */
  watch(app: FastifyInstance): void;
  /** From now on every door answers 503, `/readyz` too. */
  begin(): void;
  /** Resolves when the requests under way have been answered, at the latest after `deadlineMs`. */
  idle(deadlineMs: number): Promise<void>;
}

/** Say how the process fares to its very end. */
const alwaysOpen = new Set(['/healthz', '/metrics']);

export function createDrain(): Drain {
  let draining = false;
  let underWay = 0;
  let onIdle = () => {};

  return {
    watch(app) {
      app.addHook('onRequest', async (request, reply) => {
        if (draining && !alwaysOpen.has(request.url)) {
          reply.header('connection', 'close');
          throw new InterlockError('unavailable', 'This server is stopping. Try again.', {
            retryAfterSeconds: 1,
          });
        }
        // A live stream has no end to wait for; its reader comes back to another server.
        if (request.headers.accept?.includes('text/event-stream')) return;
        underWay += 1;
        reply.raw.once('close', () => {
          underWay -= 1;
          if (underWay === 0) onIdle();
        });
      });
    },
    begin() {
      draining = true;
    },
    async idle(deadlineMs) {
      if (underWay === 0) return;
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        onIdle = resolve;
        timer = setTimeout(resolve, deadlineMs);
      });
      clearTimeout(timer);
    },
  };
}
