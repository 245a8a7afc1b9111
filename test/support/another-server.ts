import { createDrain, type Drain } from '../../api/drain.ts';
import { createMetrics } from '../../api/metrics.ts';
import { buildServer } from '../../api/server.ts';
import type { TestApi } from './test-api.ts';

/** Another process of the same deployment, as far as its callers see. */
export async function anotherServer({ services }: TestApi) {
  const drain: Drain = createDrain();
  const app = await buildServer({
    log: services.log,
    accounts: services.accounts,
    services: () => services,
    ready: () => services,
    worker: () => 'running',
    publicUrl: services.environment.publicUrl,
    metrics: createMetrics(),
    metricsReaders: 'no one',
    webDist: null,
    drain,
  });
  return { app, drain, url: await app.listen({ host: '127.0.0.1', port: 0 }) };
}
