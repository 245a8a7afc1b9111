import type { FastifyInstance } from 'fastify';
import type { Services } from './services.ts';

const checkTimeoutMs = 2_000;

/** `/healthz`: the process is alive. `/readyz`: it can work. A probe names the address of the process as the host. */
export function registerHealth(app: FastifyInstance, services: () => Services | null): void {
  app.get('/healthz', { config: { anyHost: true } }, async () => ({ status: 'ok' }));

  app.get('/readyz', { config: { anyHost: true } }, async (_request, reply) => {
    const ready = services();
    const checks = ready
      ? {
          database: await check(() => ready.db.ping()),
          temporal: await check(() => ready.temporal.client.workflowService.getSystemInfo({})),
        }
      : { database: 'starting', temporal: 'starting' };
    const ok = Object.values(checks).every((state) => state === 'ok');
    return reply.status(ok ? 200 : 503).send({ status: ok ? 'ready' : 'not ready', checks });
  });
}

/** The endpoint is public, so it shows neither addresses nor messages. */
async function check(work: () => Promise<unknown>): Promise<'ok' | 'unavailable'> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('timeout')), checkTimeoutMs);
  });
  try {
    await Promise.race([work(), timeout]);
    return 'ok';
  } catch {
    return 'unavailable';
  } finally {
    clearTimeout(timer);
  }
}
