import type { ConnectorOf } from '../../connectors/registry.ts';
import { hostPortOf } from '../../http/url.ts';
import type { ProviderDefinition, RetrySafety } from '../provider-definition.ts';
import { checkSoap } from './check.ts';
import { type SoapConfigInput, type SoapTool, soapToolSchema } from './config.ts';
import { renderSoap } from './render.ts';
import { endpointsOf } from './wsdl-endpoints.ts';

/** The pure half of the `soap` tool type. */
export const soapProvider = {
  label: 'SOAP',
  schema: soapToolSchema,
  check: checkSoap,
  render: renderSoap,
  hosts: ({ config }) => {
    const { endpoint, compiled, wsdl = '' } = config;
    const called = endpoint ?? compiled?.endpoint;
    return (called === undefined ? endpointsOf(wsdl) : [called]).flatMap((url) => hostPortOf(url) ?? []);
  },
  target: ({ config: { operation, endpoint, compiled } }) =>
    `${operation} at ${hostPortOf(endpoint ?? compiled?.endpoint ?? '') ?? 'SOAP'}`,
  retrySafety,
  readsOnly: () => false,
  connector: {
    kinds: ['soap'],
    idOf: (config) => config.connectorId,
    fold(config, connector: ConnectorOf<'soap'>): SoapConfigInput {
      const { connectorId: _connectorId, ...own } = config;
      return { ...own, ...(connector.endpoint !== undefined && { endpoint: connector.endpoint }) };
    },
  },
  breakingFields: ['operation', 'message'],
  response: { readBy: ({ config }) => config.operation },
} satisfies ProviderDefinition<typeof soapToolSchema>;

function retrySafety({ idempotent, serverErrors }: SoapTool): RetrySafety {
  if (idempotent) return { safe: true, words: 'Safe to retry: every attempt has the same Idempotency-Key' };
  const harmless = serverErrors === 'not_done' ? 'nothing was sent, or after a 5xx' : 'nothing was sent';
  return {
    safe: false,
    words: `Sent once: a second call could act twice. Retried only when ${harmless}`,
  };
}
