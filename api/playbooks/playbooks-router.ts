import { z } from 'zod';
import type { ChangeContext } from '../../shared/events/server/change-context.ts';
import type { TenantConnection } from '../../shared/platform/db/database.ts';
import { InterlockError } from '../../shared/platform/error-codes.ts';
import { isUuid } from '../../shared/platform/ids.ts';
import type { JsonObject, JsonValue } from '../../shared/platform/json.ts';
import { issueSchema, pageInput, pageOf } from '../../shared/platform/page-schemas.ts';
import { nameCursor, readNameCursor } from '../../shared/platform/server/paging.ts';
import { listPlaybookVersions, readPlaybook } from '../../shared/playbooks/db/playbooks.ts';
import { listPlaybooks } from '../../shared/playbooks/db/playbooks-list.ts';
import {
  blastRadiusSchema,
  dryRunSchema,
  playbookSummarySchema,
  playbookVersionViewSchema,
  playbookViewSchema,
  publishPlanSchema,
} from '../../shared/playbooks/playbook-schemas.ts';
import { readBlastRadius } from '../../shared/playbooks/server/blast-radius.ts';
import { checkDocument } from '../../shared/playbooks/server/check-document.ts';
import { dryRun } from '../../shared/playbooks/server/dry-run.ts';
import { listFittingPlaybooks } from '../../shared/playbooks/server/fitting-playbooks.ts';
import {
  archive,
  createPlaybook,
  discardDraft,
  noPlaybook,
  publishDraft,
  restoreVersion,
  saveDraft,
} from '../../shared/playbooks/server/playbook-service.ts';
import {
  playbookSummary,
  playbookVersionView,
  readPlaybookView,
} from '../../shared/playbooks/server/playbook-views.ts';
import { readPublishPlan } from '../../shared/playbooks/server/publish-plan.ts';
import { readExceptionScope } from '../../shared/playbooks/server/run-scope.ts';
import { procedure, router } from '../trpc.ts';

const tags = ['playbooks'];
const byId = z.object({ id: z.string() });
/** Judged as a whole, so that every problem is told at once and at its place. */
const document = z.record(z.string(), z.unknown());
const versionNumber = z.coerce.number().int().min(1).max(2_147_483_647);

const readView = ({ services, identity }: ChangeContext, id: string) =>
  services.db.tenant(identity.tenantId, (connection) => readPlaybookView(connection, id));

/** The exception as expressions see it. @throws InterlockError `not_found` */
async function readException(connection: TenantConnection, id: string): Promise<JsonObject> {
  const exception = isUuid(id) ? await readExceptionScope(connection, id) : null;
  if (!exception) throw new InterlockError('not_found', 'There is no such exception.');
  return exception;
}

