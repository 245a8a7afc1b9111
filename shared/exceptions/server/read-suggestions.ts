import type { ReadContext } from '../../events/server/change-context.ts';
import { loadToolOn } from '../../tools/server/tool-service.ts';
import { readExceptionRow } from '../db/exceptions.ts';
import { countAlike } from '../db/exceptions-suggestions.ts';
import type { Suggestions } from '../suggestion-schemas.ts';
import { exceptionNotFound } from './exception-views.ts';

const mostItems = 6;

/**
 * What was run and started on like exceptions: the resolved ones of its domain, and of its severity where there are enough.
 * Tools that are disabled or archived, and playbooks that are not published, are left out.
 * @throws InterlockError `not_found`
 */
export function readSuggestions({ services, identity }: ReadContext, id: string): Promise<Suggestions> {
  return services.db.tenant(identity.tenantId, async (connection) => {
    const row = await readExceptionRow(connection, id);
    if (!row) throw exceptionNotFound();
    const { cases, sameSeverity, tools, playbooks } = await countAlike(connection, row);
    const items: Suggestions['items'] = playbooks.map((playbook) => ({ kind: 'playbook', ...playbook }));
    for (const { id: toolId, ...counts } of tools) {
      const tool = await loadToolOn(connection, toolId);
      if (!tool?.enabled || tool.archived) continue;
      const { name, title } = tool.definition;
      items.push({ kind: 'tool', id: toolId, name, title: title || name, ...counts });
    }
    return {
      like: { domain: row.domain, severity: sameSeverity ? row.severity : null, cases },
      items: items.toSorted((a, b) => b.cases - a.cases || b.succeeded - a.succeeded).slice(0, mostItems),
    };
  });
}
