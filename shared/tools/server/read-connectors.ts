import type { ReadContext } from '../../events/server/change-context.ts';
import type { Identity } from '../../identity/roles.ts';
import { creatorOf } from '../../platform/db/columns.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import { nameCursor, type Page, pageFrom, readNameCursor } from '../../platform/server/paging.ts';
import { authView } from '../auth/auth-view.ts';
import { type ConnectorRow, findConnector, listConnectors } from '../db/connectors.ts';
import { type ConnectorView, readOnlyConnectorFields } from '../tool-schemas.ts';
import { sentBack } from './sent-back.ts';
import { readConnectorDefinition } from './tool-service.ts';
import { writability } from './tool-views.ts';

/**
 * A page of the connectors that the tenant sees, global ones included, by name.
 * @throws InterlockError `invalid_input` for an invalid cursor
 */
export async function connectorPage(
  { services, identity }: ReadContext,
  { cursor, limit, q }: { cursor?: string | undefined; limit: number; q?: string | undefined },
): Promise<Page<ConnectorView>> {
  const after = cursor === undefined ? undefined : readNameCursor(cursor);
  const rows = await services.db.tenant(identity.tenantId, (connection) =>
    listConnectors(connection, { q, after, limit: limit + 1 }),
  );
  return pageFrom(rows, limit, nameCursor, (row) => connectorView(identity, row));
}

/** @throws InterlockError `not_found` */
export async function readConnector(context: ReadContext, connectorId: string): Promise<ConnectorView> {
  return connectorView(context.identity, await readConnectorRow(context, connectorId));
}

/** @throws InterlockError `not_found`, the same for an archived one and another tenant's */
export async function readConnectorRow(
  { services, identity }: ReadContext,
  connectorId: string,
): Promise<ConnectorRow> {
  const row = isUuid(connectorId)
    ? await services.db.tenant(identity.tenantId, (connection) => findConnector(connection, connectorId))
    : null;
  if (!row) throw connectorNotFound();
  return row;
}

export function connectorNotFound(): InterlockError {
  return new InterlockError('not_found', 'Connector not found.');
}

/** What a GET returned, changed or not, may be sent back. @throws InterlockError `invalid_definition` */
export function sentConnector(
  identity: Identity,
  row: ConnectorRow,
  sent: Record<string, unknown>,
): Record<string, unknown> {
  if (sent.id === undefined) return sent;
  return sentBack(sent, connectorView(identity, row), row.definition, readOnlyConnectorFields);
}

export function connectorView(identity: Identity, row: ConnectorRow): ConnectorView {
  const connector = readConnectorDefinition(row.definition);
  return {
    ...connector,
    auth: authView(connector.auth),
    id: row.id,
    revision: row.revision,
    ...writability(identity, row.tenant_id),
    tools: row.tools,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    updatedBy: creatorOf(row),
  };
}
