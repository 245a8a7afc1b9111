import type { TenantConnection } from '../../../platform/db/database.ts';
import { findToolIds } from '../../../tools/db/tool-names.ts';
import { type LoadedTool, loadToolOn } from '../../../tools/server/tool-service.ts';
import { findPublishedPlaybook, type PublishedPlaybook } from '../../db/playbooks.ts';
import { allSteps, type PlaybookDocument } from '../../playbook-document.ts';

/** What a document names: tools and other playbooks, as they are now. */
export interface Catalog {
  /** Null for an unknown or archived tool, `no_version` where only the pinned version is missing. */
  tool(name: string, version?: number): LoadedTool | 'no_version' | null;
  playbook(name: string): PublishedPlaybook | null;
}

/** Everything that these documents name, and what the playbooks they name do. */
export async function loadCatalog(
  connection: TenantConnection,
  documents: readonly PlaybookDocument[],
): Promise<Catalog> {
  const named = documents.flatMap(toolsNamedBy);
  const ids = await findToolIds(connection, [...new Set(named.map(({ name }) => name))]);
  const tools = new Map<string, LoadedTool | 'no_version' | null>();
  for (const { name, version } of named) {
    const key = keyOf(name, version);
    const id = ids.get(name);
    if (tools.has(key) || id === undefined) continue;
    const tool = await loadToolOn(connection, id, version);
    tools.set(key, tool ?? (version === undefined ? null : 'no_version'));
  }
  const playbooks = new Map<string, PublishedPlaybook | null>();
  const waiting = documents.flatMap(playbooksNamedBy);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (playbooks.has(name)) continue;
    const published = await findPublishedPlaybook(connection, name);
    playbooks.set(name, published);
    if (published) waiting.push(...playbooksNamedBy(published.document));
  }
  return {
    tool: (name, version) => tools.get(keyOf(name, version)) ?? null,
    playbook: (name) => playbooks.get(name) ?? null,
  };
}

const keyOf = (name: string, version: number | undefined): string => `${name}@${version ?? ''}`;

/** Does the playbook of this name, through others or itself, run `target`? */
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

function toolsNamedBy(document: PlaybookDocument): { name: string; version?: number | undefined }[] {
  return allSteps(document).flatMap(({ step }) => {
    if (step.type !== 'call_tool') return [];
    const own = { name: step.tool, version: step.version };
    return step.probe ? [own, { name: step.probe.tool }] : [own];
  });
}

function playbooksNamedBy(document: PlaybookDocument): string[] {
  return allSteps(document).flatMap(({ step }) => (step.type === 'playbook' ? [step.playbook] : []));
}
