import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ReadContext } from '../../events/server/change-context.ts';
import type { Database } from '../../platform/db/database.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { createFewAtOnce } from '../../platform/server/few-at-once.ts';
import { checkToolDefinition } from '../../tools/server/check-definition.ts';
import { checkScope, type LoadedTool, loadTool } from '../../tools/server/tool-service.ts';
import { listRecorded, type RecordedExecution, readRecorded } from '../db/executions-recorded.ts';
import {
  type ReplayedExecution,
  replayedByDefault,
  type ToolReplay,
  type ToolReplayInput,
} from '../replay-schemas.ts';
import { loadExecutionTool } from './execution-tool.ts';
import { type ReplayServices, replayExecution } from './replay-execution.ts';

const pageSize = 20;
const places = createFewAtOnce(2, 'replays');

/** Who listens to a long report while it is made. */
export interface ReportOptions<Item> {
  /** Aborted: the report ends with what it has. */
  signal?: AbortSignal | undefined;
  /** Gets each item as it is found; the report then has none. */
  onItem?: ((item: Item) => Promise<void>) | undefined;
}

/**
 * What past executions of a tool would come to with another version or definition of it. It reads rows, calls nothing and writes
 * nothing; what a tenant wrote runs in isolates, where tenants take turns.
 * @throws InterlockError `not_found`, `invalid_definition`, `invalid_input`, `rate_limited`
 */
export async function replayTool(
  { services, identity }: ReadContext<ReplayServices>,
  input: ToolReplayInput,
  { signal, onItem }: ReportOptions<ReplayedExecution> = {},
): Promise<ToolReplay> {
  const { tenantId } = identity;
  const { db } = services;
  const after = await triedTool(db, tenantId, input);
  const tools = new Map<string, LoadedTool | null>();
  const version = input.definition === undefined ? after.version : null;
  const report: ToolReplay = {
    toolId: after.toolId,
    version,
    counts: { would_break: 0, changed: 0, same: 0, not_recorded: 0 },
    items: [],
  };
  const end = places.begin(tenantId);
  try {
    for await (const row of recorded(db, tenantId, after.toolId, input)) {
      if (signal?.aborted) break;
      const key = `${row.tool_version}/${row.connector_revision ?? ''}`;
      if (!tools.has(key)) tools.set(key, await loadExecutionTool({ db }, row));
      const before = tools.get(key);
      if (!before) continue;
      const item = await replayExecution(services, row, before, after);
      report.counts[item.verdict] += 1;
      if (onItem) await onItem(item);
      else report.items.push(item);
      await nextTurn();
    }
  } finally {
    end();
  }
  if (input.executionId && Object.values(report.counts).every((count) => count === 0))
    throw new InterlockError('not_found', 'Execution of this tool not found.');
  return report;
}

async function triedTool(
  db: Database,
  tenantId: string,
  { id, version, definition, executionId, executionIds, last }: ToolReplayInput,
): Promise<LoadedTool> {
  if (version !== undefined && definition !== undefined)
    throw new InterlockError('invalid_input', 'Send a version or a definition, not both.');
  if ([executionId, executionIds, last].filter((each) => each !== undefined).length > 1)
    throw new InterlockError('invalid_input', 'Send executionId, executionIds or last: one of them.');
  const tool = await loadTool(db, tenantId, id);
  checkScope(tool);
  if (definition !== undefined) {
    const { resolved } = await checkToolDefinition(db, tenantId, definition, { secretRequired: false });
    return { ...tool, version: tool.currentVersion + 1, definition: resolved };
  }
  if (version === undefined) return tool;
  const older = await loadTool(db, tenantId, id, { version });
  if (!older) throw new InterlockError('not_found', `The tool has no version ${version}.`);
  return older;
}

async function* recorded(
  db: Database,
  tenantId: string,
  toolId: string,
  {
    executionId,
    executionIds = executionId ? [executionId] : undefined,
    last = replayedByDefault,
  }: ToolReplayInput,
): AsyncGenerator<RecordedExecution> {
  if (executionIds) {
    // Newest first: ids are in the order of time.
    const ids = [...new Set(executionIds.map((id) => id.toLowerCase()))].sort().reverse();
    for (let at = 0; at < ids.length; at += pageSize)
      yield* await db.tenant(tenantId, (connection) =>
        readRecorded(connection, toolId, ids.slice(at, at + pageSize)),
      );
    return;
  }
  let before: string | null = null;
  for (let left = last; left > 0; left -= pageSize) {
    const limit = Math.min(left, pageSize);
    const rows: RecordedExecution[] = await db.tenant(tenantId, (connection) =>
      listRecorded(connection, { toolId, before, limit }),
    );
    yield* rows;
    if (rows.length < limit) return;
    before = rows.at(-1)!.id;
  }
}
