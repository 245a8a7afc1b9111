import type { Database } from '../../platform/db/database.ts';
import type { PublishedPlaybook } from '../../playbooks/db/playbook-versions.ts';
import { parseShape } from '../../playbooks/server/check-shape.ts';
import { type Catalog, loadCatalog } from '../../playbooks/server/checks/catalog.ts';
import { toolPii } from '../../tools/server/personal-data.ts';
import { type LoadedTool, toolLimits } from '../../tools/server/tool-service.ts';
import type { ToolDraft } from '../../tools/server/write-tool.ts';

/**
 * What playbooks of the files may name: tools and playbooks as the files would leave them.
 * @param documents of the files
 */
export async function filesCatalog(
  db: Database,
  tenantId: string,
  documents: readonly unknown[],
  tools: readonly ToolDraft[],
): Promise<Catalog> {
  const parsed = documents.flatMap((each) => parseShape(each).document ?? []);
  const now = await db.tenant(tenantId, (connection) => loadCatalog(connection, parsed));
  const drafts = new Map(tools.map((each) => [each.checked.resolved.name, each]));
  const own = new Map(
    parsed.map((document): [string, PublishedPlaybook] => {
      const { name, title } = document;
      const known = now.playbook(name);
      const version = (known?.version ?? 0) + 1;
      return [name, { id: known?.id ?? name, name, title, version, document, toolIds: {} }];
    }),
  );
  return {
    tool: (name, version) => {
      const draft = drafts.get(name);
      const known = now.tool(name, version);
      // A pinned version of a tool that is there stays as it is.
      if (!draft || (version !== undefined && known !== null)) return known;
      if (version !== undefined && version !== 1) return 'no_version';
      return known !== null && known !== 'no_version'
        ? { ...known, version: known.currentVersion + 1, definition: draft.checked.resolved }
        : newTool(draft, tenantId);
    },
    playbook: (name) => own.get(name) ?? now.playbook(name),
    archived: (name) => now.archived?.(name) ?? false,
  };
}

/** A tool that is created with the files: nothing of the organization is about it yet. */
function newTool({ toolId, checked }: ToolDraft, tenantId: string): LoadedTool {
  const nothing = {
    redaction: null,
    redaction_revision: 0,
    limits: null,
    open_hosts: [],
    limits_revision: 0,
  };
  return {
    toolId,
    version: 1,
    currentVersion: 1,
    trial: null,
    draft: false,
    tenantId,
    loadedForId: tenantId,
    definition: checked.resolved,
    connectorId: checked.connectorId,
    connectorName: null,
    connectorRevision: null,
    enabled: true,
    archived: false,
    policyRevision: 0,
    pii: toolPii({ id: toolId, ...nothing }),
    limits: toolLimits(nothing, null),
  };
}
