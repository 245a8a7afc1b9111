import type { TenantConnection } from '../../platform/db/database.ts';
import { escapeLike } from '../../platform/db/escape-like.ts';

/** What is found by its name, because there are few of it. */
export const namedTypes = ['tool', 'playbook', 'connector', 'credential', 'schedule', 'batch'] as const;
export type NamedType = (typeof namedTypes)[number];
/** What is found by the beginning of its id, because there is much of it. */
export const numerousTypes = ['execution', 'exception', 'run', 'batch'] as const;
export type NumerousType = (typeof numerousTypes)[number];

export interface NamedRow extends Record<string, unknown> {
  type: NamedType | NumerousType;
  id: string;
  name: string;
  title: string;
  detail: string | null;
}

interface Source {
  /** Gets `tenant_id`, `id` and the columns that it names. */
  from: string;
  name: string;
  title: string;
  detail?: string;
  /** What a query may say, besides name and title. */
  more?: string;
}

const ownOrGlobal = '(tenant_id = $1 OR tenant_id IS NULL) AND archived_at IS NULL';
const own = 'tenant_id = $1 AND archived_at IS NULL';

const named: Record<NamedType, Source> = {
  tool: {
    from: `tool WHERE ${ownOrGlobal}`,
    name: 'name',
    title: 'title',
    more: "description, array_to_string(tags, ' ')",
  },
  playbook: { from: `playbook WHERE ${own}`, name: 'name', title: 'title', more: 'description' },
  connector: {
    from: `connector WHERE ${ownOrGlobal}`,
    name: 'name',
    title: "coalesce(definition ->> 'title', name)",
  },
  credential: { from: `credential WHERE ${own}`, name: 'name', title: 'name' },
  schedule: {
    from: `schedule WHERE tenant_id = $1 AND status <> 'archived'`,
    name: 'target_name',
    title: 'title',
    detail: "status || ' · ' || target_name",
  },
  batch: {
    // There may be many: older ones are found by their id, and in their list.
    from: '(SELECT * FROM batch WHERE tenant_id = $1 ORDER BY id DESC LIMIT 500) newest WHERE true',
    name: 'title',
    title: 'title',
    detail: "status || ' · ' || id",
  },
};

const numerous: Record<NumerousType, Source> = {
  execution: {
    from: 'tool_execution WHERE tenant_id = $1',
    name: 'tool_name',
    title: 'tool_title',
    detail: "status || ' · ' || requested_by_actor_name || ' · ' || id",
  },
  exception: {
    from: 'exception WHERE tenant_id = $1',
    name: "'EX-' || number",
    title: 'title',
    detail: "'EX-' || number || ' · ' || replace(status, '_', ' ') || ' · ' || severity",
  },
  run: {
    from: 'playbook_run WHERE tenant_id = $1',
    name: 'playbook_name',
    title: 'playbook_title',
    detail: "status || ' · ' || id",
  },
  batch: {
    from: 'batch WHERE tenant_id = $1',
    name: 'title',
    title: 'title',
    detail: "status || ' · ' || id",
  },
};

/** The best first: what the query names exactly, what begins with it, the rest by name. */
const namedPart = (type: NamedType): string => {
  const { from, name, title, detail = 'NULL', more } = named[type];
  return `(SELECT '${type}' AS type, id, ${name} AS name, ${title} AS title, ${detail}::text AS detail FROM ${from}
    AND concat_ws(' ', ${name}, ${title}, ${more ? `${more}, ` : ''}id) ILIKE ALL ($2::text[])
    ORDER BY CASE WHEN $3 IN (lower(${name}), lower(${title}), id::text) THEN 0
      WHEN starts_with(lower(${name}), $3) OR starts_with(lower(${title}), $3) THEN 1 ELSE 2 END, ${name}, id
    LIMIT $4)`;
};

const caseTitles = `SELECT title AS name FROM exception WHERE tenant_id = $1 ORDER BY id DESC LIMIT $2`;

/** How people call them: of exceptions the titles of the newest. */
export async function listNames(
  connection: TenantConnection,
  type: NamedType | 'exception',
  limit: number,
): Promise<string[]> {
  const text =
    type === 'exception'
      ? caseTitles
      : `SELECT concat_ws(' ', ${named[type].name}, ${named[type].title}) AS name FROM ${named[type].from} LIMIT $2`;
  const rows = await connection.query<{ name: string }>({ text, values: [connection.tenantId, limit] });
  return rows.map(({ name }) => name);
}

/** A range of the index of the list. */
const numerousPart = (type: NumerousType): string => {
  const { from, name, title, detail } = numerous[type];
  return `(SELECT '${type}' AS type, id, ${name} AS name, ${title} AS title, ${detail} AS detail FROM ${from}
    AND id BETWEEN $2 AND $3 ORDER BY id DESC LIMIT $4)`;
};

/** One statement over small tables. @param q in lower case */
export function findNamed(
  connection: TenantConnection,
  types: readonly NamedType[],
  q: string,
  limit: number,
): Promise<NamedRow[]> {
  const patterns = q.split(/\s+/).map((word) => `%${escapeLike(word)}%`);
  return connection.query<NamedRow>({
    text: types.map(namedPart).join(' UNION ALL '),
    values: [connection.tenantId, patterns, q, limit],
  });
}

/** @param range the lowest and the highest id; newest first */
export function findByIds(
  connection: TenantConnection,
  types: readonly NumerousType[],
  [from, to]: readonly [string, string],
  limit: number,
): Promise<NamedRow[]> {
  return connection.query<NamedRow>(idStatement(types, [connection.tenantId, from, to, limit]));
}

export const idStatement = (types: readonly NumerousType[], values: unknown[]) => ({
  text: types.map(numerousPart).join(' UNION ALL '),
  values,
});
