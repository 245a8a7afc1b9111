import type { ChangeContext, ReadContext } from '../../events/server/change-context.ts';
import { tell } from '../../events/server/tell.ts';
import { onUniqueViolation } from '../../platform/db/unique-violation.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { checkState, type IfMatch } from '../../platform/if-match.ts';
import type { JsonValue } from '../../platform/json.ts';
import type { RegistryConnection } from '../db/registry-connection.ts';
import {
  archiveTool as archive,
  lockArchivedTool,
  lockTool,
  setToolEnabled as setEnabled,
  unarchiveTool,
} from '../db/tools.ts';
import type { OwnerId } from './credential-store.ts';
import { checkScope, type LoadedTool, loadTool, validatePayload } from './tool-service.ts';
import {
  asOwner,
  assertNameFree,
  keepConnector,
  nameTaken,
  ownerOf,
  ownerOfTool,
  refuseDuringTrial,
  staleTool,
  type WriteContext,
} from './write-tool.ts';

/** @throws InterlockError `not_found`, `precondition_failed`, or `forbidden` for a global tool without the role */
export async function archiveTool(context: WriteContext, toolId: string, ifMatch?: IfMatch): Promise<void> {
  const ownerId = await ownerOfTool(context, toolId);
  await asOwner(context, ownerId, (connection) =>
    archiveToolOn(connection, context, { toolId, ownerId, ifMatch }),
  ).catch(staleTool(context, toolId));
}

/** The same in a transaction of the owner. @throws InterlockError `not_found`; StaleError */
export async function archiveToolOn(
  connection: RegistryConnection,
  context: WriteContext,
  { toolId, ownerId, ifMatch }: { toolId: string; ownerId: OwnerId; ifMatch?: IfMatch | undefined },
): Promise<void> {
  const locked = await lockTool(connection, toolId, ownerId);
  if (locked) {
    checkState(ifMatch, locked.current_version);
    refuseDuringTrial(locked);
  }
  if (!(await archive(connection, toolId, ownerId))) throw new InterlockError('not_found', 'Tool not found.');
  await tell(connection, context, { type: 'ToolArchived', subjectType: 'tool', subjectId: toolId });
}

/**
 * Takes an archived tool back into use, enabled or disabled as it was. One that is not archived stays as it is.
 * @throws InterlockError `not_found`; `already_exists` when its name is taken meanwhile; `conflict` while its connector is
 * archived; `forbidden` for a global one without the role
 */
export async function restoreTool(context: WriteContext, toolId: string): Promise<void> {
  const { services, identity } = context;
  const tool = await loadTool(services.db, identity.tenantId, toolId);
  if (!tool) throw new InterlockError('not_found', 'Tool not found.');
  const ownerId = tool.tenantId ?? ownerOf(identity, 'global');
  await asOwner(context, ownerId, async (connection) => {
    const archived = await lockArchivedTool(connection, toolId, ownerId);
    if (!archived) return;
    const { name, connector_id: connectorId } = archived;
    await keepConnector(connection, connectorId);
    await assertNameFree(connection, ownerId, name, toolId);
    await unarchiveTool(connection, toolId, ownerId).catch(onUniqueViolation(nameTaken));
    await tell(connection, context, {
      type: 'ToolUnarchived',
      subjectType: 'tool',
      subjectId: toolId,
      data: { name },
    });
  });
}

/**
 * Enables or disables a tool for the caller's tenant, global tools included.
 * @throws InterlockError `not_found` or `precondition_failed`
 */
export async function setToolEnabled(
  context: ChangeContext,
  toolId: string,
  enabled: boolean,
  ifMatch?: IfMatch,
): Promise<void> {
  const { services, identity } = context;
  const { currentVersion } = await mustLoadTool(context, toolId);
  await services.db
    .tenantTransaction(identity.tenantId, async (connection) => {
      checkState(ifMatch, currentVersion);
      await setEnabled(connection, toolId, enabled, identity.actor);
      await tell(connection, context, {
        type: enabled ? 'ToolEnabled' : 'ToolDisabled',
        subjectType: 'tool',
        subjectId: toolId,
      });
    })
    .catch(staleTool(context, toolId));
}

/** @throws InterlockError `not_found`, or `invalid_input` with located issues */
export async function assertPayload(context: ReadContext, toolId: string, payload: JsonValue): Promise<void> {
  const issues = await validatePayload(await mustLoadTool(context, toolId), payload);
  if (issues.length > 0)
    throw new InterlockError('invalid_input', 'The payload does not match the input schema.', { issues });
}

async function mustLoadTool({ services, identity }: ReadContext, toolId: string): Promise<LoadedTool> {
  const tool = await loadTool(services.db, identity.tenantId, toolId);
  checkScope(tool);
  return tool;
}
