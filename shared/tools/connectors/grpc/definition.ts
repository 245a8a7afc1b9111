import { z } from 'zod';
import { parseHostPort } from '../../../platform/host-port.ts';
import { checkHostPort, checkMetadata, checkTransport } from '../../providers/grpc/check.ts';
import { grpcServerFields } from '../../providers/grpc/config.ts';
import { connectorFields } from '../../tool-fields.ts';
import type { ConnectorKindDefinition } from '../connector-kind.ts';

const schema = z.strictObject({
  ...connectorFields,
  kind: z.literal('grpc'),
  ...grpcServerFields,
});

/** A gRPC server: where it is, its auth, the metadata of every call, and what describes its services. */
export const grpcConnector = {
  label: 'gRPC server',
  schema,
  check: ({ auth, target, tls, metadata }) => [
    ...checkHostPort(target, '/target'),
    ...checkMetadata(metadata, auth, '/metadata'),
    ...checkTransport(auth, { target, tls }),
  ],
  documents: ['descriptors', 'proto'],
  hosts: ({ target }) => [parseHostPort(target)?.hostPort ?? []].flat(),
} satisfies ConnectorKindDefinition<typeof schema>;
