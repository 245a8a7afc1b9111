import { v7 as uuidv7 } from 'uuid';
import { tell } from '../../events/server/tell.ts';
import { isObject } from '../../platform/schema-properties.ts';
import { withoutSecret } from '../../tools/auth/registry.ts';
import { connectorDefinitionSchema } from '../../tools/connectors/registry.ts';
import { readVersions } from '../../tools/db/tools.ts';
import { diffDefinitions } from '../../tools/diff-definitions.ts';
import { resolveTool } from '../../tools/resolve-tool.ts';
import { storedDefinition } from '../../tools/server/tool-service.ts';
import type { ToolDefinitionInput } from '../../tools/tool-definition.ts';
import { insertImport, removeOldImports } from '../db/imports.ts';
import type { CreateImport, ImportView, OperationSummary, StoredChanges } from '../import-schemas.ts';
import { toName } from '../naming.ts';
import { type EarlierTools, earlierTools } from './earlier-tools.ts';
import { documentOf } from './fetch-document.ts';
import { mergeDraft } from './import-changes.ts';
import type { ImportContext } from './import-context.ts';
import { viewOf } from './import-view.ts';
import { addressFields } from './offered-documents.ts';
import { readImportedDocument } from './read-import.ts';
import { sealDocument } from './stored-document.ts';

/** Tools whose changes are worked out when the document is read. */
const maxCompared = 200;

/**
 * Reads a document and stores it, sealed, for a week. Creates no tool.
 * @throws InterlockError `invalid_input` when it cannot be fetched or read
 */
export async function createImport(context: ImportContext, sent: CreateImport): Promise<ImportView> {
  const { services, identity } = context;
  const { tenantId } = identity;
  const id = uuidv7();
  const { bytes, place, sourceUrl, format } = await documentOf(context, id, sent);
  const options = { format, sourceUrl };
  const read = await readImportedDocument(bytes, { ...options, keys: null }, tenantId, place);
  const connectorName = sent.connectorName ?? toName(read.title, 'imported');
  const earlier = await services.db.tenant(tenantId, (connection) => earlierTools(connection, connectorName));
  const changed = read.operations.filter(({ key, digest }) => {
    const tool = earlier.byKey.get(key);
    return digest !== null && tool !== undefined && tool.digest !== digest;
  });
  const changes = await changesOf(context, changed.slice(0, maxCompared), earlier, async (keys) => {
    const again = await readImportedDocument(bytes, { ...options, keys }, tenantId, place);
    return again.drafts;
  });
  const row = {
    id,
    format: read.format,
    title: read.title,
    source_url: sourceUrl,
    connector_name: connectorName,
    connector: read.connector && shownConnector(read.connector),
    document_bytes: bytes.length,
    operations: read.operations,
    changes,
  };
  const document_sealed = await sealDocument(services.vault, { tenantId, importId: id }, bytes);
  const view = await services.db.tenantTransaction(tenantId, async (connection) => {
    const more = await insertImport(connection, { ...row, document_sealed, actor: identity.actor });
    await tell(connection, context, {
      type: 'DocumentRead',
      subjectType: 'import',
      subjectId: id,
      data: { format: read.format, title: read.title, operations: read.operations.length },
    });
    // Not read again: the operations of a large document are megabytes.
    return viewOf(connection, { ...row, ...more });
  });
  await services.db.system(removeOldImports);
  return view;
}

/** As it may be stored and shown: without a secret, and without the document itself. */
function shownConnector({
  kind,
  title,
  description,
  auth,
  ...rest
}: Record<string, unknown>): Record<string, unknown> {
  const address = rest[addressFields[String(kind)] ?? ''];
  const shown = isObject(auth) ? withoutSecret(auth as { type: string }) : { type: 'none' };
  return { kind, title, description, ...(typeof address === 'string' && { baseUrl: address }), auth: shown };
}

async function changesOf(
  { services, identity }: ImportContext,
  operations: readonly OperationSummary[],
  { connector, byKey }: EarlierTools,
  readDrafts: (keys: string[]) => Promise<ReadonlyMap<string, Record<string, unknown>>>,
): Promise<StoredChanges> {
  if (operations.length === 0 || !connector) return {};
  const drafts = await readDrafts(operations.map(({ key }) => key));
  const definition = connectorDefinitionSchema.parse(connector.definition);
  const changes = await services.db.tenant(identity.tenantId, async (connection) => {
    const found: [string, StoredChanges[string]][] = [];
    for (const { key } of operations) {
      const [draft, tool] = [drafts.get(key), byKey.get(key)];
      const [version] = tool ? await readVersions(connection, tool.tool_id) : [];
      if (!draft || !version) continue;
      const written = storedDefinition(version);
      const next = mergeDraft({ ...written }, draft) as unknown as ToolDefinitionInput;
      const differences = diffDefinitions(resolveTool(written, definition), resolveTool(next, definition));
      const breaking = differences.some(({ impact }) => impact === 'breaking');
      found.push([key, { breaking, changes: differences.slice(0, 50) }]);
    }
    return found;
  });
  return Object.fromEntries(changes);
}
