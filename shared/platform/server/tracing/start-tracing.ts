import { hostname } from 'node:os';
import type { Logger } from 'pino';
import type { ServerEnvironment } from '../environment.ts';
import { createOtlpExporter } from './otlp-exporter.ts';
import { traceTo } from './tracing.ts';

/** A process that records traces. */
export interface Tracing {
  /** Sends what is left. */
  stop(): Promise<void>;
}

/** Records traces from now on, if the settings name a collector. @returns null without one */
export function startTracing(environment: ServerEnvironment, version: string, log: Logger): Tracing | null {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } = environment;
  if (endpoint === undefined) return null;
  const exporter = createOtlpExporter({
    endpoint,
    headers: environment.OTEL_EXPORTER_OTLP_HEADERS,
    ratio: environment.OTEL_TRACES_SAMPLER_ARG,
    everyMs: environment.OTEL_BSP_SCHEDULE_DELAY,
    resource: {
      'service.name': environment.OTEL_SERVICE_NAME,
      'service.version': version,
      'service.instance.id': `${hostname()}/${process.pid}`,
      'interlock.roles': environment.INTERLOCK_ROLES.join(','),
      ...environment.OTEL_RESOURCE_ATTRIBUTES,
    },
    log,
  });
  traceTo(exporter);
  return {
    async stop() {
      traceTo(null);
      await exporter.close();
    },
  };
}
