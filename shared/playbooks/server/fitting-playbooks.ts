import type { TenantConnection } from '../../platform/db/database.ts';
import type { JsonObject } from '../../platform/json.ts';
import { ExpressionError, evaluateCondition } from '../../platform/server/expressions.ts';
import { listPlaybooks, type PlaybookListFilter, type PlaybookListRow } from '../db/playbooks-list.ts';
import { parseDocument } from '../parse-document.ts';
import type { PlaybookDocument } from '../playbook-document.ts';

const atOnce = 100;

/** Published playbooks with a trigger that fits the exception, by (name, id). */
export async function listFittingPlaybooks(
  connection: TenantConnection,
  exception: JsonObject,
  filter: PlaybookListFilter,
): Promise<PlaybookListRow[]> {
  const found: PlaybookListRow[] = [];
  let { after } = filter;
  for (;;) {
    const rows = await listPlaybooks(connection, { ...filter, status: 'published', after, limit: atOnce });
    for (const row of rows) {
      if (await fits(parseDocument(row.document), exception)) found.push(row);
      if (found.length === filter.limit) return found;
    }
    if (rows.length < atOnce) return found;
    after = rows.at(-1);
  }
}

/** A playbook without triggers fits no exception. */
async function fits({ triggers }: PlaybookDocument, exception: JsonObject): Promise<boolean> {
  for (const { domain, severities, when } of triggers) {
    if (domain !== undefined && domain !== exception.domain) continue;
    if (severities?.length && !severities.some((each) => each === exception.severity)) continue;
    if (when === undefined || (await holds(when, exception))) return true;
  }
  return false;
}

/** A condition that cannot be evaluated on this exception does not hold. */
async function holds(when: string, exception: JsonObject): Promise<boolean> {
  try {
    return await evaluateCondition(when, { exception });
  } catch (error) {
    if (error instanceof ExpressionError) return false;
    throw error;
  }
}
