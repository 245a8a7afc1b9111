import type { Outputs } from '../../../api/trpc.ts';

export type Connector = Outputs['connectors']['get'];

export const connectorTitle = (connector: { title?: string | undefined; name: string }): string =>
  connector.title ?? connector.name;

/** Where its tools call. */
export const connectorUrl = (connector: { kind: string; baseUrl?: string; url?: string }): string =>
  connector.baseUrl ?? connector.url ?? '';

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
