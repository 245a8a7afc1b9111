import type { TenantConnection } from '../../../platform/db/database.ts';
import { findPublishedPlaybook, type PublishedPlaybook } from '../../db/playbook-versions.ts';
import { allSteps, type PlaybookDocument } from '../../playbook-document.ts';
import { definitionOf } from '../../steps/registry.ts';
import { loadTools, type NamedTools } from './load-tools.ts';

/** The tools and playbooks that a document names, as they are now. */
export interface Catalog {
  tool: NamedTools;
  playbook(name: string): PublishedPlaybook | null;
}

/** Everything that these documents name, and every playbook that those playbooks name. */
export async function loadCatalog(
  connection: TenantConnection,
  documents: readonly PlaybookDocument[],
): Promise<Catalog> {
  const tool = await loadTools(
    connection,
    documents.flatMap((document) =>
      allSteps(document).flatMap(({ step }) => definitionOf(step).toolCalls(step)),
    ),
  );
  const playbooks = new Map<string, PublishedPlaybook | null>();
  const waiting = documents.flatMap(playbooksNamedBy);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (playbooks.has(name)) continue;
    const published = await findPublishedPlaybook(connection, name);
    playbooks.set(name, published);
    if (published) waiting.push(...playbooksNamedBy(published.document));
  }
  return { tool, playbook: (name) => playbooks.get(name) ?? null };
}

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
