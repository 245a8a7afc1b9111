import { tell } from '../../events/server/tell.ts';
import { alreadyExists } from '../../platform/db/unique-violation.ts';
import { InterlockError, type Issue } from '../../platform/error-codes.ts';
import { authSchema, checkAuth } from '../../tools/auth/registry.ts';
import { insertConnectorDraft, newConnector } from '../../tools/server/write-connector.ts';
import {
  insertDraft,
  newTool,
  nextTool,
  publishDraft,
  type ToolDraft,
} from '../../tools/server/write-tool.ts';
import { type ImportRow, takenToolNames, writeImportedTools } from '../db/imports.ts';
import type { ApplyImport, ImportResult } from '../import-schemas.ts';
import { type EarlierTools, earlierTools, freeName } from './earlier-tools.ts';
import { mergeDraft, nextConfig, writtenTool } from './import-changes.ts';
import type { ImportContext } from './import-context.ts';
import { mustRead } from './import-view.ts';
import { addressFields } from './offered-documents.ts';
import type { ReadImport } from './read-import.ts';
import { readStoredDocument } from './stored-document.ts';

/**
 * Makes tools of operations, and their connector where there is none yet: all of them, or none. A tool of an earlier import
 * gets the request and the schemas of the document, and keeps what people have set.
 * @throws InterlockError `not_found`, `invalid_input` for unknown operations, `invalid_definition` with the problems of
 * each, or `already_exists`
 */
export async function applyImport(
  context: ImportContext,
  id: string,
  sent: ApplyImport,
): Promise<ImportResult> {
  const { services, identity } = context;
  const { tenantId } = identity;
  const row = await services.db.tenant(tenantId, (connection) => mustRead(connection, id));
  const keys = [...new Set(sent.operations)];
  refuseUnknown(row, keys);
  const read = await readStoredDocument(services, row, keys);
  const { earlier, taken } = await services.db.tenant(tenantId, async (connection) => ({
    earlier: await earlierTools(connection, row.connector_name),
    taken: await takenToolNames(
      connection,
      row.operations.map(({ name }) => name),
    ),
  }));
  const connector = read.connector && (await connectorOf(context, row, read.connector, earlier, sent));
  const work = await draftTools(context, { row, keys, read, earlier, taken, connector });
  const result = { created: 0, updated: 0, unchanged: work.unchanged };
  await services.db.tenantTransaction(tenantId, async (connection) => {
    if (connector?.draft) await insertConnectorDraft(connection, context, connector.draft);
    for (const { draft, isNew } of work.drafts) {
      if (isNew) await insertDraft(connection, context, draft);
      const isUpdate =
        !isNew && (await publishDraft(connection, context, { ...draft, event: 'ToolUpdated' }));
      result[isNew ? 'created' : isUpdate ? 'updated' : 'unchanged']++;
    }
    if (connector)
      await writeImportedTools(
        connection,
        connector.id,
        work.drafts.map(({ key, digest, draft }) => ({ key, digest, toolId: draft.toolId })),
      );
    await tell(connection, context, {
      type: 'DocumentImported',
      subjectType: 'import',
      subjectId: id,
      data: { title: row.title, connector: row.connector_name, ...result },
    });
  });
  return {
    ...result,
    toolIds: keys.flatMap((key) => work.toolIds.get(key) ?? []),
    connectorId: connector?.id ?? null,
  };
}

interface Work {
  row: ImportRow;
  keys: readonly string[];
  read: ReadImport;
  earlier: EarlierTools;
  taken: ReadonlySet<string>;
  connector: ImportConnector | null;
}

/** A tool of an operation, checked and not written yet. */
interface OperationDraft {
  key: string;
  digest: string;
  draft: ToolDraft;
  isNew: boolean;
}

