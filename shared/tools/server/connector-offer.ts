import type { TenantEgress } from '../../platform/egress-rules.ts';
import type { Issue } from '../../platform/error-codes.ts';
import type { Egress, EgressResponse } from '../../platform/server/egress/egress.ts';
import type { ConnectorKind, ConnectorOf } from '../connectors/registry.ts';

/** An operation of the system behind a connector. */
export interface OfferedOperation {
  /** Identifies it in the document that it comes from, also when that is read again. */
  key: string;
  title: string;
  description: string;
  /** As lists show it, such as `POST`, `query` or `stream`. */
  method: string | null;
  /** A draft of a tool, without its connector; null when it cannot become one. */
  tool: Record<string, unknown> | null;
  /** Why not, or what could not be taken over; null: nothing. */
  reason: string | null;
}

/** What the system says about itself is asked with this. */
export interface OfferContext extends TenantEgress {
  tenantId: string;
  egress: Egress;
  signal: AbortSignal;
  /** Clear; null for a connector without one. */
  secret: string | null;
  /** Sends a request with the auth of the connector. @throws EgressError, EgressRefused, AuthError */
  send(request: {
    method: string;
    url: string;
    headers: Record<string, string>;
    body?: string;
    maxResponseBytes: number;
  }): Promise<EgressResponse>;
}

/** What a kind of connector knows about the system behind it. */
export interface ConnectorOffers<K extends ConnectorKind = ConnectorKind> {
  /**
   * Asks the system for what describes it (a schema, a list of tools).
   * @returns the fields of the connector that hold it
   * @throws InterlockError `provider_error` in words for people
   */
  fetch?(connector: ConnectorOf<K>, context: OfferContext): Promise<Partial<ConnectorOf<K>>>;
  /** Problems of its documents when it is saved, each at its place in the connector. Reads them in isolates. */
  check?(connector: ConnectorOf<K>, tenantId: string): Promise<Issue[]>;
  /** Every operation that its document describes. Reads it in an isolate. */
  operations(connector: ConnectorOf<K>, tenantId: string): Promise<OfferedOperation[]>;
}
