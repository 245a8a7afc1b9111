import type { ConnectorKind } from '../../../../../../shared/tools/connectors/registry.ts';
import type { ConnectorKindForm } from './connector-kind-form.ts';
import { databaseForm } from './database.tsx';
import { graphqlForm } from './graphql.tsx';
import { grpcForm } from './grpc.tsx';
import { mcpForm } from './mcp.tsx';
import { restForm } from './rest.tsx';
import { smtpForm } from './smtp.tsx';
import { soapForm } from './soap.tsx';

/** The fields of every kind of connector. */
export const connectorKindForms: Record<ConnectorKind, ConnectorKindForm> = {
  rest: restForm,
  smtp: smtpForm,
  graphql: graphqlForm,
  mcp: mcpForm,
  grpc: grpcForm,
  soap: soapForm,
  database: databaseForm,
};

/** Undefined for a kind that only a newer server knows. */
export const connectorKindFormOf = (kind: string): ConnectorKindForm | undefined =>
  Object.hasOwn(connectorKindForms, kind) ? connectorKindForms[kind as ConnectorKind] : undefined;
