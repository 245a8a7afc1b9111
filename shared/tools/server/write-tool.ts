import { v7 as uuidv7 } from 'uuid';
import type { EventType } from '../../events/event-types.ts';
import type { ChangeContext, ReadContext } from '../../events/server/change-context.ts';
import { refuseStale } from '../../events/server/refuse-stale.ts';
import { tell } from '../../events/server/tell.ts';
import { authorize, type Identity } from '../../identity/roles.ts';
import type { Database } from '../../platform/db/database.ts';
import { alreadyExists, onUniqueViolation } from '../../platform/db/unique-violation.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import { checkState, type IfMatch } from '../../platform/if-match.ts';
import type { Vault } from '../../platform/server/vault.ts';
import { stillArchived } from '../../platform/still-archived.ts';
import { type AnyAuth, authHosts, inherits, secretOf, withCredential } from '../auth/registry.ts';
import { archivedConnectorName, lockConnectorUse } from '../db/connectors.ts';
import type { RegistryConnection } from '../db/registry-connection.ts';
import {
  addVersion,
  findToolByName,
  insertTool,
  type LockedTool,
  lockTool,
  makeCurrent,
  type NewVersion,
  readDraftVersion,
  readOwnedVersion,
  readVersions,
} from '../db/tools.ts';
import { diffDefinitions, same } from '../diff-definitions.ts';
import { targetHosts } from '../providers/registry.ts';
import { readOnlyToolFields } from '../tool-schemas.ts';
import { formatOf } from '../upgrade-definition.ts';
import { type CheckedTool, checkToolDefinition, type NewConnectors } from './check-definition.ts';
import { keptCredential, type OwnerId, storeAuth } from './credential-store.ts';
import { readTool, readToolWhole } from './read-tools.ts';
import { sentBack } from './sent-back.ts';
import { checkScope, type LoadedTool, loadTool, resolveVersion, storedDefinition } from './tool-service.ts';

export type WriteContext = ChangeContext<{ vault: Vault }>;

/** Runs a change of the registry in one transaction, as the owner of the definition. */
export function asOwner<T>(
  { services, identity }: WriteContext,
  ownerId: OwnerId,
  work: (connection: RegistryConnection) => Promise<T>,
): Promise<T> {
  return ownerId === null
    ? services.db.systemTransaction(work)
    : services.db.tenantTransaction(identity.tenantId, work);
}

/** The owner of a definition of this scope. @throws InterlockError `forbidden` for a global one without the role */
export function ownerOf(identity: Identity, scope: 'tenant' | 'global' | undefined): OwnerId {
  if (scope !== 'global') return identity.tenantId;
  authorize(identity, 'tools.write_global');
  return null;
}

/**
 * @returns the id of the new tool
 * @throws InterlockError `invalid_definition`, `already_exists`, or `forbidden` for a global one without the role
 */
export async function createTool(context: WriteContext, sent: Record<string, unknown>): Promise<string> {
  const draft = await newTool(context, sent);
  await asOwner(context, draft.ownerId, (connection) => insertDraft(connection, context, draft));
  return draft.toolId;
}

/** Writes a draft of `newTool` in a transaction of its owner. @throws InterlockError `already_exists` */
export async function insertDraft(
  connection: RegistryConnection,
  context: WriteContext,
  draft: ToolDraft,
): Promise<void> {
  const { toolId, ownerId } = draft;
  const { name } = draft.checked.written;
  await assertNameFree(connection, ownerId, name, null);
  const first = await newVersion(connection, context, draft);
  await insertTool(connection, first).catch(onUniqueViolation(nameTaken));
  await tell(connection, context, {
    type: 'ToolCreated',
    subjectType: 'tool',
    subjectId: toolId,
    data: { name, version: 1 },
  });
}

/**
 * What `createTool` would refuse, or with an id `updateTool`, except renaming a tool that is in use. Stores nothing.
 * @throws InterlockError as they do
 */
