import { graphqlOffers } from '../connectors/graphql/offers.ts';
import { grpcOffers } from '../connectors/grpc/offers.ts';
import { mcpOffers } from '../connectors/mcp/offers.ts';
import type { ConnectorKind } from '../connectors/registry.ts';
import { soapOffers } from '../connectors/soap/offers.ts';
import type { ConnectorOffers } from './connector-offer.ts';

/** What each kind of connector offers. */
const connectorOffers: { [K in ConnectorKind]?: ConnectorOffers<K> } = {
  graphql: graphqlOffers,
  mcp: mcpOffers,
  grpc: grpcOffers,
  soap: soapOffers,
};

/** Undefined for a kind that knows nothing of what is behind it. */
export const offersOf = (kind: ConnectorKind): ConnectorOffers | undefined =>
  (connectorOffers as Partial<Record<ConnectorKind, ConnectorOffers>>)[kind];
