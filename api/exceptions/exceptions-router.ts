import { z } from 'zod';
import {
  commentSchema,
  createExceptionInputSchema,
  domainNameSchema,
  exceptionDomainSchema,
  exceptionFilterSchema,
  exceptionListInputSchema,
  exceptionSchema,
  exceptionSummarySchema,
  exceptionViewSchema,
  linkKinds,
  resolutionCodes,
  timelineItemSchema,
  updateExceptionInputSchema,
} from '../../shared/exceptions/exception-schemas.ts';
import {
  assignException,
  reopenException,
  resolveException,
  updateException,
} from '../../shared/exceptions/server/change-exception.ts';
import { commentException } from '../../shared/exceptions/server/comment-exception.ts';
import { createException } from '../../shared/exceptions/server/create-exception.ts';
import { readDomains, setDomain } from '../../shared/exceptions/server/domains.ts';
import { readException } from '../../shared/exceptions/server/exception-views.ts';
import { linkException, unlinkException } from '../../shared/exceptions/server/link-exceptions.ts';
import { exceptionPage } from '../../shared/exceptions/server/list-exceptions.ts';
import { readTimeline } from '../../shared/exceptions/server/read-timeline.ts';
import { readViews, removeView, saveView } from '../../shared/exceptions/server/saved-views.ts';
import { pageOf } from '../../shared/platform/page-schemas.ts';
import { procedure, router } from '../trpc.ts';

const tags = ['exceptions'];
const byId = z.object({ id: z.string() });

export const exceptionsRouter = router({
  list: procedure('exceptions.read', {
    method: 'GET',
    path: '/api/exceptions',
    summary: 'Exceptions, newest first or as sorted',
    tags,
  })
    .input(exceptionListInputSchema)
    .output(pageOf(exceptionSummarySchema))
    .query(({ ctx, input }) => exceptionPage(ctx, input)),

  create: procedure('exceptions.write', {
    method: 'POST',
    path: '/api/exceptions',
    summary: 'Open an exception',
    tags,
    status: 201,
    headers: { 'idempotency-key': 'idempotencyKey' },
  })
    .input(createExceptionInputSchema)
    .output(exceptionSchema)
    .mutation(({ ctx, input }) => createException(ctx, input)),

  get: procedure('exceptions.read', {
    method: 'GET',
    path: '/api/exceptions/{id}',
    summary: 'An exception',
    tags,
  })
    .input(byId)
    .output(exceptionSchema)
    .query(({ ctx, input }) =>
      ctx.services.db.tenant(ctx.identity.tenantId, (connection) => readException(connection, input.id)),
    ),

  update: procedure('exceptions.write', {
    method: 'PUT',
    path: '/api/exceptions/{id}',
    summary: 'Change what is sent; the rest stays',
    tags,
  })
    .input(updateExceptionInputSchema)
    .output(exceptionSchema)
    .mutation(({ ctx, input }) => updateException(ctx, input)),

  assign: procedure('exceptions.write', {
    method: 'POST',
    path: '/api/exceptions/{id}/assign',
    summary: 'Give it to a member, or to nobody',
    tags,
  })
    .input(byId.extend({ assignee: z.string().max(320).nullable() }))
    .output(exceptionSchema)
    .mutation(({ ctx, input }) => assignException(ctx, input.id, input.assignee)),

  resolve: procedure('exceptions.write', {
    method: 'POST',
    path: '/api/exceptions/{id}/resolve',
    summary: 'Resolve it, saying how',
    tags,
  })
    .input(byId.extend({ code: z.enum(resolutionCodes), note: z.string().trim().max(4096).optional() }))
    .output(exceptionSchema)
    .mutation(({ ctx, input }) => resolveException(ctx, input)),

  reopen: procedure('exceptions.write', {
    method: 'POST',
    path: '/api/exceptions/{id}/reopen',
    summary: 'Open it again, saying why',
    tags,
  })
    .input(byId.extend({ reason: z.string().trim().min(1).max(4096) }))
    .output(exceptionSchema)
    .mutation(({ ctx, input }) => reopenException(ctx, input)),

  comment: procedure('exceptions.write', {
    method: 'POST',
    path: '/api/exceptions/{id}/comments',
    summary: 'Say something on it',
    tags,
    status: 201,
  })
    .input(byId.extend({ body: z.string().trim().min(1).max(16_384) }))
    .output(commentSchema)
    .mutation(({ ctx, input }) => commentException(ctx, input)),

  link: procedure('exceptions.write', {
    method: 'POST',
    path: '/api/exceptions/{id}/links',
    summary: 'Link it to another exception or to a page',
    tags,
    status: 201,
  })
    .input(
      byId.extend({
        kind: z.enum(linkKinds),
        /** The other exception's id or number. */
        target: z.string().max(128).optional(),
        url: z
          .url({ protocol: /^https?$/ })
          .max(2048)
          .optional(),
        title: z.string().trim().max(200).default(''),
      }),
    )
    .output(exceptionSchema)
    .mutation(({ ctx, input }) => linkException(ctx, input)),

  unlink: procedure('exceptions.write', {
    method: 'DELETE',
    path: '/api/exceptions/{id}/links/{linkId}',
    summary: 'Take a link away',
    tags,
    status: 204,
  })
    .input(byId.extend({ linkId: z.string() }))
    .mutation(({ ctx, input }) => unlinkException(ctx, input)),

  timeline: procedure('exceptions.read', {
    method: 'GET',
    path: '/api/exceptions/{id}/timeline',
    summary: 'What happened: events, comments, human steps and tool runs, oldest first',
    tags,
  })
    .input(
      byId.extend({
        limit: z.coerce.number().int().min(1).max(500).default(200),
        /** Items older than this one. */
        cursor: z.string().max(512).optional(),
      }),
    )
    .output(pageOf(timelineItemSchema))
    .query(({ ctx, input }) => readTimeline(ctx, input)),

  views: procedure('exceptions.read', {
    method: 'GET',
    path: '/api/exception-views',
    summary: 'My saved views',
    tags,
  })
    .output(z.object({ items: z.array(exceptionViewSchema), nextCursor: z.null() }))
    .query(async ({ ctx }) => ({ items: await readViews(ctx), nextCursor: null })),

  saveView: procedure('exceptions.read', {
    method: 'POST',
    path: '/api/exception-views',
    summary: 'Save a view',
    tags,
    status: 201,
  })
    .input(z.object({ name: z.string().trim().min(1).max(80), filter: exceptionFilterSchema }))
    .output(exceptionViewSchema)
    .mutation(({ ctx, input }) => saveView(ctx, input)),

  removeView: procedure('exceptions.read', {
    method: 'DELETE',
    path: '/api/exception-views/{id}',
    summary: 'Forget a view of mine',
    tags,
    status: 204,
  })
    .input(byId)
    .mutation(({ ctx, input }) => removeView(ctx, input.id)),

  domains: procedure('exceptions.read', {
    method: 'GET',
    path: '/api/exception-domains',
    summary: 'Domains and the schemas of their attributes',
    tags,
  })
    .output(z.object({ items: z.array(exceptionDomainSchema), nextCursor: z.null() }))
    .query(async ({ ctx }) => ({ items: await readDomains(ctx), nextCursor: null })),

  writeDomain: procedure('exceptions.configure', {
    method: 'PUT',
    path: '/api/exception-domains/{name}',
    summary: 'Set the attributes of a domain',
    tags,
  })
    .input(exceptionDomainSchema.extend({ name: domainNameSchema }))
    .output(exceptionDomainSchema)
    .mutation(({ ctx, input }) => setDomain(ctx, input)),
});
