import pg from 'pg';
import { parseHostPort } from '../host-port.ts';
import { endpointOf } from './egress/guarded-connector.ts';
import type { Endpoint } from './egress/reserved-hosts.ts';
import type { Environment } from './environment.ts';

/** Where Temporal's HTTP API and the page of its development server are, counted from the port of the gRPC front end. */
const besideTemporal = [0, 10, 1_000];

/**
 * The servers that the settings of this process name: its own listeners, its databases, Temporal and Temporal Web, the mail
 * server, the storage of files, the egress proxy, the collector of traces.
 * INTERLOCK_RESERVED_HOSTS adds those that no setting names.
 * @param temporalAddress `host:port` of the gRPC front end
 */
export function reservedEndpoints(environment: Environment, temporalAddress: string): Endpoint[] {
  const urls = [
    environment.publicUrl,
    environment.INTERLOCK_API_URL,
    environment.INTERLOCK_TEMPORAL_UI_URL,
    environment.INTERLOCK_VAULT_KMS_ENDPOINT,
    environment.INTERLOCK_FILES_ENDPOINT,
    environment.INTERLOCK_EGRESS_PROXY,
    environment.OTEL_EXPORTER_OTLP_ENDPOINT,
  ];
  const temporal = parseHostPort(temporalAddress);
  return [
    { host: environment.INTERLOCK_HOST, port: environment.INTERLOCK_PORT },
    ...(environment.INTERLOCK_METRICS_PORT === undefined
      ? []
      : [{ host: environment.INTERLOCK_METRICS_HOST, port: environment.INTERLOCK_METRICS_PORT }]),
    ...urls.flatMap((url) => (url === undefined ? [] : [endpointOf(new URL(url))])),
    ...(environment.INTERLOCK_SMTP_URL === undefined ? [] : [smtpEndpoint(environment.INTERLOCK_SMTP_URL)]),
    ...Object.values(environment.databaseUrls).map(databaseEndpoint),
    ...(temporal ? besideTemporal.map((more) => ({ host: temporal.host, port: temporal.port + more })) : []),
    ...environment.INTERLOCK_RESERVED_HOSTS,
  ].map(({ host, port }) => ({ host: host.replace(/^\[(.*)\]$/, '$1'), port }));
}

/** As the driver reads it, its defaults included. */
function databaseEndpoint(connectionString: string): Endpoint {
  const { host, port } = new pg.Client({ connectionString });
  return { host, port };
}

function smtpEndpoint(url: string): Endpoint {
  const { protocol, hostname, port } = new URL(url);
  return { host: hostname, port: Number(port) || (protocol === 'smtps:' ? 465 : 587) };
}
