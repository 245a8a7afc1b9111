import { v7 as uuidv7 } from 'uuid';
import { tell } from '../../events/server/tell.ts';
import { alreadyExists, onUniqueViolation } from '../../platform/db/unique-violation.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { type Auth, authHosts } from '../auth/registry.ts';
import { type ConnectorDefinition, connectorHosts } from '../connectors/registry.ts';
import {
  archiveConnector as archive,
  type ConnectorRow,
  findConnectorByName,
  insertConnector,
  lockConnector,
  updateConnector as update,
} from '../db/connectors.ts';
import type { RegistryConnection } from '../db/registry-connection.ts';
import { checkConnectorDefinition } from './check-definition.ts';
import { keptCredential, storeAuth } from './credential-store.ts';
import { connectorNotFound, readConnectorRow } from './read-connectors.ts';
import { readConnectorDefinition } from './tool-service.ts';
import { asOwner, ownerOf, type WriteContext } from './write-tool.ts';

const nameTaken = 'Another connector has this name';

/**
 * @returns the id of the new connector
 * @throws InterlockError `invalid_definition`, `already_exists`, or `forbidden` for a global one without the role
 */
export async function createConnector(context: WriteContext, sent: Record<string, unknown>): Promise<string> {
  const { connector, ownerId } = newConnector(context, sent);
  const id = uuidv7();
  await asOwner(context, ownerId, async (connection) => {
    const auth = await storedAuth(connection, context, ownerId, connector);
    await insertConnector(connection, { id, ownerId, definition: { ...connector, auth } }).catch(
      onUniqueViolation(nameTaken),
    );
    await tell(connection, context, {
      type: 'ConnectorCreated',
      subjectType: 'connector',
      subjectId: id,
      data: { name: connector.name },
    });
  });
  return id;
}

/**
 * What `createConnector` would refuse, or with an id `updateConnector`. Stores nothing.
 * @throws InterlockError as they do
 */
export async function checkConnectorWrite(
  context: WriteContext,
  sent: Record<string, unknown>,
  existingId?: string,
): Promise<void> {
  const { connector, ownerId, row } =
    existingId === undefined
      ? { ...newConnector(context, sent), row: null }
      : await nextConnector(context, existingId, sent);
  const { name, auth } = connector;
  await asOwner(context, ownerId, async (connection) => {
    const other = await findConnectorByName(connection, ownerId, name);
    if (other !== null && other !== existingId) throw alreadyExists(nameTaken);
    const hosts = authHosts(auth, connectorHosts(connector));
    const previous = row && readConnectorDefinition(row.definition).auth;
    await keptCredential(connection, { ownerId, auth, hosts, previous: previous ?? undefined });
  });
}

function newConnector(context: WriteContext, sent: Record<string, unknown>) {
  const connector = checkConnectorDefinition(sent, { secretRequired: true });
  return { connector, ownerId: ownerOf(context.identity, connector.scope) };
}

async function nextConnector(context: WriteContext, id: string, sent: Record<string, unknown>) {
  const row = await readConnectorRow(context, id);
  const ownerId = ownerOfConnector(context, row);
  const scope = ownerId === null ? 'global' : 'tenant';
  const connector = checkConnectorDefinition({ scope, ...sent }, { secretRequired: false });
  if (connector.scope !== scope) {
    const message = 'The scope of a connector cannot change';
    throw new InterlockError('invalid_definition', `${message}.`, {
      issues: [{ path: '/scope', message, keyword: 'scope' }],
    });
  }
  return { connector, ownerId, row };
}

/**
 * Changes a connector for every tool that uses it.
 * @throws InterlockError `not_found`, `invalid_definition`, `already_exists`, or `forbidden` for a global one without
 * the role
 */
export async function updateConnector(
  context: WriteContext,
  id: string,
  sent: Record<string, unknown>,
): Promise<void> {
  const { connector, ownerId, row } = await nextConnector(context, id, sent);
  await asOwner(context, ownerId, async (connection) => {
    const locked = await lockConnector(connection, id, ownerId);
    if (!locked) throw connectorNotFound();
    const previous = readConnectorDefinition(locked.definition).auth;
    const auth = await storedAuth(connection, context, ownerId, connector, previous);
    await update(connection, { id, ownerId, definition: { ...connector, auth } }).catch(
      onUniqueViolation(nameTaken),
    );
    await tell(connection, context, {
      type: 'ConnectorUpdated',
      subjectType: 'connector',
      subjectId: id,
      data: { name: connector.name, tools: row.tools.map((tool) => tool.name) },
    });
  });
}

/** @throws InterlockError `not_found`, or `conflict` naming the tools that use it */
export async function archiveConnector(context: WriteContext, id: string): Promise<void> {
  const row = await readConnectorRow(context, id);
  const ownerId = ownerOfConnector(context, row);
  if (row.tools.length > 0) {
    const names = row.tools.map((tool) => tool.name).join(', ');
    throw new InterlockError('conflict', `These tools use it: ${names}.`);
  }
  await asOwner(context, ownerId, async (connection) => {
    await archive(connection, id, ownerId);
    await tell(connection, context, {
      type: 'ConnectorArchived',
      subjectType: 'connector',
      subjectId: id,
      data: { name: row.name },
    });
  });
}

function ownerOfConnector({ identity }: WriteContext, row: ConnectorRow): string | null {
  return row.tenant_id ?? ownerOf(identity, 'global');
}

/** @param previous the auth it replaces */
function storedAuth(
  connection: RegistryConnection,
  context: WriteContext,
  ownerId: string | null,
  connector: ConnectorDefinition,
  previous?: Auth,
): Promise<Auth> {
  const { auth, name: usedBy } = connector;
  const hosts = authHosts(auth, connectorHosts(connector));
  return storeAuth(connection, context, { ownerId, usedBy, auth, hosts, previous });
}
