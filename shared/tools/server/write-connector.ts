import { v7 as uuidv7 } from 'uuid';
import type { EventType } from '../../events/event-types.ts';
import type { ReadContext } from '../../events/server/change-context.ts';
import { refuseStale } from '../../events/server/refuse-stale.ts';
import { tell } from '../../events/server/tell.ts';
import { alreadyExists, onUniqueViolation } from '../../platform/db/unique-violation.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import { checkState, type IfMatch } from '../../platform/if-match.ts';
import { type Auth, authHosts, secretOf } from '../auth/registry.ts';
import { type ConnectorDefinition, connectorHosts } from '../connectors/registry.ts';
import { keepConnectorRevision } from '../db/connector-revisions.ts';
import {
  archiveConnector as archive,
  type ConnectorRow,
  findArchivedConnector,
  findConnectorByName,
  findTriedWith,
  insertConnector,
  lockConnector,
  lockConnectorUse,
  toolsWithConnector,
  unarchiveConnector,
  updateConnector as update,
} from '../db/connectors.ts';
import { findCredential } from '../db/credentials.ts';
import type { RegistryConnection } from '../db/registry-connection.ts';
import { diffConnectors, same } from '../diff-definitions.ts';
import { checkConnectorDefinition } from './check-definition.ts';
import { definitionOf, mustReadRevision } from './connector-history.ts';
import { offersOf } from './connector-offers.ts';
import { keptCredential, type OwnerId, storeAuth } from './credential-store.ts';
import { connectorNotFound, readConnector, readConnectorRow, sentConnector } from './read-connectors.ts';
import { readConnectorDefinition } from './tool-service.ts';
import { asOwner, ownerOf, type WriteContext } from './write-tool.ts';

const nameTaken = 'Another connector has this name';

/**
 * @returns the id of the new connector
 * @throws InterlockError `invalid_definition`, `already_exists`, or `forbidden` for a global one without the role
 */
export async function createConnector(context: WriteContext, sent: Record<string, unknown>): Promise<string> {
  const draft = await newConnector(context, sent);
  await asOwner(context, draft.ownerId, (connection) => insertConnectorDraft(connection, context, draft));
  return draft.id;
}

/** A connector that is checked and not written yet. */
interface ConnectorDraft {
  id: string;
  connector: ConnectorDefinition;
  ownerId: OwnerId;
}

/** Writes a draft of `newConnector` in a transaction of its owner. @throws InterlockError `already_exists` */
export async function insertConnectorDraft(
  connection: RegistryConnection,
  context: WriteContext,
  { id, connector, ownerId }: ConnectorDraft,
): Promise<void> {
  const { actor } = context.identity;
  const auth = await storedAuth(connection, context, ownerId, connector);
  const definition = { ...connector, auth };
  await insertConnector(connection, { id, ownerId, revision: 1, definition, note: null, actor }).catch(
    onUniqueViolation(nameTaken),
  );
  await tell(connection, context, {
    type: 'ConnectorCreated',
    subjectType: 'connector',
    subjectId: id,
    data: { name: connector.name, revision: 1 },
  });
}

