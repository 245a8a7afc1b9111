import { InterlockError } from '../../../platform/error-codes.ts';
import { parseHostPort } from '../../../platform/host-port.ts';
import { EgressError, EgressRefused } from '../../../platform/server/egress/egress-error.ts';
import { openHttp2 } from '../../../platform/server/egress/http2-session.ts';
import { readIdentity } from '../../auth/mtls/definition.ts';
import { placeAuth } from '../../auth/place-auth.ts';
import { ReflectionError, reflect } from '../../providers/grpc/call/reflection.ts';
import { type DescribedMethod, streamingUp } from '../../providers/grpc/complete/compile-method.ts';
import { methodsOf } from '../../providers/grpc/complete/in-isolate.ts';
import { maxDocument, usesTls } from '../../providers/grpc/config.ts';
import type { ConnectorOffers, OfferContext, OfferedOperation } from '../../server/connector-offer.ts';
import type { ConnectorOf } from '../registry.ts';

const timeoutMs = 20_000;

/** Asks a gRPC server by reflection; every method that can be called is an operation. */
export const grpcOffers: ConnectorOffers<'grpc'> = {
  fetch: async (connector, context) => {
    const shown = connector.target;
    try {
      const descriptors = await ask(connector, context);
      if (descriptors.length > maxDocument)
        throw new ReflectionError(`${shown} describes itself at too great length to be stored`);
      return { descriptors };
    } catch (error) {
      if (
        error instanceof EgressRefused ||
        !(error instanceof ReflectionError || error instanceof EgressError)
      )
        throw error;
      throw new InterlockError('provider_error', `${error.message.replace(/\.$/, '')}. Nothing was changed.`);
    }
  },
  async operations({ descriptors, proto }, tenantId) {
    if (descriptors === undefined && proto === undefined) return [];
    const found = await methodsOf({ descriptors, proto }, tenantId);
    if ('problem' in found) throw new InterlockError('invalid_definition', `${found.problem}.`);
    return found.methods.map(operationOf);
  },
};

async function ask(connector: ConnectorOf<'grpc'>, context: OfferContext): Promise<string> {
  const { target, auth, metadata } = connector;
  const { host, port, hostPort } = parseHostPort(target) ?? { host: '', port: 0, hostPort: '' };
  const { secret, signal, tenantId, privateHosts, allowedHosts } = context;
  const isCertificate = auth.type === 'mtls' && secret !== null;
  const request = { method: 'POST', url: `https://${hostPort}/`, headers: lowerCase(metadata) };
  const { headers } = secret === null || isCertificate ? request : placeAuth(auth, secret, request);
  const session = await openHttp2(context.egress, {
    tenantId,
    privateHosts,
    allowedHosts,
    caller: null,
    protocol: 'GRPC',
    host: host.replace(/^\[(.*)\]$/, '$1'),
    port,
    signal,
    tls: usesTls(connector)
      ? {
          identity: isCertificate
            ? { ca: auth.ca, passphrase: undefined, ...readIdentity(secret) }
            : undefined,
        }
      : null,
  });
  try {
    return await reflect(
      session,
      { host: hostPort, metadata: headers, timeoutMs, signal, onChunk: () => {} },
      null,
    );
  } finally {
    session.destroy();
  }
}

const lowerCase = (metadata: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(metadata).map(([name, value]) => [name.toLowerCase(), value]));

const kinds: Record<DescribedMethod['kind'], string> = {
  unary: 'unary',
  server_streaming: 'stream',
  client_streaming: 'client stream',
  bidi_streaming: 'both stream',
};

function operationOf({ service, method, kind, inputSchema }: DescribedMethod): OfferedOperation {
  const canBeCalled = kind === 'unary' || kind === 'server_streaming';
  const words = method.replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ');
  return {
    key: `${service}/${method}`,
    title: `${words.slice(0, 1)}${words.slice(1).toLowerCase()}`,
    description: `${service}/${method}`,
    method: kinds[kind],
    tool: canBeCalled
      ? {
          name: toolName(method),
          title: `${words.slice(0, 1)}${words.slice(1).toLowerCase()}`.slice(0, 120),
          type: 'grpc',
          inputSchema,
          config: { service, method },
        }
      : null,
    reason: canBeCalled ? null : streamingUp,
  };
}

const toolName = (method: string): string =>
  method
    .replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_')
    .toLowerCase()
    .slice(0, 63);
