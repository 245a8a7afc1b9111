import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { Services } from './services.ts';

const checkTimeoutMs = 2_000;

/** `/healthz`: the process is alive. `/readyz`: it can work. `/metrics`: Prometheus metrics. */
export function registerHealth(app: FastifyInstance, services: () => Services | null): void {
  const metrics = new Registry();
  collectDefaultMetrics({ register: metrics, prefix: 'interlock_' });

  const duration = new Histogram({
    name: 'interlock_http_request_duration_seconds',
    help: 'Duration of requests by route',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [metrics],
  });
  app.addHook('onResponse', async (request, reply) => {
    // The pattern, never the path, because callers could create any number of paths.
    const route = request.routeOptions.url ?? 'none';
    duration.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1_000);
  });

  app.get('/healthz', async () => ({ status: 'ok' }));

  app.get('/readyz', async (_request, reply) => {
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

  app.get('/metrics', async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.metrics()),
  );
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
