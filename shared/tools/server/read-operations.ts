import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { ReadContext } from '../../events/server/change-context.ts';
import { isObject } from '../../platform/schema-properties.ts';
import { invalidCursor, type Page, pageFrom, readCursor, writeCursor } from '../../platform/server/paging.ts';
import type { OfferedOperation } from './connector-offer.ts';
import { offersOf } from './connector-offers.ts';
import { readConnectorRow } from './read-connectors.ts';
import { readConnectorDefinition } from './tool-service.ts';

// A revision never changes, and reading a large document takes a second.
const read = new LRUCache<string, Promise<OfferedOperation[]>>({ max: 20, ttl: 600_000 });

export interface OperationsInput {
  id: string;
  q?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

/**
 * A page of what the document of a connector describes, in its order. A draft of a tool names the connector.
 * @throws InterlockError `not_found`, `invalid_definition` when the document cannot be read, or `invalid_input` for an
 * invalid cursor
 */
export async function operationsPage(
  context: ReadContext,
  { id, q, limit, cursor }: OperationsInput,
): Promise<Page<OfferedOperation>> {
  const row = await readConnectorRow(context, id);
  const connector = readConnectorDefinition(row.definition);
  const offers = offersOf(connector.kind);
  if (!offers) return { items: [], nextCursor: null };
  const key = `${id}/${row.revision}`;
  const all = read.get(key) ?? offers.operations(connector, context.identity.tenantId);
  read.set(key, all);
  const operations = await all.catch((error) => {
    read.delete(key);
    throw error;
  });
  const found = operations.filter((operation) => matches(operation, q));
  const from = cursor === undefined ? 0 : after(found, cursor);
  return pageFrom(
    found.slice(from, from + limit + 1),
    limit,
    (operation) => writeCursor([operation.key]),
    (operation) => withConnector(operation, id),
  );
}

function after(operations: readonly OfferedOperation[], cursor: string): number {
  const [key] = readCursor(cursor, z.tuple([z.string()]));
  const at = operations.findIndex((each) => each.key === key);
  if (at < 0) throw invalidCursor();
  return at + 1;
}

/** Each word is found somewhere. */
function matches({ key, title, description, method }: OfferedOperation, q = ''): boolean {
  const text = `${key} ${title} ${description} ${method ?? ''}`.toLowerCase();
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function withConnector(operation: OfferedOperation, connectorId: string): OfferedOperation {
  const { tool } = operation;
  if (!tool) return operation;
  const config = isObject(tool.config) ? tool.config : {};
  return { ...operation, tool: { ...tool, config: { connectorId, ...config } } };
}
