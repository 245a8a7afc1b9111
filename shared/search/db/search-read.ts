import { inArray, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { TenantConnection } from '../../platform/db/database.ts';
import { escapeLike } from '../../platform/db/escape-like.ts';
import type { SearchSubject } from '../search-subjects.ts';
import type { SearchQuery } from '../search-text.ts';
import { searchDocument } from './tables.ts';

/** The newest subjects of the tenant that match, newest first. @param before only older ids */
export async function findSubjects(
  connection: TenantConnection,
  type: SearchSubject,
  { parts, grams }: SearchQuery,
  { before, limit }: { before?: string | undefined; limit: number },
): Promise<string[]> {
  const rows = await connection.query<{ id: string }>({
    name: 'search',
    text: 'SELECT found.id FROM interlock_search($1, $2::text[], $3::int[], $4::uuid, $5) AS found(id)',
    values: [type, parts, grams, before ?? null, limit],
  });
  return rows.map((row) => row.id);
}

/** What a list shows of a search: these subjects, or all that match where they are too many to name. */
export type SearchMatch = { ids: string[] } | { type: SearchSubject; parts: string[] };

/**
 * The condition of a list.
 * @param id the column with the id of a subject; @param tenant a placeholder; @param put adds a value to the statement
 */
export function matching(
  match: SearchMatch,
  id: string,
  tenant: string,
  put: (value: unknown) => string,
): string {
  if ('ids' in match) return `${id} = ANY(${put(match.ids)}::uuid[])`;
  return `EXISTS (SELECT FROM search_document found
    WHERE found.tenant_id = ${tenant} AND found.subject_type = ${put(match.type)} AND found.subject_id = ${id}
      AND found.body LIKE ALL (${put(patternsOf(match.parts))}::text[]))`;
}

/** The same for the query builder. */
export function matchingSql(match: SearchMatch, id: PgColumn, tenantId: string): SQL {
  if ('ids' in match) return inArray(id, match.ids);
  const found = searchDocument;
  return sql`EXISTS (SELECT FROM ${found} WHERE ${found.tenant_id} = ${tenantId}
    AND ${found.subject_type} = ${match.type} AND ${found.subject_id} = ${id}
    AND ${found.body} LIKE ALL (${sql.param(patternsOf(match.parts))}::text[]))`;
}

const patternsOf = (parts: readonly string[]) => parts.map((part) => `%${escapeLike(part)}%`);
