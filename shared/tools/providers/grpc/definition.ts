import { parseHostPort } from '../../../platform/host-port.ts';
import type { ConnectorOf } from '../../connectors/registry.ts';
import type { ProviderDefinition, RetrySafety } from '../provider-definition.ts';
import { checkGrpc } from './check.ts';
import { type GrpcConfigInput, type GrpcTool, grpcToolSchema } from './config.ts';
import { renderGrpc } from './render.ts';

/** The pure half of the `grpc` tool type. */
export const grpcProvider = {
  label: 'gRPC',
  schema: grpcToolSchema,
  check: checkGrpc,
  render: renderGrpc,
  hosts: ({ config: { target } }) => [parseHostPort(target ?? '')?.hostPort ?? []].flat(),
  target: ({ config: { target, service, method } }) => `${service}/${method} at ${target ?? 'gRPC'}`,
  retrySafety,
  readsOnly: ({ config: { compiled } }) => compiled?.idempotency === 'no_side_effects',
  auth: [
    'inherit',
    'bearer',
    'basic',
    'api_key',
    'oauth2_client_credentials',
    'oauth2_authorization_code',
    'mtls',
  ],
  connector: {
    kinds: ['grpc'],
    idOf: (config) => config.connectorId,
    fold(config, connector: ConnectorOf<'grpc'>): GrpcConfigInput {
      const { connectorId: _connectorId, ...own } = config;
      const { target, tls } = connector;
      const ownNames = new Set(Object.keys(own.metadata ?? {}).map((name) => name.toLowerCase()));
      const inherited = Object.entries(connector.metadata).filter(
        ([name]) => !ownNames.has(name.toLowerCase()),
      );
      return {
        ...own,
        target,
        ...(tls && { tls }),
        metadata: { ...Object.fromEntries(inherited), ...own.metadata },
      };
    },
  },
  breakingFields: ['service', 'method', 'message'],
  response: { readBy: ({ config }) => [config.service, config.method] },
} satisfies ProviderDefinition<typeof grpcToolSchema>;

function retrySafety({ config: { compiled }, idempotent }: GrpcTool): RetrySafety {
  switch (compiled?.idempotency) {
    case 'no_side_effects':
      return { safe: true, words: 'Safe to retry: the service says that the method has no side effects' };
    case 'idempotent':
      return { safe: true, words: 'Safe to retry: the service says that the method is idempotent' };
  }
  if (idempotent) return { safe: true, words: 'Safe to retry: every attempt has the same idempotency-key' };
  return {
    safe: false,
    words: 'Sent once: a second call could act twice. Retried only when nothing was sent',
  };
}
