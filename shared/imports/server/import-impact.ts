import { InterlockError } from '../../platform/error-codes.ts';
import { readBlastRadius } from '../../playbooks/server/blast-radius.ts';
import { readToolUses } from '../../playbooks/server/tool-uses.ts';
import type { ImportImpact } from '../import-schemas.ts';
import { earlierTools } from './earlier-tools.ts';
import { mergeDraft, nextConfig, writtenTool } from './import-changes.ts';
import type { ImportContext } from './import-context.ts';
import { mustRead } from './import-view.ts';
import { readStoredDocument } from './stored-document.ts';

/**
 * Who uses the tools of changed operations, and what applying these would break. Operations that are new or as they were
 * are left out: nothing depends on them.
 * @throws InterlockError `not_found`
 */
export async function readImportImpact(
  context: ImportContext,
  id: string,
  keys: readonly string[],
): Promise<ImportImpact> {
  const { services, identity } = context;
  const { tenantId } = identity;
  const { row, earlier } = await services.db.tenant(tenantId, async (connection) => {
    const row = await mustRead(connection, id);
    return { row, earlier: await earlierTools(connection, row.connector_name) };
  });
  const digests = new Map(row.operations.map(({ key, digest }) => [key, digest]));
  const changed = [...new Set(keys)].flatMap((key) => {
    const [tool, digest] = [earlier.byKey.get(key), digests.get(key) ?? null];
    return tool && digest !== null && tool.digest !== digest ? [{ key, tool }] : [];
  });
  const operations: ImportImpact['operations'] = [];
  if (changed.length === 0) return { operations };
  const { drafts } = await readStoredDocument(
    services,
    row,
    changed.map(({ key }) => key),
  );
  for (const { key, tool } of changed) {
    const draft = drafts.get(key);
    if (!draft) continue;
    const toolId = tool.tool_id;
    const written = await writtenTool(services.db, tenantId, toolId);
    const next = mergeDraft(written, { ...draft, config: nextConfig(draft, earlier.connector?.id ?? null) });
    const [uses, broken] = await Promise.all([
      readToolUses(context, toolId),
      readBlastRadius(services.db, tenantId, toolId, next).catch(problemOf),
    ]);
    operations.push({ key, toolId, name: tool.tool_name, uses, ...broken });
  }
  return { operations };
}

/** A definition that cannot be saved: applying would say so too. */
function problemOf(error: unknown): { problem: string } {
  if (!(error instanceof InterlockError) || error.code !== 'invalid_definition') throw error;
  const [issue] = error.issues ?? [];
  return { problem: issue ? `${issue.message} (${issue.path})` : error.message };
}