export async function checkToolWrite(
  context: WriteContext,
  sent: Record<string, unknown>,
  existingId?: string,
): Promise<void> {
  const draft =
    existingId === undefined
      ? await newTool(context, sent)
      : await nextTool(context, existingId, sent, { note: null });
  const { ownerId, toolId, checked } = draft;
  const { auth, hosts } = authOf(checked);
  const { services, identity } = context;
  const current = existingId === undefined ? null : await loadTool(services.db, identity.tenantId, toolId);
  await asOwner(context, ownerId, async (connection) => {
    await assertNameFree(connection, ownerId, checked.written.name, toolId);
    if (!auth) return;
    const before = current && (await readOwnedVersion(connection, toolId, ownerId, current.version));
    const previous = before ? storedDefinition(before).auth : undefined;
    await keptCredential(connection, { ownerId, auth, hosts, previous });
  });
}

/**
 * The first version of a tool, checked.
 * @param connectors by their id: those that are written in the same transaction
 * @throws InterlockError `invalid_definition`
 */
export async function newTool(
  context: WriteContext,
  sent: Record<string, unknown>,
  connectors?: NewConnectors,
): Promise<ToolDraft> {
  const checked = await checkTool(context, sent, { secretRequired: true, connectors });
  const ownerId = ownerOf(context.identity, checked.written.scope);
  return { toolId: uuidv7(), ownerId, checked, note: null };
}

/**
 * The next version of a tool, checked.
 * @param connectors as `newTool` takes them
 * @throws InterlockError as `updateTool` does
 */
export async function nextTool(
  context: WriteContext,
  toolId: string,
  sent: Record<string, unknown>,
  { note, connectors }: Pick<ToolDraft, 'note'> & { connectors?: NewConnectors },
): Promise<ToolDraft> {
  const ownerId = await ownerOfTool(context, toolId);
  const written = sent.id === undefined ? sent : await readWritten(context, toolId, sent);
  const checked = await checkTool(context, written, { secretRequired: false, connectors });
  const scope = checked.written.scope ?? 'tenant';
  if (scope !== (ownerId === null ? 'global' : 'tenant')) {
    const message = 'The scope of a tool cannot change';
    throw new InterlockError('invalid_definition', `${message}.`, {
      issues: [{ path: '/scope', message, keyword: 'scope' }],
    });
  }
  return { toolId, ownerId, checked, note };
}

/** Called before a tool gets another name; it throws when the tool must keep it. */
export interface RenameGuard {
  beforeRename?: (() => Promise<void>) | undefined;
}

/** Refuses to change another version than these. @throws InterlockError `precondition_failed` */
export interface ToolCondition {
  ifMatch?: IfMatch | undefined;
}

/**
 * Publishes a new immutable version; the same document again changes nothing.
 * @param sent the definition, or the tool as it was read, changed or not
 * @throws InterlockError `not_found`, `invalid_definition`, `already_exists`, `precondition_failed`, or `forbidden` for a
 * global tool without the role
 */
export async function updateTool(
  context: WriteContext,
  toolId: string,
  sent: Record<string, unknown>,
  { note, ...conditions }: RenameGuard & ToolCondition & { note: string | null },
): Promise<void> {
  const draft = await nextTool(context, toolId, sent, { note });
  await publish(context, { ...draft, event: 'ToolUpdated', ...conditions });
}

/** Publishes an old version as the new one. @throws InterlockError as `updateTool` does */
export async function restoreTool(
  context: WriteContext,
  toolId: string,
  version: number,
  conditions: RenameGuard & ToolCondition = {},
): Promise<void> {
  const { services, identity } = context;
  const ownerId = await ownerOfTool(context, toolId);
  const [old] = await services.db.tenant(identity.tenantId, (c) => readVersions(c, toolId, version));
  if (!old) throw new InterlockError('not_found', 'Version not found.');
  const checked = await checkTool(context, storedDefinition(old), { secretRequired: false });
  const note = `Restored version ${version}`;
  await publish(context, { toolId, ownerId, checked, note, event: 'ToolRestored', ...conditions });
}

