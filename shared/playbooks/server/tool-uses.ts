import type { z } from 'zod';
import type { ReadContext } from '../../events/server/change-context.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import { listUndoneBy } from '../../tools/db/tools-by-name.ts';
import { checkScope, loadTool } from '../../tools/server/tool-service.ts';
import { documentKey, type PinnedDocument, readDocumentsOf } from '../db/playbook-versions.ts';
import { countForeignUses, listDocumentsUsing, listOpenSteps } from '../db/playbooks-using.ts';
import { parseDocument } from '../parse-document.ts';
import type { toolUsesSchema } from '../playbook-schemas.ts';
import { toolCallsOf } from './checks/catalog.ts';

type ToolUses = z.infer<typeof toolUsesSchema>;

/** The published playbooks and the open steps that call a tool, and the tools that it undoes. @throws InterlockError `not_found` */
export async function readToolUses({ services, identity }: ReadContext, toolId: string): Promise<ToolUses> {
  const tool = isUuid(toolId) ? await loadTool(services.db, identity.tenantId, toolId) : null;
  checkScope(tool);
  const own = await services.db.tenant(identity.tenantId, async (connection) => ({
    playbooks: await playbooksUsing(connection, toolId, tool.definition.name),
    waitingSteps: await stepsUsing(connection, toolId),
    undoes: await listUndoneBy(connection, tool.definition.name),
  }));
  const elsewhere =
    tool.tenantId === null
      ? await services.db.system((connection) => countForeignUses(connection, toolId, identity.tenantId))
      : 0;
  return { ...own, organizationsElsewhere: elsewhere };
}

/**
 * Renaming or archiving a tool surprises people who wait for it, so it has to be meant.
 * @throws InterlockError `in_use` with the uses in `details`
 */
export async function assertToolUnused(context: ReadContext, toolId: string, done: string): Promise<void> {
  const uses = await readToolUses(context, toolId);
  const words = [
    counted(uses.playbooks.length, 'published playbook'),
    counted(uses.waitingSteps.length, 'waiting step'),
    counted(uses.undoes.length, 'tool that it undoes'),
    counted(uses.organizationsElsewhere, 'other organization'),
  ].filter((each) => each !== null);
  if (words.length === 0) return;
  throw new InterlockError(
    'in_use',
    `The tool was not ${done}: ${new Intl.ListFormat('en').format(words)} ${words.length === 1 && words[0]!.startsWith('1 ') ? 'uses' : 'use'} it. Send force=true to do it anyway.`,
    { details: uses },
  );
}

function counted(count: number, what: string): string | null {
  return count === 0 ? null : `${count} ${what}${count === 1 ? '' : 's'}`;
}

async function playbooksUsing(
  connection: TenantConnection,
  toolId: string,
  name: string,
): Promise<ToolUses['playbooks']> {
  const rows = await listDocumentsUsing(connection, { id: toolId, name });
  return rows.flatMap(({ version, tool_ids: toolIds, document: stored, ...playbook }) =>
    version === null
      ? []
      : [
          {
            ...playbook,
            version,
            stepIds: stepsCalling({ document: parseDocument(stored), toolIds }, toolId),
          },
        ],
  );
}

async function stepsUsing(connection: TenantConnection, toolId: string): Promise<ToolUses['waitingSteps']> {
  const rows = await listOpenSteps(connection, toolId);
  const documents = await readDocumentsOf(connection, rows);
  return rows.flatMap((row) => {
    const version = documents.get(documentKey(row));
    if (!version || !stepsCalling(version, toolId).includes(row.step_id)) return [];
    const { run_id: runId, step_id: stepId, title, exception_id: exceptionId } = row;
    return [{ runId, stepId, title, exceptionId }];
  });
}

/** The steps of a published version that call the tool, also to check another call. */
export function stepsCalling({ document, toolIds }: PinnedDocument, toolId: string): string[] {
  const steps = toolCallsOf(document).filter(({ tool }) => toolIds[tool] === toolId);
  return [...new Set(steps.map(({ stepId }) => stepId))];
}
