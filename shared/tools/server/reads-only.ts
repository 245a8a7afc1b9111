import { LRUCache } from 'lru-cache';
import type { TenantConnection } from '../../platform/db/database.ts';
import { readCurrentVersions, type ToolListRow } from '../db/tools-list.ts';
import { readsOnly } from '../providers/registry.ts';
import { resolveVersion } from './tool-service.ts';

// Neither a version nor a revision of a connector ever changes.
const known = new LRUCache<string, boolean>({ max: 10_000 });

const keyOf = (row: ToolListRow) =>
  [row.id, row.current_version, row.connector_id ?? '', row.connector_revision ?? ''].join('/');

/** The ids of those tools whose calls only read. */
export async function readingTools(
  connection: TenantConnection,
  rows: readonly ToolListRow[],
): Promise<ReadonlySet<string>> {
  const unknown = new Map(rows.filter((row) => !known.has(keyOf(row))).map((row) => [row.id, row]));
  const versions = unknown.size > 0 ? await readCurrentVersions(connection, [...unknown.keys()]) : [];
  for (const version of versions) {
    const row = unknown.get(version.tool_id);
    if (row?.current_version === version.version) known.set(keyOf(row), readsOnly(resolveVersion(version)));
  }
  return new Set(rows.filter((row) => known.get(keyOf(row))).map(({ id }) => id));
}
