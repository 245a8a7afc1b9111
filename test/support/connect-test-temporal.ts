import { connectTemporal, type TemporalConnection } from '../../shared/platform/server/temporal/connect.ts';

/** Connects to one of the test's Temporal servers, with the settings of the product. */
export function connectTestTemporal(address: string, namespace = 'default'): Promise<TemporalConnection> {
  process.env.TEMPORAL_ADDRESS = address;
  process.env.TEMPORAL_NAMESPACE = namespace;
  return connectTemporal();
}
