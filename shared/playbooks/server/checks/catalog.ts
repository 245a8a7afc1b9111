import type { TenantConnection } from '../../../platform/db/database.ts';
import { findArchivedNames } from '../../../tools/db/tools-by-name.ts';
import type { LoadedTool } from '../../../tools/server/tool-service.ts';
import { findPublishedPlaybook, type PublishedPlaybook } from '../../db/playbook-versions.ts';
import type { ToolPins } from '../../db/tables.ts';
import { allSteps, type PlaybookDocument } from '../../playbook-document.ts';
import { definitionOf } from '../../steps/registry.ts';
import type { ToolCall } from '../../steps/step-definition.ts';
import { loadTools, pinned } from './load-tools.ts';

/** The tools and playbooks that a document names, as they are now. */
export interface Catalog {
  /** Null for an unknown or archived tool, `no_version` for a version that it does not have. */
  tool(name: string, version?: number): LoadedTool | 'no_version' | null;
  playbook(name: string): PublishedPlaybook | null;
  /** Whether the tool that had this name is archived, and no other one has it. */
  archived?(name: string): boolean;
}

/**
 * Everything that these documents name, and every playbook that those playbooks name.
 * @param toolIds of a published version
 */
export async function loadCatalog(
  connection: TenantConnection,
  documents: readonly PlaybookDocument[],
  toolIds?: ToolPins,
): Promise<Catalog> {
  const refs = documents.flatMap(toolCallsOf).map((call) => pinned(call, toolIds));
  const find = await loadTools(connection, refs);
  const missing = refs.filter((ref) => find(ref) === null).map(({ tool }) => tool);
  const archived = missing.length === 0 ? [] : await findArchivedNames(connection, missing);
  const playbooks = new Map<string, PublishedPlaybook | null>();
  const waiting = documents.flatMap(playbooksNamedBy);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (playbooks.has(name)) continue;
    const published = await findPublishedPlaybook(connection, name);
    playbooks.set(name, published);
    if (published) waiting.push(...playbooksNamedBy(published.document));
  }
  return {
    tool: (tool, version) => find(pinned({ tool, version }, toolIds)),
    playbook: (name) => playbooks.get(name) ?? null,
    archived: (name) => archived.includes(name),
  };
}

/** Every call of a tool in the document. */
export const toolCallsOf = (document: PlaybookDocument): (ToolCall & { stepId: string })[] =>
  allSteps(document).flatMap(({ step }) =>
    definitionOf(step)
      .toolCalls(step)
      .map((call) => ({ ...call, stepId: step.id })),
  );

/** Whether the playbook of this name runs `target`, directly or through others. */
export function runsPlaybook(catalog: Catalog, name: string, target: string): boolean {
  const seen = new Set<string>();
  const waiting = [name];
  for (let each = waiting.pop(); each !== undefined; each = waiting.pop()) {
    if (each === target) return true;
    if (seen.has(each)) continue;
    seen.add(each);
    const published = catalog.playbook(each);
    if (published) waiting.push(...playbooksNamedBy(published.document));
  }
  return false;
}

function playbooksNamedBy(document: PlaybookDocument): string[] {
  return allSteps(document).flatMap(({ step }) =>
    definitionOf(step)
      .playbookCalls(step)
      .map(({ playbook }) => playbook),
  );
}
