import { z } from 'zod';
import { tell } from '../../shared/events/server/tell.ts';
import { InterlockError } from '../../shared/platform/error-codes.ts';
import { pageOf } from '../../shared/platform/page-schemas.ts';
import { nameCursor, readNameCursor } from '../../shared/platform/server/paging.ts';
import {
  archiveTool,
  findTool,
  listTools,
  readVersions,
  setToolEnabled,
} from '../../shared/tools/db/tools.ts';
import { diffDefinitions } from '../../shared/tools/diff-definitions.ts';
import { checkToolDefinition } from '../../shared/tools/server/check-definition.ts';
import {
  checkScope,
  loadTool,
  resolveVersion,
  validatePayload,
} from '../../shared/tools/server/tool-service.ts';
import { toolSummary, toolVersionView, toolView } from '../../shared/tools/server/tool-views.ts';
import {
  asOwner,
  createTool,
  ownerOfTool,
  restoreTool,
  updateTool,
  type WriteContext,
} from '../../shared/tools/server/write-tool.ts';
import {
  toolDiffSchema,
  toolListInputSchema,
  toolSummarySchema,
  toolVersionSchema,
  toolViewSchema,
} from '../../shared/tools/tool-schemas.ts';
import { execute, json, preview } from '../executions/execute-procedures.ts';
import { procedure, router } from '../trpc.ts';

const tags = ['tools'];
const byId = z.object({ id: z.string() });
/** Judged as a whole by `checkToolDefinition`, so that every problem is told at once and at its place. */
const definition = z.record(z.string(), z.unknown());
const versionNumber = z.coerce.number().int().min(1).max(2_147_483_647);

async function readView({ services, identity }: WriteContext, id: string) {
  const tool = await loadTool(services.db, identity.tenantId, id);
  checkScope(tool);
  return services.db.tenant(identity.tenantId, async (connection) => {
    const row = await findTool(connection, id);
    const [version] = row ? await readVersions(connection, id, row.version) : [];
    if (!row || !version) throw new InterlockError('not_found', 'There is no such tool.');
    return toolView(identity, row, version);
  });
}

