import type { z } from 'zod';
import type { Database } from '../../platform/db/database.ts';
import type { Issue } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import { checkToolDefinition, type NewConnectors } from '../../tools/server/check-definition.ts';
import { newInputIssues, withoutIssues } from '../../tools/server/new-issues.ts';
import { checkScope, type LoadedTool, loadTool } from '../../tools/server/tool-service.ts';
import { documentKey, type PinnedDocument, readDocumentsOf } from '../db/playbook-versions.ts';
import { listDocumentsUsing, listLastInputs, listWaitingCalls } from '../db/playbooks-using.ts';
import { allSteps, type PlaybookDocument } from '../playbook-document.ts';
import type { blastRadiusSchema } from '../playbook-schemas.ts';
import { documentIssues } from './check-document.ts';
import { parseShape } from './check-shape.ts';
import { type Catalog, loadCatalog, toolCallsOf } from './checks/catalog.ts';

type BlastRadius = z.infer<typeof blastRadiusSchema>;

const lastInputs = 50;

/**
 * What the next version of a tool would break in this tenant. Existing problems are not counted.
 * @param connectors by their id: those that would be written with it
 * @throws InterlockError `not_found`, or `invalid_definition` for a definition that cannot be saved
 */
export async function readBlastRadius(
  db: Database,
  tenantId: string,
  toolId: string,
  sent: unknown,
  connectors?: NewConnectors,
): Promise<BlastRadius> {
  const tool = await loadTool(db, tenantId, toolId);
  checkScope(tool);
  const { resolved } = await checkToolDefinition(db, tenantId, sent, {
    secretRequired: false,
    connectors,
  });
  const next: LoadedTool = { ...tool, version: tool.currentVersion + 1, definition: resolved };
  const inputs = await db.tenant(tenantId, (connection) => listLastInputs(connection, toolId, lastInputs));
  const failing: BlastRadius['storedInputs']['failing'] = [];
  for (const { id, input } of inputs) {
    const issues = await newIssues(tool, next, input);
    if (issues.length > 0) failing.push({ executionId: id, issues });
  }
  return {
    playbooks: await brokenPlaybooks(db, tenantId, tool, next),
    waitingSteps: await brokenSteps(db, tenantId, tool, next),
    storedInputs: { checked: inputs.length, failing },
  };
}

async function brokenPlaybooks(
  db: Database,
  tenantId: string,
  tool: LoadedTool,
  next: LoadedTool,
): Promise<BlastRadius['playbooks']> {
  const rows = await db.tenant(tenantId, (connection) =>
    listDocumentsUsing(connection, { id: tool.toolId, name: tool.definition.name }),
  );
  const found: BlastRadius['playbooks'] = [];
  for (const { id, name, title, version, document: stored, tool_ids } of rows) {
    const { document } = parseShape(stored);
    if (!document) continue;
    // A published version keeps the tool under its old name; a draft finds it by its name.
    const pinned = version !== null;
    const catalog = await db.tenant(tenantId, (connection) =>
      loadCatalog(connection, [document], pinned ? tool_ids : undefined),
    );
    const before = await documentIssues(document, catalog, tenantId);
    const after = await documentIssues(document, withNext(catalog, tool, next, pinned), tenantId);
    const issues = withoutIssues(after, before);
    for (const [step, own] of byStep(document, issues))
      found.push({
        playbookId: id,
        name,
        title,
        version,
        stepId: step.id,
        stepTitle: step.title,
        issues: own,
      });
  }
  return found;
}

/** The catalog with the next version. Steps that pin a version keep it. */
function withNext(catalog: Catalog, tool: LoadedTool, next: LoadedTool, pinned: boolean): Catalog {
  return {
    ...catalog,
    tool: (name, version) => {
      const now = catalog.tool(name, version);
      if (now === null || now === 'no_version' || now.toolId !== tool.toolId) return now;
      if (!pinned && next.definition.name !== name) return null;
      return version === undefined ? next : now;
    },
  };
}

function byStep(
  document: PlaybookDocument,
  issues: readonly Issue[],
): Map<PlaybookDocument['steps'][number], Issue[]> {
  const placed = allSteps(document).toReversed();
  const found = new Map<PlaybookDocument['steps'][number], Issue[]>();
  for (const issue of issues) {
    // The innermost step around the place: inner steps come after those around them.
    const step = placed.find(({ path }) => issue.path === path || issue.path.startsWith(`${path}/`))?.step;
    if (step) found.set(step, [...(found.get(step) ?? []), issue]);
  }
  return found;
}

async function brokenSteps(
  db: Database,
  tenantId: string,
  tool: LoadedTool,
  next: LoadedTool,
): Promise<BlastRadius['waitingSteps']> {
  const { rows, documents } = await db.tenant(tenantId, async (connection) => {
    const rows = await listWaitingCalls(connection);
    return { rows, documents: await readDocumentsOf(connection, rows) };
  });
  const found: BlastRadius['waitingSteps'] = [];
  for (const row of rows) {
    const version = documents.get(documentKey(row));
    if (!version || !callsCurrent(version, row.step_id, tool.toolId)) continue;
    const issues = await newIssues(tool, next, row.input);
    const { run_id: runId, step_id: stepId, title, exception_id: exceptionId } = row;
    if (issues.length > 0) found.push({ runId, stepId, title, exceptionId, issues });
  }
  return found;
}

/** Whether completing this step calls the current version of the tool. */
function callsCurrent({ document, toolIds }: PinnedDocument, stepId: string, toolId: string): boolean {
  return toolCallsOf(document).some(
    (call) =>
      call.stepId === stepId && !call.probe && toolIds[call.tool] === toolId && call.version === undefined,
  );
}

const newIssues = (tool: LoadedTool, next: LoadedTool, input: JsonValue): Promise<Issue[]> =>
  newInputIssues(tool.definition.inputSchema, next.definition.inputSchema, input, tool.tenantId ?? undefined);