export interface ConnectorChange {
  note: string | null;
  /** The revisions that may be replaced. */
  ifMatch?: IfMatch | undefined;
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
      ? { ...(await newConnector(context, sent)), row: null }
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

/** @throws InterlockError `invalid_definition`, or `forbidden` for a global one without the role */
export async function newConnector(
  context: WriteContext,
  sent: Record<string, unknown>,
): Promise<ConnectorDraft> {
  const connector = checkConnectorDefinition(sent, { secretRequired: true });
  await checkDocuments(context, connector);
  return { id: uuidv7(), connector, ownerId: ownerOf(context.identity, connector.scope) };
}

/** The next revision of a connector, checked. @throws InterlockError as `updateConnector` does */
export async function nextConnector(
  context: WriteContext,
  id: string,
  sent: Record<string, unknown>,
): Promise<ConnectorRevisionDraft> {
  const row = await readConnectorRow(context, id);
  const ownerId = ownerOfConnector(context, row);
  const scope = ownerId === null ? 'global' : 'tenant';
  const written = sentConnector(context.identity, row, sent);
  const connector = checkConnectorDefinition({ scope, ...written }, { secretRequired: false });
  if (connector.scope !== scope) {
    const message = 'The scope of a connector cannot change';
    throw new InterlockError('invalid_definition', `${message}.`, {
      issues: [{ path: '/scope', message, keyword: 'scope' }],
    });
  }
  await checkDocuments(context, connector);
  return { connector, ownerId, row };
}

/** @throws InterlockError `invalid_definition` */
async function checkDocuments({ identity }: WriteContext, connector: ConnectorDefinition): Promise<void> {
  const issues = (await offersOf(connector.kind)?.check?.(connector, identity.tenantId)) ?? [];
  if (issues.length > 0)
    throw new InterlockError('invalid_definition', 'Invalid connector definition.', { issues });
}

/**
 * Changes a connector for every tool that uses it; the same definition again changes nothing.
 * @throws InterlockError `not_found`, `invalid_definition`, `already_exists`, `precondition_failed`, or `forbidden` for a
 * global one without the role
 */
export async function updateConnector(
  context: WriteContext,
  id: string,
  sent: Record<string, unknown>,
  change: ConnectorChange,
): Promise<void> {
  const { connector, ownerId, row } = await nextConnector(context, id, sent);
  await revise(context, { row, ownerId, connector, event: 'ConnectorUpdated', ...change });
}

/**
 * Makes an old revision the new one.
 * @throws InterlockError as `updateConnector` does; `invalid_definition` when its secret is no longer stored
 */
export async function restoreConnector(
  context: WriteContext,
  id: string,
  revision: number,
  { ifMatch }: Pick<ConnectorChange, 'ifMatch'> = {},
): Promise<void> {
  const { services, identity } = context;
  const row = await readConnectorRow(context, id);
  const ownerId = ownerOfConnector(context, row);
  const old = await services.db.tenant(identity.tenantId, (connection) =>
    mustReadRevision(connection, id, revision),
  );
  const connector = checkConnectorDefinition(definitionOf(old), { secretRequired: false });
  const note = `Restored revision ${revision}`;
  await asOwner(context, ownerId, (connection) => assertSecretKept(connection, ownerId, connector, revision));
  await revise(context, { row, ownerId, connector, note, event: 'ConnectorRestored', ifMatch });
}

async function assertSecretKept(
  connection: RegistryConnection,
  ownerId: string | null,
  { auth }: ConnectorDefinition,
  revision: number,
): Promise<void> {
  const { credentialId } = secretOf(auth);
  if (credentialId === undefined || (await findCredential(connection, credentialId, ownerId))) return;
  const message = `The secret of revision ${revision} is no longer stored`;
  throw new InterlockError(
    'invalid_definition',
    `${message}. The connector was not changed. Edit it, and enter the secret.`,
    { issues: [{ path: '/auth/credentialId', message, keyword: 'credential' }] },
  );
}

/** A revision that is checked and not written yet. */
export interface ConnectorRevisionDraft {
  row: ConnectorRow;
  ownerId: string | null;
  connector: ConnectorDefinition;
}

interface Revised extends ConnectorChange, ConnectorRevisionDraft {
  event: Extract<EventType, 'ConnectorUpdated' | 'ConnectorRestored'>;
}

async function revise(context: WriteContext, draft: Revised): Promise<void> {
  await asOwner(context, draft.ownerId, (connection) =>
    publishConnectorDraft(connection, context, draft),
  ).catch(staleConnector(context, draft.row.id));
}

/**
 * Writes a draft of `nextConnector` in a transaction of its owner; the same definition again changes nothing.
 * @returns whether it was written
 * @throws InterlockError `not_found`, `already_exists` or `invalid_definition`; StaleError
 */
export async function publishConnectorDraft(
  connection: RegistryConnection,
  context: WriteContext,
  { row, ownerId, connector, event, note, ifMatch }: Revised,
): Promise<boolean> {
  const { actor, tenantId } = context.identity;
  const { id } = row;
  const locked = await lockConnector(connection, id, ownerId);
  if (!locked) throw connectorNotFound();
  checkState(ifMatch, locked.revision);
  const previous = readConnectorDefinition(locked.definition);
  const auth = await storedAuth(connection, context, ownerId, connector, previous.auth);
  const definition = { ...connector, auth };
  if (event === 'ConnectorUpdated' && same(previous, definition)) return false;
  await keepConnectorRevision(connection, tenantId, id);
  const revision = locked.revision + 1;
  await update(connection, { id, ownerId, revision, definition, note, actor }).catch(
    onUniqueViolation(nameTaken),
  );
  await tell(connection, context, {
    type: event,
    subjectType: 'connector',
    subjectId: id,
    data: {
      name: connector.name,
      revision,
      changed: diffConnectors(previous, definition).map(({ path }) => path),
      tools: row.tools.map((tool) => tool.name),
    },
  });
  return true;
}

function staleConnector(context: ReadContext, id: string): (error: unknown) => Promise<never> {
  return refuseStale(async () => {
    const current = await readConnector(context, id);
    return { what: 'The connector', changedBy: current.updatedBy, changedAt: current.updatedAt, current };
  });
}

/** @throws InterlockError `not_found`, `precondition_failed`, or `conflict` naming the tools that use it */
export async function archiveConnector(context: WriteContext, id: string, ifMatch?: IfMatch): Promise<void> {
  const row = await readConnectorRow(context, id);
  const ownerId = ownerOfConnector(context, row);
  await asOwner(context, ownerId, (connection) =>
    archiveConnectorOn(connection, context, { id, ownerId, name: row.name, ifMatch }),
  ).catch(staleConnector(context, id));
}

/** The same in a transaction of the owner. @throws InterlockError `not_found`, `conflict`; StaleError */
export async function archiveConnectorOn(
  connection: RegistryConnection,
  context: WriteContext,
  {
    id,
    ownerId,
    name,
    ifMatch,
  }: { id: string; ownerId: OwnerId; name: string; ifMatch?: IfMatch | undefined },
): Promise<void> {
  const locked = await lockConnector(connection, id, ownerId);
  if (!locked) throw connectorNotFound();
  checkState(ifMatch, locked.revision);
  await lockConnectorUse(connection, id, 'archive');
  const tools = await toolsWithConnector(connection, id, context.identity.tenantId);
  if (tools.length > 0) throw new InterlockError('conflict', `These tools use it: ${tools.join(', ')}.`);
  const tried = await findTriedWith(connection, id);
  if (tried !== null)
    throw new InterlockError('conflict', `A version of ${tried} that is being tried uses it.`);
  await archive(connection, id, ownerId);
  await tell(connection, context, {
    type: 'ConnectorArchived',
    subjectType: 'connector',
    subjectId: id,
    data: { name },
  });
}

/**
 * Takes an archived connector back into use; one that is not archived stays as it is. Its credential is as it was: one that
 * was archived meanwhile has to be replaced.
 * @throws InterlockError `not_found`; `already_exists` when its name is taken meanwhile; `forbidden` for a global one
 */
export async function restoreArchivedConnector(context: WriteContext, id: string): Promise<void> {
  const { services, identity } = context;
  const archived = isUuid(id)
    ? await services.db.tenant(identity.tenantId, (connection) => findArchivedConnector(connection, id))
    : null;
  if (!archived) {
    await readConnectorRow(context, id);
    return;
  }
  const ownerId = archived.tenant_id ?? ownerOf(identity, 'global');
  await asOwner(context, ownerId, async (connection) => {
    const name = await unarchiveConnector(connection, id, ownerId).catch(onUniqueViolation(nameTaken));
    if (name === null) return;
    await tell(connection, context, {
      type: 'ConnectorUnarchived',
      subjectType: 'connector',
      subjectId: id,
      data: { name },
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
