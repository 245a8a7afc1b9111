import { type ConnectorKind, connectorHosts } from '../../../../shared/tools/connectors/registry.ts';
import type { Outputs } from '../../../api/trpc.ts';

export type Connector = Outputs['connectors']['get'];
export type ConnectorOfKind<K extends ConnectorKind> = Extract<Connector, { kind: K }>;

export const connectorTitle = (connector: { title?: string | undefined; name: string }): string =>
  connector.title ?? connector.name;

/** Where its tools call. */
export const connectorAddress = ({ auth: _auth, ...connector }: Connector): string =>
  'baseUrl' in connector
    ? connector.baseUrl
    : connectorHosts({ ...connector, auth: { type: 'none' } }).join(', ');

/** The definition alone, in a stable order. */
export function connectorDefinition(connector: Connector): Record<string, unknown> {
  const {
    id,
    revision,
    writable,
    readOnlyReason,
    tools,
    createdAt,
    updatedAt,
    updatedBy,
    auth: { hasSecret, ...auth },
    ...definition
  } = connector;
  return { ...definition, auth };
}