/** Every problem of a definition, each at its place. @throws InterlockError `invalid_definition` */
export function checkTool(
  { services, identity }: ReadContext,
  sent: unknown,
  options: { secretRequired: boolean; connectors?: NewConnectors | undefined },
): Promise<CheckedTool> {
  return checkToolDefinition(services.db, identity.tenantId, sent, options);
}

/** A version that is checked and not written yet. */
export interface ToolDraft {
  toolId: string;
  ownerId: OwnerId;
  checked: CheckedTool;
  note: string | null;
}

interface Publication extends ToolCondition {
  event: Extract<EventType, 'ToolUpdated' | 'ToolRestored'>;
}

async function publish(
  context: WriteContext,
  { beforeRename, ...draft }: ToolDraft & RenameGuard & Publication,
): Promise<void> {
  const { toolId, ownerId, checked } = draft;
  const { name } = checked.written;
  if (beforeRename) {
    const current = await loadTool(context.services.db, context.identity.tenantId, toolId);
    if (current && current.definition.name !== name) await beforeRename();
  }
  await asOwner(context, ownerId, (connection) => publishDraft(connection, context, draft)).catch(
    staleTool(context, toolId),
  );
}

/**
 * Publishes a draft of `nextTool` in a transaction of its owner; the same definition again changes nothing.
 * @returns whether it was published
 * @throws InterlockError `not_found`, `already_exists`, `precondition_failed`, or `conflict` during a trial
 */
export async function publishDraft(
  connection: RegistryConnection,
  context: WriteContext,
  { event, ifMatch, ...draft }: ToolDraft & Publication,
): Promise<boolean> {
  const { toolId, ownerId, checked } = draft;
  const { name } = checked.written;
  const locked = await lockTool(connection, toolId, ownerId);
  if (!locked) throw new InterlockError('not_found', 'Tool not found.');
  checkState(ifMatch, locked.current_version);
  if (locked.current_version === 0)
    throw new InterlockError(
      'conflict',
      `${locked.name} was never published. Nothing was changed; change its draft, and publish that.`,
    );
  await assertNameFree(connection, ownerId, name, toolId);
  const current = await readOwnedVersion(connection, toolId, ownerId, locked.current_version);
  const before = storedDefinition(current);
  const next = await newVersion(connection, context, draft, before.auth);
  if (event === 'ToolUpdated' && same(before, next.definition)) return false;
  refuseDuringTrial(locked);
  const version = await addVersion(connection, next);
  await makeCurrent(connection, next, version).catch(onUniqueViolation(nameTaken));
  const changes = diffDefinitions(resolveVersion(current), resolvedOf(checked, next));
  await tell(connection, context, {
    type: event,
    subjectType: 'tool',
    subjectId: toolId,
    data: { name, version, changed: changes.map(({ path }) => path) },
  });
  return true;
}

/**
 * Writes a draft of `nextTool` as the next version of a tool that its owner has locked, which stays as it is.
 * @returns its number; null when it is the same as the current one
 */
export async function addCandidate(
  connection: RegistryConnection,
  context: WriteContext,
  draft: ToolDraft,
  currentVersion: number,
): Promise<number | null> {
  const { toolId, ownerId } = draft;
  const before = storedDefinition(await readOwnedVersion(connection, toolId, ownerId, currentVersion));
  const next = await newVersion(connection, context, draft, before.auth);
  return same(before, next.definition) ? null : addVersion(connection, next);
}

/** A trial compares two versions: a third one would end it without anyone having decided so. @throws InterlockError `conflict` */
export function refuseDuringTrial({ name, current_version, trial }: LockedTool): void {
  if (trial?.baseline !== current_version) return;
  throw new InterlockError(
    'conflict',
    `Version ${trial.candidate} of ${name} is being tried. Promote it or stop the trial first. Nothing was changed.`,
    { details: { trialId: trial.id } },
  );
}

/** With the credential that it was stored with. */
function resolvedOf(
  { resolved }: CheckedTool,
  { auth }: { auth: AnyAuth | undefined },
): CheckedTool['resolved'] {
  const credentialId = auth && secretOf(auth).credentialId;
  return credentialId ? { ...resolved, auth: withCredential(resolved.auth, credentialId) } : resolved;
}

