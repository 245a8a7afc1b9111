import type { z } from 'zod';
import type { ReadContext } from '../../events/server/change-context.ts';
import { tell } from '../../events/server/tell.ts';
import { creatorOf } from '../../platform/db/columns.ts';
import type { Database, TenantConnection } from '../../platform/db/database.ts';
import { onUniqueViolation } from '../../platform/db/unique-violation.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import { checkState } from '../../platform/if-match.ts';
import { authHosts, secretOf } from '../auth/registry.ts';
import {
  addVersion,
  findTool,
  insertTool,
  type LockedTool,
  lockTool,
  makeCurrent,
  readDraftVersion,
  readOwnedVersion,
  readVersions,
  renameUnpublished,
  setDraft,
  setPublished,
} from '../db/tools.ts';
import { diffDefinitions, same } from '../diff-definitions.ts';
import { targetHosts } from '../providers/registry.ts';
import type { ToolDraftView, toolDraftSchema } from '../tool-schemas.ts';
import { keptCredential } from './credential-store.ts';
import { archiveToolOn } from './manage-tool.ts';
import { checkScope, type LoadedTool, loadTool, resolveVersion, storedDefinition } from './tool-service.ts';
import { toolView } from './tool-views.ts';
import {
  assertNameFree,
  checkTool,
  keepConnector,
  nameTaken,
  newTool,
  newVersion,
  nextTool,
  type RenameGuard,
  refuseDuringTrial,
  staleTool,
  type ToolCondition,
  type ToolDraft,
  type WriteContext,
} from './write-tool.ts';

const noDraft = () => new InterlockError('not_found', 'This tool has no draft.');

/**
 * A new tool that only tests may call until it is published.
 * @returns its id
 * @throws InterlockError `invalid_definition`, `already_exists`, or `forbidden` for a global one
 */
export async function createToolDraft(
  context: WriteContext,
  sent: Record<string, unknown>,
  note: string | null,
): Promise<string> {
  const draft = { ...(await newTool(context, sent)), note };
  refuseGlobal(draft);
  const { toolId, ownerId, checked } = draft;
  const { name } = checked.written;
  await context.services.db.tenantTransaction(context.identity.tenantId, async (connection) => {
    await assertNameFree(connection, ownerId, name, null);
    const first = await newVersion(connection, context, draft);
    await insertTool(connection, first, { draft: true }).catch(onUniqueViolation(nameTaken));
    await tellSaved(connection, context, { toolId, name, version: 1 });
  });
  return toolId;
}

/**
 * Writes the draft of a tool: a version that only tests may call. It takes the place of the draft before; the same
 * definition again changes nothing.
 * @throws InterlockError `not_found`, `invalid_definition`, `already_exists`, `precondition_failed`, `forbidden` for a global
 * tool, or `conflict` when it is what is published already
 */
export async function saveToolDraft(
  context: WriteContext,
  toolId: string,
  sent: Record<string, unknown>,
  { note, ifMatch }: ToolCondition & { note: string | null },
): Promise<void> {
  const draft = await nextTool(context, toolId, sent, { note });
  refuseGlobal(draft);
  const { ownerId, checked } = draft;
  const { name } = checked.written;
  await context.services.db
    .tenantTransaction(context.identity.tenantId, async (connection) => {
      const locked = await lock(connection, draft);
      checkState(ifMatch, locked.current_version);
      await assertNameFree(connection, ownerId, name, toolId);
      const stored = (version: number) => readOwnedVersion(connection, toolId, ownerId, version);
      const before =
        locked.draft_version === null ? null : storedDefinition(await stored(locked.draft_version));
      const current =
        locked.current_version === 0 ? null : storedDefinition(await stored(locked.current_version));
      const next = await newVersion(connection, context, draft, (before ?? current)?.auth);
      if (before && same(before, next.definition)) return;
      if (current && same(current, next.definition))
        throw new InterlockError('conflict', 'The draft is the current version. Nothing was changed.');
      const version = await addVersion(connection, next, { draft: true });
      await setDraft(connection, toolId, version);
      if (!current) await renameUnpublished(connection, next).catch(onUniqueViolation(nameTaken));
      await tellSaved(connection, context, { toolId, name, version });
    })
    .catch(staleTool(context, toolId));
}

/**
 * Makes the draft the version that everyone gets.
 * @param version that was tested: another one by now is refused
 * @throws InterlockError `not_found`, `invalid_definition`, `already_exists`, `precondition_failed`, or `conflict` when the
 * draft is another one by now, or during a trial
 */