/** @throws InterlockError `invalid_definition` with the problems of every operation that cannot become a tool */
async function draftTools(
  context: ImportContext,
  { row, keys, read, earlier, taken, connector }: Work,
): Promise<{ drafts: OperationDraft[]; unchanged: number; toolIds: Map<string, string> }> {
  const digests = new Map(row.operations.map(({ key, digest }) => [key, digest ?? '']));
  const connectors = connector?.draft ? new Map([[connector.id, connector.draft.connector]]) : undefined;
  const found = { drafts: [] as OperationDraft[], unchanged: 0, toolIds: new Map<string, string>() };
  const issues: Issue[] = [];
  for (const [index, key] of keys.entries()) {
    const [made, tool, digest] = [read.drafts.get(key), earlier.byKey.get(key), digests.get(key) ?? ''];
    if (tool) found.toolIds.set(key, tool.tool_id);
    if (tool?.digest === digest) found.unchanged++;
    if (!made || tool?.digest === digest) continue;
    const definition = { ...made, config: nextConfig(made, connector?.id ?? null) };
    try {
      const draft = tool
        ? await nextTool(
            context,
            tool.tool_id,
            mergeDraft(
              await writtenTool(context.services.db, context.identity.tenantId, tool.tool_id),
              definition,
            ),
            {
              note: `Imported again from ${row.title}`,
            },
          )
        : await newTool(
            context,
            { ...definition, name: freeName(row.connector_name, String(made.name), taken) },
            connectors,
          );
      found.drafts.push({ key, digest, draft, isNew: !tool });
      found.toolIds.set(key, draft.toolId);
    } catch (error) {
      if (!(error instanceof InterlockError) || error.code !== 'invalid_definition') throw error;
      const path = `/operations/${index}`;
      for (const issue of error.issues ?? [])
        issues.push({ ...issue, path, message: `${key}: ${issue.message} (${issue.path})` });
    }
  }
  if (issues.length > 0)
    throw new InterlockError(
      'invalid_definition',
      'Some operations cannot become tools. Nothing was imported.',
      { issues },
    );
  return found;
}

function refuseUnknown(row: ImportRow, keys: readonly string[]): void {
  const known = new Map(row.operations.map((each) => [each.key, each]));
  const issues = keys.flatMap((key, index): Issue[] => {
    const operation = known.get(key);
    if (operation?.digest) return [];
    const message = operation ? `${key}: ${operation.notes[0]}` : `The document has no operation ${key}`;
    return [{ path: `/operations/${index}`, message, keyword: 'operation' }];
  });
  if (issues.length > 0)
    throw new InterlockError('invalid_input', 'Some operations cannot be imported. Nothing was imported.', {
      issues,
    });
}

interface ImportConnector {
  id: string;
  /** Null: it is there already. */
  draft: Awaited<ReturnType<typeof newConnector>> | null;
}

/** The connector of an earlier import, or a new one. @throws InterlockError `invalid_definition` or `already_exists` */
async function connectorOf(
  context: ImportContext,
  row: ImportRow,
  read: Record<string, unknown>,
  { connector, byKey }: EarlierTools,
  { auth, baseUrl }: ApplyImport,
): Promise<ImportConnector> {
  const address = addressFields[String(read.kind)] ?? 'baseUrl';
  const own: Record<string, unknown> = { ...read, ...(baseUrl !== undefined && { [address]: baseUrl }) };
  if (connector) {
    const same = connector.definition[address] === own[address];
    if (byKey.size > 0 || same) return { id: connector.id, draft: null };
    throw alreadyExists(
      `Another connector is called ${row.connector_name}. Read the document again with another connectorName`,
    );
  }
  const draft = await newConnector(context, {
    ...own,
    name: row.connector_name,
    auth: auth ?? completeAuth(own.auth),
  });
  return { id: draft.id, draft };
}

/** Auth without its secret cannot be stored: then the connector has none until a person adds it. */
function completeAuth(auth: unknown): unknown {
  const known = authSchema.safeParse(auth);
  return known.success && checkAuth(known.data).length === 0 ? auth : { type: 'none' };
}