/** A version as it is stored: as written, without a secret. */
export async function newVersion(
  connection: RegistryConnection,
  context: WriteContext,
  { toolId, ownerId, checked, note }: ToolDraft,
  previous?: AnyAuth,
): Promise<NewVersion & { auth: AnyAuth | undefined }> {
  const { written, connectorId } = checked;
  await keepConnector(connection, connectorId);
  const { auth: _sent, ...rest } = written;
  const { auth, hosts } = authOf(checked);
  const { actor } = context.identity;
  const version = { toolId, ownerId, connectorId, note, actor };
  // Left out means the same, also to a process of an earlier version.
  if (!auth)
    return { ...version, auth: undefined, definition: rest, formatVersion: formatOf({}, connectorId) };
  const stored = await storeAuth(connection, context, {
    ownerId,
    usedBy: written.name,
    auth,
    hosts,
    previous,
  });
  return {
    ...version,
    auth: stored,
    definition: { ...written, auth: stored },
    formatVersion: formatOf({ auth: stored }, connectorId),
  };
}

/**
 * Call it in a transaction after which a tool uses the connector.
 * @throws InterlockError `conflict` when it is archived, by someone else meanwhile
 */
export async function keepConnector(
  connection: RegistryConnection,
  connectorId: string | null,
): Promise<void> {
  if (connectorId === null) return;
  await lockConnectorUse(connection, connectorId, 'use');
  const archived = await archivedConnectorName(connection, connectorId);
  if (archived !== null)
    throw stillArchived(`Its connector ${archived} is archived. Restore that first.`, '/config/connectorId');
}

/** What a GET returned, changed or not, may be sent back. */
async function readWritten(
  { services, identity }: ReadContext,
  toolId: string,
  sent: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  return services.db.tenant(identity.tenantId, async (connection) => {
    const { view, stored } = await readToolWhole(connection, identity, toolId);
    return sentBack(sent, view, stored, readOnlyToolFields);
  });
}

/** For `.catch()` of a change of a tool. */
export function staleTool(context: ReadContext, toolId: string): (error: unknown) => Promise<never> {
  return refuseStale(async () => {
    const current = await readTool(context, toolId);
    return { what: 'The tool', changedBy: current.updatedBy, changedAt: current.updatedAt, current };
  });
}

/** The auth of the tool itself, and where its secret goes. */
function authOf({ written: { auth }, resolved }: CheckedTool) {
  return !auth || inherits(auth)
    ? { auth: undefined, hosts: [] }
    : { auth, hosts: authHosts(auth, targetHosts(resolved)) };
}

/** Who owns a tool the caller sees. @throws InterlockError `not_found`, or `forbidden` for a global one without the role */
export async function ownerOfTool({ services, identity }: WriteContext, toolId: string): Promise<OwnerId> {
  const tool =
    (await loadTool(services.db, identity.tenantId, toolId)) ??
    (await loadUnpublished(services.db, identity.tenantId, toolId));
  checkScope(tool);
  return tool.tenantId === null ? ownerOf(identity, 'global') : tool.tenantId;
}

/** A tool of which there is only a draft. */
async function loadUnpublished(db: Database, tenantId: string, toolId: string): Promise<LoadedTool | null> {
  if (!isUuid(toolId)) return null;
  const version = await db.tenant(tenantId, (connection) => readDraftVersion(connection, toolId));
  return version === null ? null : loadTool(db, tenantId, toolId, { version });
}

export const nameTaken = 'Another tool has this name';

/** A tenant's tool must not have the name of a global one: the name has to identify one tool. */
export async function assertNameFree(
  connection: RegistryConnection,
  ownerId: OwnerId,
  name: string,
  selfId: string | null,
): Promise<void> {
  const other = await findToolByName(connection, ownerId, name);
  if (!other || other.id === selfId) return;
  throw alreadyExists(other.global && ownerId !== null ? 'A global tool has this name' : nameTaken);
}