export async function publishToolDraft(
  context: WriteContext,
  toolId: string,
  { version, ifMatch, beforeRename }: RenameGuard & ToolCondition & { version: number },
): Promise<void> {
  const { services, identity } = context;
  const tool = await loadDraft(services.db, identity.tenantId, toolId, version);
  const [stored] = await services.db.tenant(identity.tenantId, (connection) =>
    readVersions(connection, toolId, version),
  );
  const definition = storedDefinition(stored!);
  const checked = await checkTool(context, definition, { secretRequired: false });
  const published = await loadTool(services.db, identity.tenantId, toolId);
  const { name } = checked.written;
  if (beforeRename && published && published.definition.name !== name) await beforeRename();
  const ownerId = tool.tenantId;
  await services.db
    .tenantTransaction(identity.tenantId, async (connection) => {
      const locked = await lock(connection, { toolId, ownerId });
      checkState(ifMatch, locked.current_version);
      if (locked.draft_version !== version) throw draftChanged(version);
      refuseDuringTrial(locked);
      await keepConnector(connection, checked.connectorId);
      await assertNameFree(connection, ownerId, name, toolId);
      const { auth } = checked.written;
      if (auth && secretOf(auth).credentialId)
        await keptCredential(connection, {
          ownerId,
          auth,
          hosts: authHosts(auth, targetHosts(checked.resolved)),
        });
      const before =
        locked.current_version === 0
          ? null
          : await readOwnedVersion(connection, toolId, ownerId, locked.current_version);
      await setPublished(connection, toolId, version);
      await makeCurrent(connection, { toolId, ownerId, definition: checked.written }, version).catch(
        onUniqueViolation(nameTaken),
      );
      await setDraft(connection, toolId, null);
      const changed = before && diffDefinitions(resolveVersion(before), tool.definition);
      await tell(connection, context, {
        type: before ? 'ToolUpdated' : 'ToolCreated',
        subjectType: 'tool',
        subjectId: toolId,
        data: { name, version, ...(changed && { changed: changed.map(({ path }) => path) }) },
      });
    })
    .catch(staleTool(context, toolId));
}

/**
 * Takes the draft away; its version stays among the versions, where tests refer to it. A tool that was never published is
 * archived.
 * @throws InterlockError `not_found`
 */
export async function discardToolDraft(context: WriteContext, toolId: string): Promise<void> {
  const { services, identity } = context;
  if (!isUuid(toolId)) throw new InterlockError('not_found', 'Tool not found.');
  await services.db.tenantTransaction(identity.tenantId, async (connection) => {
    const locked = await lock(connection, { toolId, ownerId: identity.tenantId });
    if (locked.draft_version === null) throw noDraft();
    await setDraft(connection, toolId, null);
    await tell(connection, context, {
      type: 'ToolDraftDiscarded',
      subjectType: 'tool',
      subjectId: toolId,
      data: { name: locked.name, version: locked.draft_version },
    });
    if (locked.current_version === 0)
      await archiveToolOn(connection, context, { toolId, ownerId: identity.tenantId });
  });
}

/** @throws InterlockError `not_found` */
export function readToolDraft(
  { services, identity }: ReadContext,
  toolId: string,
): Promise<z.infer<typeof toolDraftSchema>> {
  return services.db.tenant(identity.tenantId, async (connection): Promise<ToolDraftView> => {
    const version = isUuid(toolId) ? await readDraftVersion(connection, toolId) : null;
    const row = version === null ? null : await findTool(connection, toolId, version);
    if (version === null || !row || row.archived) throw noDraft();
    const [draft] = await readVersions(connection, toolId, version);
    const [current] =
      row.current_version > 0 ? await readVersions(connection, toolId, row.current_version) : [];
    const changes = current ? diffDefinitions(resolveVersion(current), resolveVersion(draft!)) : [];
    return {
      toolId,
      version,
      current: current?.version ?? null,
      breaking: changes.some(({ impact }) => impact === 'breaking'),
      changes,
      createdAt: draft!.created_at.toISOString(),
      createdBy: creatorOf(draft!),
      note: draft!.note,
      definition: toolView(identity, row, draft!),
    };
  });
}

/**
 * The draft of a tool as a test calls it.
 * @param version that the caller means
 * @throws InterlockError `not_found`, or `conflict` when the draft is another one by now
 */
export async function loadDraft(
  db: Database,
  tenantId: string,
  toolId: string,
  version: number,
): Promise<LoadedTool> {
  const draft = isUuid(toolId)
    ? await db.tenant(tenantId, (connection) => readDraftVersion(connection, toolId))
    : null;
  if (draft === null) throw noDraft();
  if (draft !== version) throw draftChanged(version);
  const tool = await loadTool(db, tenantId, toolId, { version });
  checkScope(tool);
  return tool;
}

const draftChanged = (version: number): InterlockError =>
  new InterlockError('conflict', `Version ${version} is no longer the draft of this tool. Nothing was done.`);

async function lock(
  connection: TenantConnection,
  { toolId, ownerId }: Pick<ToolDraft, 'toolId' | 'ownerId'>,
): Promise<LockedTool> {
  const locked = await lockTool(connection, toolId, ownerId);
  if (!locked) throw new InterlockError('not_found', 'Tool not found.');
  return locked;
}

const tellSaved = (
  connection: TenantConnection,
  context: WriteContext,
  { toolId, ...data }: { toolId: string; name: string; version: number },
): Promise<void> =>
  tell(connection, context, { type: 'ToolDraftSaved', subjectType: 'tool', subjectId: toolId, data });

/** Its versions are seen by every organization. @throws InterlockError `forbidden` */
function refuseGlobal({ ownerId }: Pick<ToolDraft, 'ownerId'>): void {
  if (ownerId !== null) return;
  throw new InterlockError('forbidden', 'A global tool has no drafts: every organization sees its versions.');
}
