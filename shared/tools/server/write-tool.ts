import { v7 as uuidv7 } from 'uuid';
import { appendEvent } from '../../events/db/append-event.ts';
import type { EventType } from '../../events/event-types.ts';
import type { ChangeContext } from '../../events/server/change-context.ts';
import { authorize, type Identity } from '../../identity/roles.ts';
import { onUniqueViolation } from '../../platform/db/unique-violation.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import type { Vault } from '../../platform/server/vault.ts';
import type { RegistryConnection } from '../db/registry-connection.ts';
import {
  findToolByName,
  insertTool,
  lockTool,
  type NewVersion,
  publishVersion,
  readOwnedVersion,
  readVersions,
} from '../db/tools.ts';
import { diffDefinitions, same } from '../diff-definitions.ts';
import type { Auth, ToolDefinitionInput } from '../tool-definition.ts';
import { authHosts, targetUrl } from './auth-hosts.ts';
import { type CheckedTool, checkToolDefinition } from './check-definition.ts';
import { storeAuth } from './credential-store.ts';
import { checkScope, loadTool, resolveVersion, storedDefinition } from './tool-service.ts';

export type WriteContext = ChangeContext<{ vault: Vault }>;

/** Runs a change of the registry in one transaction, as whoever owns the definition. */
export function asOwner<T>(
  { services, identity }: WriteContext,
  ownerId: string | null,
  work: (connection: RegistryConnection) => Promise<T>,
): Promise<T> {
  return ownerId === null
    ? services.db.systemTransaction(work)
    : services.db.tenantTransaction(identity.tenantId, work);
}

/** The owner of a definition of this scope. @throws InterlockError `forbidden` for a global one without the role */
export function ownerOf(identity: Identity, scope: 'tenant' | 'global' | undefined): string | null {
  if (scope !== 'global') return identity.tenantId;
  authorize(identity, 'tools.write_global');
  return null;
}

/** @returns the id of the new tool */
export async function createTool(context: WriteContext, sent: Record<string, unknown>): Promise<string> {
  const { services, identity } = context;
  const checked = await services.db.tenant(identity.tenantId, (c) =>
    checkToolDefinition(c, sent, { secretRequired: true }),
  );
  const ownerId = ownerOf(identity, checked.written.scope);
  const toolId = uuidv7();
  await asOwner(context, ownerId, async (connection) => {
    await assertNameFree(connection, ownerId, checked.written.name, null);
    const version = await newVersion(connection, context, { toolId, ownerId, checked, note: null });
    await insertTool(connection, version).catch(asNameTaken);
    await tell(connection, context, 'ToolCreated', toolId, { name: checked.written.name, version: 1 });
  });
  return toolId;
}

/** Publishes a new immutable version; the same document again changes nothing. */
export async function updateTool(
  context: WriteContext,
  toolId: string,
  sent: Record<string, unknown>,
  note: string | null,
): Promise<void> {
  const { services, identity } = context;
  const ownerId = await ownerOfTool(context, toolId);
  const checked = await services.db.tenant(identity.tenantId, (c) =>
    checkToolDefinition(c, sent, { secretRequired: false }),
  );
  const scope = checked.written.scope ?? 'tenant';
  if (scope !== (ownerId === null ? 'global' : 'tenant')) {
    throw new InterlockError('invalid_definition', 'The scope of a tool does not change.', {
      issues: [{ path: '/scope', message: 'The scope of a tool does not change', keyword: 'scope' }],
    });
  }
  await publish(context, toolId, ownerId, checked, note, 'ToolUpdated');
}

/** Publishes an old version as the new one. */
export async function restoreTool(context: WriteContext, toolId: string, version: number): Promise<void> {
  const { services, identity } = context;
  const ownerId = await ownerOfTool(context, toolId);
  const [old] = await services.db.tenant(identity.tenantId, (c) => readVersions(c, toolId, version));
  if (!old) throw new InterlockError('not_found', 'There is no such version.');
  const checked = await services.db.tenant(identity.tenantId, (c) =>
    checkToolDefinition(c, storedDefinition(old), { secretRequired: false }),
  );
  await publish(context, toolId, ownerId, checked, `Version ${version} again`, 'ToolRestored');
}