export const toolsRouter = router({
  list: procedure('tools.read', {
    method: 'GET',
    path: '/api/tools',
    summary: 'Tools this tenant sees',
    tags,
  })
    .input(toolListInputSchema)
    .output(pageOf(toolSummarySchema))
    .query(async ({ ctx, input: { cursor, limit, ...filter } }) => {
      const after = cursor === undefined ? undefined : readNameCursor(cursor);
      const rows = await ctx.services.db.tenant(ctx.identity.tenantId, (connection) =>
        listTools(connection, { ...filter, after, limit: limit + 1 }),
      );
      const items = rows.slice(0, limit);
      return {
        items: items.map((row) => toolSummary(ctx.identity, row)),
        nextCursor: rows.length > limit ? nameCursor(items.at(-1)!) : null,
      };
    }),

  create: procedure('tools.write', {
    method: 'POST',
    path: '/api/tools',
    summary: 'Define a tool',
    tags,
    status: 201,
    bodyField: 'definition',
  })
    .input(z.object({ definition }))
    .output(toolViewSchema)
    .mutation(async ({ ctx, input }) => readView(ctx, await createTool(ctx, input.definition))),

  get: procedure('tools.read', {
    method: 'GET',
    path: '/api/tools/{id}',
    summary: 'A tool at its current version',
    tags,
  })
    .input(byId)
    .output(toolViewSchema)
    .query(({ ctx, input }) => readView(ctx, input.id)),

  update: procedure('tools.write', {
    method: 'PUT',
    path: '/api/tools/{id}',
    summary: 'Publish a new version',
    tags,
    bodyField: 'definition',
    headers: { 'x-change-note': 'note' },
  })
    .input(byId.extend({ definition, note: z.string().max(500).optional() }))
    .output(toolViewSchema)
    .mutation(async ({ ctx, input }) => {
      await updateTool(ctx, input.id, input.definition, input.note ?? null);
      return readView(ctx, input.id);
    }),

  archive: procedure('tools.write', {
    method: 'DELETE',
    path: '/api/tools/{id}',
    summary: 'Archive a tool; its history stays',
    tags,
    status: 204,
  })
    .input(byId)
    .mutation(async ({ ctx, input }) => {
      const ownerId = await ownerOfTool(ctx, input.id);
      await asOwner(ctx, ownerId, async (connection) => {
        if (!(await archiveTool(connection, input.id, ownerId)))
          throw new InterlockError('not_found', 'There is no such tool.');
        await tell(connection, ctx, { type: 'ToolArchived', subjectType: 'tool', subjectId: input.id });
      });
    }),

  versions: procedure('tools.read', {
    method: 'GET',
    path: '/api/tools/{id}/versions',
    summary: 'Every version, newest first',
    tags,
  })
    .input(byId)
    .output(z.object({ items: z.array(toolVersionSchema), nextCursor: z.null() }))
    .query(async ({ ctx, input }) => {
      checkScope(await loadTool(ctx.services.db, ctx.identity.tenantId, input.id));
      return ctx.services.db.tenant(ctx.identity.tenantId, async (connection) => {
        const row = await findTool(connection, input.id);
        if (!row) throw new InterlockError('not_found', 'There is no such tool.');
        const versions = await readVersions(connection, input.id);
        return {
          items: versions.map((version) => toolVersionView(ctx.identity, row, version)),
          nextCursor: null,
        };
      });
    }),

  restore: procedure('tools.write', {
    method: 'POST',
    path: '/api/tools/{id}/versions/{version}/restore',
    summary: 'Publish an old version as the new one',
    tags,
  })
    .input(byId.extend({ version: versionNumber }))
    .output(toolViewSchema)
    .mutation(async ({ ctx, input }) => {
      await restoreTool(ctx, input.id, input.version);
      return readView(ctx, input.id);
    }),

  diff: procedure('tools.read', {
    method: 'GET',
    path: '/api/tools/{id}/diff',
    summary: 'What changed between two versions',
    tags,
  })
    .input(byId.extend({ from: versionNumber, to: versionNumber }))
    .output(toolDiffSchema)
    .query(async ({ ctx, input }) => {
      checkScope(await loadTool(ctx.services.db, ctx.identity.tenantId, input.id));
      return ctx.services.db.tenant(ctx.identity.tenantId, async (connection) => {
        const row = await findTool(connection, input.id);
        const [from] = await readVersions(connection, input.id, input.from);
        const [to] = await readVersions(connection, input.id, input.to);
        if (!row || !from || !to) throw new InterlockError('not_found', 'There is no such version.');
        const changes = diffDefinitions(resolveVersion(from), resolveVersion(to));
        return {
          from: input.from,
          to: input.to,
          breaking: changes.some((change) => change.impact === 'breaking'),
          changes,
          before: toolView(ctx.identity, row, from),
          after: toolView(ctx.identity, row, to),
        };
      });
    }),

  setEnabled: procedure('tools.enable', {
    method: 'PUT',
    path: '/api/tools/{id}/enabled',
    summary: 'Turn a tool on or off for this tenant, global ones included',
    tags,
  })
    .input(byId.extend({ enabled: z.boolean() }))
    .output(toolViewSchema)
    .mutation(async ({ ctx, input }) => {
      checkScope(await loadTool(ctx.services.db, ctx.identity.tenantId, input.id));
      await ctx.services.db.tenantTransaction(ctx.identity.tenantId, async (connection) => {
        await setToolEnabled(connection, input.id, input.enabled, ctx.identity.actor);
        const type = input.enabled ? 'ToolEnabled' : 'ToolDisabled';
        await tell(connection, ctx, { type, subjectType: 'tool', subjectId: input.id });
      });
      return readView(ctx, input.id);
    }),

  validate: procedure('tools.read', {
    method: 'POST',
    path: '/api/tools/{id}/validate',
    summary: 'Check a payload; nothing runs',
    tags,
  })
    .input(byId.extend({ payload: z.unknown().optional() }))
    .output(z.object({ valid: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      const tool = await loadTool(ctx.services.db, ctx.identity.tenantId, input.id);
      checkScope(tool);
      const issues = validatePayload(tool, json(input.payload));
      if (issues.length > 0)
        throw new InterlockError('invalid_input', 'The payload does not match the input schema.', { issues });
      return { valid: true as const };
    }),

  checkDefinition: procedure('tools.write', {
    method: 'POST',
    path: '/api/tools/check',
    summary: 'Check a definition without saving it',
    tags,
    bodyField: 'definition',
  })
    .input(z.object({ definition }))
    .output(z.object({ valid: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      await ctx.services.db.tenant(ctx.identity.tenantId, (connection) =>
        checkToolDefinition(connection, input.definition, { secretRequired: false }),
      );
      return { valid: true as const };
    }),

  execute,
  preview,
});
