import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { InterlockError } from '../shared/platform/error-codes.ts';
import type { ServerEnvironment } from '../shared/platform/server/environment.ts';
import { type Collector, processMetrics } from '../shared/platform/server/metrics.ts';

/** What a process measures. */
export interface Metrics {
  /** Measures the requests of a server. Call it before routes are added. */
  watch(app: FastifyInstance): void;
  /** Adds numbers that are read when someone asks. */
  collect(collector: Collector): void;
  /**
   * Adds `GET /metrics`, in the format of Prometheus.
   * @param anyHost a scraper may name the address of the process; always so with a token
   */
  serve(app: FastifyInstance, readers: MetricsReaders, anyHost?: boolean): void;
}

/** Who may read the metrics of a listener: names of routes and their counts tell about every tenant. */
export type MetricsReaders = 'everyone' | 'no one' | { token: string };

/** Less than a scraper waits. */
const readTimeoutMs = 2_000;

/**
 * @param version of the program
 * @param keptMs how long the numbers of a collector are kept, however many scrapers there are
 */
export function createMetrics(version = 'unknown', keptMs = 5_000): Metrics {
  const registry = new Registry();
  const refreshes: (() => Promise<void>)[] = [];
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
  const up = new Gauge({
    name: 'interlock_up',
    help: 'Whether this process reaches a part that it depends on',
    labelNames: ['part'] as const,
    registers: [registry],
  });
  new Gauge({
    name: 'interlock_build_info',
    help: 'Always 1; the labels say what runs',
    labelNames: ['version', 'node'] as const,
    registers: [registry],
  }).set({ version, node: process.version }, 1);

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
    collect(collector) {
      refreshes.push(refreshOf(registry, collector, keptMs, (part, value) => up.set({ part }, value)));
    },
    serve(app, readers, anyHost = typeof readers === 'object') {
      app.get('/metrics', { config: { anyHost } }, async (request, reply) => {
        assertReader(request, readers);
        collectDefaults();
        await Promise.all(refreshes.map((refresh) => refresh()));
        const own = await registry.metrics();
        return reply.type(registry.contentType).send(`${own}\n${await processMetrics.metrics()}`);
      });
    },
  };
}

/** Sets the gauges of a collector, which is read at most once in `keptMs`. While it cannot be read, they have no value. */
function refreshOf(
  registry: Registry,
  { part, gauges, read }: Collector,
  keptMs: number,
  setUp: (part: string, value: number) => void,
): () => Promise<void> {
  const entries = Object.entries(gauges).map(
    ([name, { help, labels = [] }]) =>
      [name, new Gauge({ name, help, labelNames: [...labels], registers: [registry] })] as const,
  );
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | null = null;

  async function refresh(): Promise<void> {
    const readings = await within(read(), readTimeoutMs).catch(() => null);
    if (readings) readAt = performance.now();
    if (part !== undefined) setUp(part, readings ? 1 : 0);
    for (const [name, gauge] of entries) {
      gauge.reset();
      const reading = readings?.[name];
      // Without labels it would be 0.
      if (typeof reading === 'number') gauge.set(reading);
      else if (reading) for (const { labels, value } of reading) gauge.set(labels, value);
      else if (!gauges[name]!.labels) gauge.remove();
    }
  }

  return async () => {
    if (performance.now() - readAt < keptMs) return;
    reading ??= refresh().finally(() => {
      reading = null;
    });
    await reading;
  };
}

async function within<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('timeout')), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
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
