import type { Database } from '../../platform/db/database.ts';
import type { JsonObject } from '../../platform/json.ts';
import { ExpressionError, evaluateCondition } from '../../platform/server/expressions.ts';
import { listPlaybooks, type PlaybookListFilter, type PlaybookListRow } from '../db/playbooks-list.ts';
import { parseDocument } from '../parse-document.ts';
import type { PlaybookDocument } from '../playbook-document.ts';

const atOnce = 100;

/** Published playbooks with a trigger that fits the exception, by (name, id). */
export async function listFittingPlaybooks(
  db: Database,
  tenantId: string,
  exception: JsonObject,
  filter: PlaybookListFilter,
): Promise<PlaybookListRow[]> {
  const found: PlaybookListRow[] = [];
  let { after } = filter;
  for (;;) {
    const page = { ...filter, status: 'published', after, limit: atOnce } as const;
    const rows = await db.tenant(tenantId, (connection) => listPlaybooks(connection, page));
    for (const row of rows) {
      if (await fitsException(parseDocument(row.document), exception, tenantId)) found.push(row);
      if (found.length === filter.limit) return found;
    }
    if (rows.length < atOnce) return found;
    after = rows.at(-1);
  }
}

/** A playbook without triggers fits no exception. */
export async function fitsException(
  { triggers }: PlaybookDocument,
  exception: JsonObject,
  tenantId: string,
): Promise<boolean> {
  for (const { domain, severities, when } of triggers) {
    if (domain !== undefined && domain !== exception.domain) continue;
    if (severities?.length && !severities.some((each) => each === exception.severity)) continue;
    if (when === undefined || (await holds(when, exception, tenantId))) return true;
  }
  return false;
}

/** A condition that cannot be evaluated on this exception does not hold. */
async function holds(when: string, exception: JsonObject, tenantId: string): Promise<boolean> {
  try {
    return await evaluateCondition(when, { exception }, '', tenantId);
  } catch (error) {
    if (error instanceof ExpressionError) return false;
    throw error;
  }
}
