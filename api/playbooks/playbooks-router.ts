import { z } from 'zod';
import { listPlaybookVersions, readPlaybook } from '../../shared/db/queries/playbooks.ts';
import { checkDocument } from '../../shared/playbooks/check-document.ts';
import {
  archive,
  createPlaybook,
  discardDraft,
  noPlaybook,
  type PlaybookWriter,
  publishDraft,
  restoreVersion,
  saveDraft,
} from '../../shared/playbooks/playbook-service.ts';
import { issueSchema, pageInput, pageOf } from '../../shared/pure/api-schemas.ts';
import {
  blastRadiusSchema,
  dryRunSchema,
  playbookSummarySchema,
  playbookVersionViewSchema,
  playbookViewSchema,
  publishPlanSchema,
} from '../../shared/pure/playbook-schemas.ts';
import { procedure, router } from '../trpc.ts';
import { unfinished } from '../unfinished.ts';
import { playbookVersionView, readPlaybookView } from './playbook-views.ts';

const tags = ['playbooks'];
const byId = z.object({ id: z.string() });
/** Judged as a whole, so that every problem is told at once and at its place. */
const document = z.record(z.string(), z.unknown());
const versionNumber = z.coerce.number().int().min(1).max(2_147_483_647);

const readView = ({ services, identity }: PlaybookWriter, id: string) =>
  services.db.tenant(identity.tenantId, (connection) => readPlaybookView(connection, id));

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
    .query(() => unfinished()),

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
    .query(() => unfinished()),

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
    .mutation(() => unfinished()),

  blastRadius: procedure('tools.write', {
    method: 'POST',
    path: '/api/tools/{id}/blast-radius',
    summary: 'What publishing this definition as the next version of the tool would break',
    tags: ['tools'],
    bodyField: 'definition',
  })
    .input(byId.extend({ definition: document }))
    .output(blastRadiusSchema)
    .mutation(() => unfinished()),
});