export const playbooksRouter = router({
  list: procedure('playbooks.read', {
    method: 'GET',
    path: '/api/playbooks',
    summary: 'Playbooks, by name',
    tags,
  })
    .input(
      z.object({
        status: z.enum(['draft', 'published']).optional(),
        q: z.string().max(200).optional(),
        /** Published ones whose triggers fit this exception come first, others are left out. */
        exceptionId: z.string().optional(),
        ...pageInput,
      }),
    )
    .output(pageOf(playbookSummarySchema))
    .query(({ ctx, input: { cursor, limit, exceptionId, ...filter } }) =>
      ctx.services.db.tenant(ctx.identity.tenantId, async (connection) => {
        const after = cursor === undefined ? undefined : readNameCursor(cursor);
        const page = { ...filter, after, limit: limit + 1 };
        const rows =
          exceptionId === undefined
            ? await listPlaybooks(connection, page)
            : await listFittingPlaybooks(connection, await readException(connection, exceptionId), page);
        const items = rows.slice(0, limit);
        return {
          items: items.map(playbookSummary),
          nextCursor: rows.length > limit ? nameCursor(items.at(-1)!) : null,
        };
      }),
    ),

  create: procedure('playbooks.write', {
    method: 'POST',
    path: '/api/playbooks',
    summary: 'Draft a playbook',
    tags,
    status: 201,
    bodyField: 'document',
  })
    .input(z.object({ document }))
    .output(playbookViewSchema)
    .mutation(async ({ ctx, input }) => readView(ctx, await createPlaybook(ctx, input.document))),

  get: procedure('playbooks.read', {
    method: 'GET',
    path: '/api/playbooks/{id}',
    summary: 'A playbook: its published version and its draft',
    tags,
  })
    .input(byId)
    .output(playbookViewSchema)
    .query(({ ctx, input }) => readView(ctx, input.id)),

  update: procedure('playbooks.write', {
    method: 'PUT',
    path: '/api/playbooks/{id}',
    summary: 'Save a new draft',
    tags,
    bodyField: 'document',
    headers: { 'x-draft-revision': 'draftRevision' },
  })
    .input(byId.extend({ document, draftRevision: z.coerce.number().int().optional() }))
    .output(playbookViewSchema)
    .mutation(async ({ ctx, input }) => {
      await saveDraft(ctx, input.id, input.document, input.draftRevision);
      return readView(ctx, input.id);
    }),

  discardDraft: procedure('playbooks.write', {
    method: 'DELETE',
    path: '/api/playbooks/{id}/draft',
    summary: 'Throw the draft away; the published version stays',
    tags,
    status: 204,
  })
    .input(byId)
    .mutation(({ ctx, input }) => discardDraft(ctx, input.id)),

  archive: procedure('playbooks.write', {
    method: 'DELETE',
    path: '/api/playbooks/{id}',
    summary: 'Archive a playbook; its runs go on and its history stays',
    tags,
    status: 204,
  })
    .input(byId)
    .mutation(({ ctx, input }) => archive(ctx, input.id)),

  check: procedure('playbooks.read', {
    method: 'POST',
    path: '/api/playbooks/check',
    summary: 'What keeps a document from being published; nothing is stored',
    tags,
    bodyField: 'document',
  })
    .input(z.object({ document }))
    .output(z.object({ issues: z.array(issueSchema) }))
    .mutation(async ({ ctx, input }) => ({
      issues: await ctx.services.db.tenant(ctx.identity.tenantId, (connection) =>
        checkDocument(connection, input.document),
      ),
    })),

  publishPlan: procedure('playbooks.read', {
    method: 'GET',
    path: '/api/playbooks/{id}/publish-plan',
    summary: 'What publishing the draft would do',
    tags,
  })
    .input(byId)
    .output(publishPlanSchema)
    .query(({ ctx, input }) =>
      ctx.services.db.tenant(ctx.identity.tenantId, (connection) => readPublishPlan(connection, input.id)),
    ),

  publish: procedure('playbooks.write', {
    method: 'POST',
    path: '/api/playbooks/{id}/publish',
    summary: 'Publish the draft as the next version',
    tags,
  })
    .input(
      byId.extend({
        note: z.string().trim().max(500).optional(),
        draftRevision: z.number().int().optional(),
      }),
    )
    .output(playbookViewSchema)
    .mutation(async ({ ctx, input: { id, note, draftRevision } }) => {
      await publishDraft(ctx, id, { note: note ?? null, draftRevision });
      return readView(ctx, id);
    }),

  versions: procedure('playbooks.read', {
    method: 'GET',
    path: '/api/playbooks/{id}/versions',
    summary: 'Every published version, newest first',
    tags,
  })
    .input(byId)
    .output(z.object({ items: z.array(playbookVersionViewSchema), nextCursor: z.null() }))
    .query(({ ctx, input }) =>
      ctx.services.db.tenant(ctx.identity.tenantId, async (connection) => {
        const row = await readPlaybook(connection, input.id);
        if (!row) throw noPlaybook();
        const versions = await listPlaybookVersions(connection, row.id);
        return { items: versions.map((each) => playbookVersionView(row, each)), nextCursor: null };
      }),
    ),

  restore: procedure('playbooks.write', {
    method: 'POST',
    path: '/api/playbooks/{id}/versions/{version}/restore',
    summary: 'Make an old version the draft',
    tags,
  })
    .input(byId.extend({ version: versionNumber }))
    .output(playbookViewSchema)
    .mutation(async ({ ctx, input }) => {
      await restoreVersion(ctx, input.id, input.version);
      return readView(ctx, input.id);
    }),

  dryRun: procedure('playbooks.read', {
    method: 'POST',
    path: '/api/playbooks/dry-run',
    summary: 'Walk a document on an exception; nothing is called and nothing stored',
    tags,
  })
    .input(
      z.object({
        document,
        exceptionId: z.string().optional(),
        input: z.unknown().optional(),
        /** What people would answer: step id to outcome and output. */
        answers: z
          .record(z.string(), z.object({ outcome: z.string().optional(), output: z.unknown().optional() }))
          .default({}),
      }),
    )
    .output(dryRunSchema)
    .mutation(({ ctx, input }) =>
      ctx.services.db.tenant(ctx.identity.tenantId, async (connection) => {
        const exception =
          input.exceptionId === undefined ? null : await readException(connection, input.exceptionId);
        return dryRun(connection, {
          document: input.document,
          exception,
          input: (input.input ?? {}) as JsonValue,
          answers: input.answers,
          startedBy: ctx.identity.actor.name,
        });
      }),
    ),

  blastRadius: procedure('tools.write', {
    method: 'POST',
    path: '/api/tools/{id}/blast-radius',
    summary: 'What publishing this definition as the next version of the tool would break',
    tags: ['tools'],
    bodyField: 'definition',
  })
    .input(byId.extend({ definition: document }))
    .output(blastRadiusSchema)
    .mutation(({ ctx, input }) =>
      ctx.services.db.tenant(ctx.identity.tenantId, (connection) =>
        readBlastRadius(connection, input.id, input.definition),
      ),
    ),
});
