import type { z } from 'zod';
import type { Issue } from '../../platform/error-codes.ts';
import { authIssue } from '../auth/auth-definition.ts';
import { checkAuth, inherits } from '../auth/registry.ts';
import { unionOf } from '../union-of.ts';
import type { ConnectorKindDefinition } from './connector-kind.ts';
import { databaseConnector } from './database/definition.ts';
import { graphqlConnector } from './graphql/definition.ts';
import { grpcConnector } from './grpc/definition.ts';
import { mcpConnector } from './mcp/definition.ts';
import { restConnector } from './rest/definition.ts';
import { smtpConnector } from './smtp/definition.ts';
import { soapConnector } from './soap/definition.ts';

/** Every kind of connector. */
export const connectorKinds = {
  rest: restConnector,
  smtp: smtpConnector,
  graphql: graphqlConnector,
  mcp: mcpConnector,
  grpc: grpcConnector,
  soap: soapConnector,
  database: databaseConnector,
} satisfies Record<string, ConnectorKindDefinition>;

type Schemas = { [K in keyof typeof connectorKinds]: (typeof connectorKinds)[K]['schema'] };
export type ConnectorKind = keyof Schemas;
export type ConnectorOf<K extends ConnectorKind> = z.output<Schemas[K]>;
export type ConnectorDefinitionInput = z.input<Schemas[ConnectorKind]>;
export type ConnectorDefinition = ConnectorOf<ConnectorKind>;

export const connectorSchemas = () => Object.values(connectorKinds).map(({ schema }) => schema);
export const connectorDefinitionSchema = unionOf<ConnectorDefinition, ConnectorDefinitionInput>(
  'kind',
  connectorSchemas,
);

/** Problems of a connector beyond its shape, each at its place. */
export function checkConnector(
  connector: ConnectorDefinition,
  options: { secretRequired?: boolean } = {},
): Issue[] {
  return [
    ...kindOf(connector).check(connector),
    ...checkAuth(connector.auth, options),
    ...(inherits(connector.auth) ? [authIssue('/auth/type', 'A connector has nothing to inherit from')] : []),
  ];
}

/** `host:port` of every place that tools with this connector call. */
export function connectorHosts(connector: ConnectorDefinition): string[] {
  return kindOf(connector).hosts(connector);
}

/** The fields of a connector that hold what describes its system. */
export const documentFieldsOf = ({ kind }: { kind: ConnectorKind }): readonly string[] =>
  (connectorKinds[kind] as ConnectorKindDefinition | undefined)?.documents ?? [];

/** The fields of any kind that lists leave out. */
export const documentFields = (): string[] =>
  Object.values<ConnectorKindDefinition>(connectorKinds).flatMap(({ documents }) => documents ?? []);

function kindOf<K extends ConnectorKind>(connector: ConnectorOf<K>): ConnectorKindDefinition {
  return connectorKinds[connector.kind];
}
