import type { ReadContext } from '../../events/server/change-context.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { isUuid } from '../../platform/ids.ts';
import { isObject } from '../../platform/schema-properties.ts';
import { type ImportRow, readImport, takenToolNames } from '../db/imports.ts';
import type { ImportOperation, ImportView, OperationSummary } from '../import-schemas.ts';
import { type EarlierTools, earlierTools, freeName } from './earlier-tools.ts';
import { addressFields } from './offered-documents.ts';
import { importNotFound } from './stored-document.ts';

/** @throws InterlockError `not_found`, also a week after it was read */
export async function getImport({ services, identity }: ReadContext, id: string): Promise<ImportView> {
  return services.db.tenant(identity.tenantId, async (connection) =>
    viewOf(connection, await mustRead(connection, id)),
  );
}

/** @throws InterlockError `not_found` */
export async function mustRead(connection: TenantConnection, id: string): Promise<ImportRow> {
  const row = isUuid(id) ? await readImport(connection, id) : null;
  if (!row) throw importNotFound();
  return row;
}

export async function viewOf(connection: TenantConnection, row: ImportRow): Promise<ImportView> {
  const { connector, byKey } = await earlierTools(connection, row.connector_name);
  const taken = await takenToolNames(
    connection,
    row.operations.map(({ name }) => name),
  );
  const keys = new Set(row.operations.map(({ key }) => key));
  const written = row.connector ?? {};
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return {
    id: row.id,
    format: row.format,
    title: row.title,
    sourceUrl: row.source_url,
    connector: row.connector && {
      id: connector?.id ?? null,
      name: row.connector_name,
      kind: text(written.kind),
      title: text(written.title),
      baseUrl: text(written.baseUrl) || null,
      ...(connector && movedFrom(connector.definition, text(written.baseUrl))),
      auth: isObject(written.auth) ? written.auth : { type: 'none' },
    },
    operations: row.operations.map((operation) => operationView(operation, row, byKey, taken)),
    gone: [...byKey.values()]
      .filter(({ operation_key: key }) => !keys.has(key))
      .map(({ operation_key: key, tool_id: toolId, tool_name: name }) => ({ key, toolId, name })),
    createdAt: row.created_at.toISOString(),
  };
}

/** Where the tools of a connector go on calling, if the document names another address. */
function movedFrom(definition: Record<string, unknown>, named: string): { callsInstead?: string } {
  const address = definition[addressFields[String(definition.kind)] ?? 'baseUrl'];
  return typeof address === 'string' && named !== '' && address !== named ? { callsInstead: address } : {};
}

function operationView(
  { key, method, title, name, inputs, notes, digest }: OperationSummary,
  { connector_name: connectorName, changes }: ImportRow,
  byKey: EarlierTools['byKey'],
  taken: ReadonlySet<string>,
): ImportOperation {
  const tool = byKey.get(key);
  const change = tool && tool.digest !== digest ? changes[key] : undefined;
  return {
    key,
    name: tool?.tool_name ?? freeName(connectorName, name, taken),
    ...(method !== null && { method }),
    title,
    inputs,
    supported: digest !== null,
    ...(notes.length > 0 && { reason: notes.join('. ') }),
    state: !tool ? 'new' : tool.digest === digest ? 'same' : 'changed',
    ...(tool && { toolId: tool.tool_id }),
    ...(change && { change }),
    ...(!tool && taken.has(name) && { nameTaken: true }),
  };
}
