import type { SystemConnection, TenantConnection } from '../../platform/db/database.ts';
import type { SearchSubject } from '../../search/search-subjects.ts';
import type { Place } from './places.ts';

type Connection = SystemConnection | TenantConnection;

/** A row that may have a trace of a person. */
export interface PlaceRow {
  /** In the order of the key. */
  key: string[];
  /** Of its version: it is another one once anyone has changed it. */
  xmin: string;
  /** By column. */
  values: Record<string, unknown>;
  open: boolean;
  /** A legal hold that covers it. */
  held: string | null;
  /** What search finds by it. */
  found: string | null;
}

/** The columns in which a place may have a trace, each once. */
export const columnsOfPlace = (place: Place): string[] => [
  ...new Set([
    ...(place.texts ?? []),
    ...(place.json ?? []),
    ...(place.actors ?? []).flatMap(({ id, name, person }) => [id, name, ...(person ? [person] : [])]),
    ...(place.persons ?? []),
    ...(place.personLists ?? []),
    ...(place.names ?? []),
    ...(place.address ? [place.address.column] : []),
    ...(place.written ?? []),
  ]),
];

const rootOf = ({ table, root, key }: Place) => ({
  table: root?.table ?? table,
  key: root ? 'id' : Object.keys(key)[0]!,
  type: root ? 'uuid' : Object.values(key)[0]!,
});

const first = { uuid: '00000000-0000-0000-0000-000000000000', text: '', integer: '0', bigint: '0' };

/** Where a page ends, and whether it is the last one of its place. @returns null when there are no rows */
export async function endOfPage(
  connection: Connection,
  tenantId: string,
  place: Place,
  { after, limit }: { after: string | null; limit: number },
): Promise<{ until: string; last: boolean } | null> {
  const { table, key, type } = rootOf(place);
  const rows = await connection.query<{ until: string; count: number }>({
    text: `SELECT ${key}::text AS until, (count(*) OVER ())::int AS count FROM (
        SELECT ${key} FROM ${table} WHERE tenant_id = $1 AND ${key} > $2::${type} ORDER BY ${key} LIMIT $3) page
      ORDER BY page.${key} DESC LIMIT 1`,
    values: [tenantId, after ?? first[type], limit],
  });
  const [end] = rows;
  return end ? { until: end.until, last: end.count < limit } : null;
}

/** The rows of a page that match a rough pattern. */
export async function readPage(
  connection: Connection,
  tenantId: string,
  place: Place,
  { after, until, pattern }: { after: string | null; until: string; pattern: string },
): Promise<PlaceRow[]> {
  const { table, key, type } = rootOf(place);
  const columns = columnsOfPlace(place);
  const { exception = 'NULL', tool = 'NULL', at = 'NULL' } = place.held ?? {};
  const from = place.root
    ? `${table} r JOIN ${place.table} t ON t.${place.root.by} = r.id AND t.tenant_id = r.tenant_id`
    : `${table} r CROSS JOIN LATERAL (SELECT r.*) t`;
  // Only the row itself has a version.
  const version = place.root ? 't.xmin' : 'r.xmin';
  return connection.query<PlaceRow & Record<string, unknown>>({
    text: `SELECT ARRAY[${Object.keys(place.key)
      .map((column) => `t.${column}::text`)
      .join(', ')}] AS key, ${version}::text AS xmin,
        jsonb_build_object(${columns.map((column) => `'${column}', t.${column}`).join(', ')}) AS values,
        ${place.open ?? 'false'} AS open,
        interlock_held(r.tenant_id, (${exception})::text, (${tool})::uuid, (${at})::timestamptz)::text AS held,
        ${place.search ? `t.${place.search.by}::text` : 'NULL'} AS found
      FROM ${from}
      WHERE r.tenant_id = $1 AND r.${key} > $2::${type} AND r.${key} <= $3::${type}
        AND concat_ws(' ', ${columns.map((column) => textOf(place, column)).join(', ')}) ~* $4
      ORDER BY r.${key}`,
    values: [tenantId, after ?? first[type], until, pattern],
  });
}

const textOf = ({ personLists = [] }: Place, column: string): string =>
  personLists.includes(column) ? `array_to_string(t.${column}, ' ')` : `t.${column}::text`;

/** @returns false when someone has changed the row meanwhile */
export async function writeRow(
  connection: SystemConnection,
  tenantId: string,
  place: Place,
  { key, xmin }: PlaceRow,
  changes: Record<string, unknown>,
): Promise<boolean> {
  const columns = Object.keys(changes);
  const keys = Object.entries(place.key);
  const set = columns.map((column, index) => `${column} = $${index + 3}${castOf(place, column)}`);
  const where = keys.map(([column, type], index) => `${column} = $${index + 3 + columns.length}::${type}`);
  const rows = await connection.query({
    text: `UPDATE ${place.table} SET ${[...set, ...(place.bump ? [place.bump] : [])].join(', ')}
      WHERE tenant_id = $1 AND xmin = $2::xid AND ${where.join(' AND ')} RETURNING 1`,
    values: [tenantId, xmin, ...columns.map((column) => changes[column]), ...key],
  });
  return rows.length > 0;
}

function castOf({ json = [], personLists = [] }: Place, column: string): string {
  if (json.includes(column)) return '::jsonb';
  return personLists.includes(column) ? '::text[]' : '::text';
}

/** What search finds of these subjects, until their texts are written again. */
export async function forgetTexts(
  connection: SystemConnection,
  tenantId: string,
  { type, ids }: { type: SearchSubject; ids: string[] },
): Promise<void> {
  await connection.query({
    text: 'DELETE FROM search_document WHERE tenant_id = $1 AND subject_type = $2 AND subject_id = ANY ($3::uuid[])',
    values: [tenantId, type, ids],
  });
}
