import type { z } from 'zod';
import type { TenantConnection } from '../../platform/db/database.ts';
import type { Issue } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import type { JsonValue } from '../../platform/json.ts';
import { pointerSteps } from '../../platform/json-pointer.ts';
import { redactionMark } from '../../platform/redaction/redaction-mark.ts';
import { validateAgainst } from '../../platform/server/json-schema.ts';
import { checkToolDefinition } from '../../tools/server/check-definition.ts';
import { checkScope, type LoadedTool, loadToolOn } from '../../tools/server/tool-service.ts';
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
 * @throws InterlockError `not_found`, or `invalid_definition` for a definition that cannot be saved
 */
export async function readBlastRadius(
  connection: TenantConnection,
  toolId: string,
  sent: unknown,
): Promise<BlastRadius> {
  const tool = isUuid(toolId) ? await loadToolOn(connection, toolId) : null;
  checkScope(tool);
  const { resolved } = await checkToolDefinition(connection, sent, { secretRequired: false });
  const next: LoadedTool = { ...tool, version: tool.currentVersion + 1, definition: resolved };
  const inputs = await listLastInputs(connection, toolId, lastInputs);
  return {
    playbooks: await brokenPlaybooks(connection, tool, next),
    waitingSteps: await brokenSteps(connection, tool, next),
    storedInputs: {
      checked: inputs.length,
      failing: inputs.flatMap(({ id, input }) => {
        const issues = newInputIssues(tool, next, input);
        return issues.length === 0 ? [] : [{ executionId: id, issues }];
      }),
    },
  };
}

async function brokenPlaybooks(
  connection: TenantConnection,
  tool: LoadedTool,
  next: LoadedTool,
): Promise<BlastRadius['playbooks']> {
  const rows = await listDocumentsUsing(connection, { id: tool.toolId, name: tool.definition.name });
  const found: BlastRadius['playbooks'] = [];
  for (const { id, name, title, version, document: stored, tool_ids } of rows) {
    const { document } = parseShape(stored);
    if (!document) continue;
    // A published version keeps the tool under its old name; a draft finds it by its name.
    const pinned = version !== null;
    const catalog = await loadCatalog(connection, [document], pinned ? tool_ids : undefined);
    const before = documentIssues(document, catalog);
    const issues = without(documentIssues(document, withNext(catalog, tool, next, pinned)), before);
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
  connection: TenantConnection,
  tool: LoadedTool,
  next: LoadedTool,
): Promise<BlastRadius['waitingSteps']> {
  const rows = await listWaitingCalls(connection);
  const documents = await readDocumentsOf(connection, rows);
  return rows.flatMap((row) => {
    const version = documents.get(documentKey(row));
    if (!version || !callsCurrent(version, row.step_id, tool.toolId)) return [];
    const issues = newInputIssues(tool, next, row.input);
    if (issues.length === 0) return [];
    const { run_id: runId, step_id: stepId, title, exception_id: exceptionId } = row;
    return [{ runId, stepId, title, exceptionId, issues }];
  });
}

/** Whether completing this step calls the current version of the tool. */
function callsCurrent({ document, toolIds }: PinnedDocument, stepId: string, toolId: string): boolean {
  return toolCallsOf(document).some(
    (call) =>
      call.stepId === stepId && !call.probe && toolIds[call.tool] === toolId && call.version === undefined,
  );
}

/** New problems of an input. Redacted places are not checked. */
function newInputIssues(tool: LoadedTool, next: LoadedTool, input: JsonValue): Issue[] {
  const before = validateAgainst(tool.definition.inputSchema, input);
  const issues = validateAgainst(next.definition.inputSchema, input);
  return without(issues, before).filter(({ path }) => !isRedacted(input, path));
}

function isRedacted(input: JsonValue, path: string): boolean {
  let at: JsonValue | undefined = input;
  for (const step of pointerSteps(path)) {
    if (at === null || typeof at !== 'object') break;
    at = (at as Record<string, JsonValue>)[step];
  }
  return typeof at === 'string' && at.includes(redactionMark);
}

function without(issues: readonly Issue[], known: readonly Issue[]): Issue[] {
  return issues.filter(
    (issue) => !known.some(({ path, message }) => path === issue.path && message === issue.message),
  );
}