async function publish(
  context: WriteContext,
  toolId: string,
  ownerId: string | null,
  checked: CheckedTool,
  note: string | null,
  event: EventType,
): Promise<void> {
  await asOwner(context, ownerId, async (connection) => {
    const locked = await lockTool(connection, toolId, ownerId);
    if (!locked) throw new InterlockError('not_found', 'There is no such tool.');
    await assertNameFree(connection, ownerId, checked.written.name, toolId);
    const current = await readOwnedVersion(connection, toolId, ownerId, locked.current_version);
    const before = storedDefinition(current);
    const version = await newVersion(connection, context, {
      toolId,
      ownerId,
      checked,
      note,
      previous: before.auth as Auth | undefined,
    });
    if (event === 'ToolUpdated' && same(before, version.definition)) return;
    await publishVersion(connection, version, locked.current_version + 1).catch(asNameTaken);
    await tell(connection, context, event, toolId, {
      name: checked.written.name,
      version: locked.current_version + 1,
      changed: diffDefinitions(resolveVersion(current), {
        ...checked.resolved,
        auth: (version.definition as { auth?: Auth }).auth ?? { type: 'none' },
      }).map((each) => each.path),
    });
  });
}

interface VersionRequest {
  toolId: string;
  ownerId: string | null;
  checked: CheckedTool;
  note: string | null;
  previous?: Auth;
}

async function newVersion(
  connection: RegistryConnection,
  { services, identity, requestId }: WriteContext,
  { toolId, ownerId, checked, note, previous }: VersionRequest,
): Promise<NewVersion> {
  const { written, resolved, connectorId } = checked;
  const auth =
    written.auth &&
    (await storeAuth(connection, services.vault, {
      ownerId,
      tenantId: identity.tenantId,
      actor: identity.actor,
      requestId,
      usedBy: written.name,
      auth: written.auth as Auth,
      hosts: authHosts(written.auth as Auth, targetUrl(resolved)),
      previous,
    }));
  const definition = { ...written, ...(auth ? { auth } : {}) } as NewVersion['definition'] &
    ToolDefinitionInput;
  return { toolId, ownerId, definition, connectorId, note, actor: identity.actor };
}

/** Who owns a tool the caller sees. @throws InterlockError `not_found`, or `forbidden` for a global one without the role */
export async function ownerOfTool(
  { services, identity }: WriteContext,
  toolId: string,
): Promise<string | null> {
  const tool = await loadTool(services.db, identity.tenantId, toolId);
  checkScope(tool);
  return tool.tenantId === null ? ownerOf(identity, 'global') : tool.tenantId;
}

/** A tenant's tool may not take the name of a global one: whoever reads the name must know which is meant. */
async function assertNameFree(
  connection: RegistryConnection,
  ownerId: string | null,
  name: string,
  selfId: string | null,
): Promise<void> {
  const other = await findToolByName(connection, ownerId, name);
  if (other && other.id !== selfId)
    throw nameTaken(
      other.global && ownerId !== null ? 'A global tool has this name' : 'Another tool has this name',
    );
}

function nameTaken(message: string): InterlockError {
  return new InterlockError('already_exists', `${message}.`, {
    issues: [{ path: '/name', message, keyword: 'unique' }],
  });
}

const asNameTaken = onUniqueViolation('Another tool has this name');

export async function tell(
  connection: RegistryConnection,
  { identity, requestId }: WriteContext,
  type: EventType,
  toolId: string,
  data: Record<string, unknown>,
): Promise<void> {
  await appendEvent(connection, identity.tenantId, {
    type,
    subjectType: 'tool',
    subjectId: toolId,
    actor: identity.actor,
    requestId,
    data,
  });
}
