import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { InterlockError } from '../shared/platform/error-codes.ts';
import type { ServerEnvironment } from '../shared/platform/server/environment.ts';

/** What a process measures. */
export interface Metrics {
  /** Measures the requests of a server. Call it before routes are added. */
  watch(app: FastifyInstance): void;
  /** Adds a number that is read at every scrape; null: not known now. */
  gauge(name: string, help: string, read: () => Promise<number | null>): void;
  /**
   * Adds `GET /metrics`, in the format of Prometheus.
   * @param anyHost a scraper may name the address of the process; always so with a token
   */
  serve(app: FastifyInstance, readers: MetricsReaders, anyHost?: boolean): void;
}

/** Who may read the metrics of a listener: names of routes and their counts tell about every tenant. */
export type MetricsReaders = 'everyone' | 'no one' | { token: string };

export function createMetrics(): Metrics {
  const registry = new Registry();
  let collecting = false;
  /**
   * From the first scrape on. The lag of the event loop is sampled by a timer: at its default of 10 ms it was half of what
   * an idle process costs.
   */
  function collectDefaults(): void {
    if (collecting) return;
    collecting = true;
    collectDefaultMetrics({ register: registry, prefix: 'interlock_', eventLoopMonitoringPrecision: 50 });
  }
  const duration = new Histogram({
    name: 'interlock_http_request_duration_seconds',
    help: 'Duration of requests by route',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [registry],
  });
  return {
    watch(app) {
      app.addHook('onResponse', async (request, reply) => {
        // The pattern, never the path, because callers could create any number of paths.
        const route = request.routeOptions.url ?? 'none';
        duration.observe(
          { method: request.method, route, status: reply.statusCode },
          reply.elapsedTime / 1_000,
        );
      });
    },
    gauge(name, help, read) {
      const gauge: Gauge = new Gauge({
        name,
        help,
        registers: [registry],
        async collect() {
          const value = await read().catch(() => null);
          if (value === null) gauge.remove();
          else gauge.set(value);
        },
      });
    },
    serve(app, readers, anyHost = typeof readers === 'object') {
      app.get('/metrics', { config: { anyHost } }, async (request, reply) => {
        assertReader(request, readers);
        collectDefaults();
        return reply.type(registry.contentType).send(await registry.metrics());
      });
    },
  };
}

/** On the main listener: with the token, or without one on this machine alone, outside production. */
export function mainReaders(environment: ServerEnvironment): MetricsReaders {
  const { INTERLOCK_METRICS_TOKEN: token, INTERLOCK_METRICS_PORT: port, INTERLOCK_HOST: host } = environment;
  if (token !== undefined) return { token };
  const local = host === 'localhost' || host === '::1' || host.startsWith('127.');
  return port === undefined && local && !environment.production ? 'everyone' : 'no one';
}

function assertReader(request: FastifyRequest, readers: MetricsReaders): void {
  if (readers === 'everyone') return;
  if (readers === 'no one')
    throw new InterlockError(
      'forbidden',
      'Metrics are not served here. Set INTERLOCK_METRICS_TOKEN to read them with a token, or INTERLOCK_METRICS_PORT for a listener of their own.',
    );
  const sent = /^Bearer\s+(\S+)\s*$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  if (!timingSafeEqual(digestOf(sent), digestOf(readers.token)))
    throw new InterlockError('unauthorized', 'Metrics need the token in: Authorization: Bearer <token>.');
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
