import type { ListToolsResult, Tool } from '@modelcontextprotocol/server';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { can } from '../../shared/identity/roles.ts';
import type { TenantConnection } from '../../shared/platform/db/database.ts';
import { readCursor, writeCursor } from '../../shared/platform/server/paging.ts';
import {
  findToolsByName,
  listRunnableTools,
  type RunnableTool,
} from '../../shared/tools/db/tools-by-name.ts';
import { callTarget, readsOnly, retrySafety, targetHosts } from '../../shared/tools/providers/registry.ts';
import { loadToolOn } from '../../shared/tools/server/tool-service.ts';
import type { ToolDefinition } from '../../shared/tools/tool-definition.ts';
import { resultSchema } from './call-result.ts';
import type { KnownContext } from './mcp-request.ts';
import { type OfferedSchema, offeredInput } from './offered-schema.ts';

/** A tool of the organization as clients see it. */
export interface OfferedTool {
  id: string;
  definition: ToolDefinition;
  offered: Tool & { outputSchema?: OfferedSchema };
}

const pageSize = 100;
const cursorSchema = z.tuple([z.string().max(64)]);

// A version and a revision of a connector never change.
const known = new LRUCache<string, OfferedTool>({ max: 2_000 });

/**
 * A page of the tools that the caller may execute, by name.
 * @throws InterlockError `invalid_input` for an invalid cursor
 */
export async function offeredPage(
  { services, identity }: KnownContext,
  cursor: string | undefined,
): Promise<ListToolsResult> {
  const [after] = cursor === undefined ? [] : readCursor(cursor, cursorSchema);
  if (!can(identity, 'tools.execute')) return { tools: [] };
  const ids = identity.limits?.tools ?? null;
  return services.db.tenant(identity.tenantId, async (connection) => {
    const rows = await listRunnableTools(connection, { after, ids, limit: pageSize + 1 });
    const tools: Tool[] = [];
    for (const row of rows.slice(0, pageSize)) {
      const tool = await describe(connection, row);
      if (tool) tools.push(tool.offered);
    }
    const last = rows.length > pageSize ? tools.at(-1) : undefined;
    return { tools, ...(last && { nextCursor: writeCursor([last.name]) }) };
  });
}

/** A tool that the tenant sees, whether or not the caller may execute it: its execution decides that. */
export async function findOfferedTool(
  { services, identity }: KnownContext,
  name: string,
): Promise<OfferedTool | null> {
  return services.db.tenant(identity.tenantId, async (connection) => {
    const [row] = await findToolsByName(connection, [{ name, version: null, id: null }]);
    return row ? describe(connection, row) : null;
  });
}

async function describe(connection: TenantConnection, row: RunnableTool): Promise<OfferedTool | null> {
  const { id, current_version, connector_revision } = row;
  const key = `${id}/${current_version}/${connector_revision ?? ''}`;
  const seen = known.get(key);
  if (seen) return seen;
  const loaded = await loadToolOn(connection, id);
  if (!loaded) return null;
  const tool = offer(id, loaded.definition, loaded.version);
  known.set(key, tool);
  return tool;
}

function offer(id: string, definition: ToolDefinition, version: number): OfferedTool {
  const { name, title, description } = definition;
  const outputSchema = resultSchema(definition.outputSchema);
  const reads = readsOnly(definition);
  return {
    id,
    definition,
    offered: {
      name,
      ...(title !== undefined && { title }),
      // Models choose by it, and some clients refuse a tool without one.
      description: description || `${title ?? name}: ${callTarget(definition)}`,
      inputSchema: offeredInput(definition.inputSchema),
      ...(outputSchema && { outputSchema }),
      annotations: {
        ...(title !== undefined && { title }),
        readOnlyHint: reads,
        destructiveHint: !reads,
        idempotentHint: retrySafety(definition).safe,
        openWorldHint: targetHosts(definition).length > 0,
      },
      _meta: { 'interlock/toolId': id, 'interlock/version': version },
    },
  };
}
