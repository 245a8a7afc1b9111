import { z } from 'zod';
import { pageOf } from '../../shared/pure/api-schemas.ts';
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
} from '../../shared/pure/exception-schemas.ts';
import { procedure, router } from '../trpc.ts';
import { unfinished } from '../unfinished.ts';

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
    .query(() => unfinished()),

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
    .mutation(() => unfinished()),

  get: procedure('exceptions.read', {
    method: 'GET',
    path: '/api/exceptions/{id}',
    summary: 'An exception',
    tags,
  })
    .input(byId)
    .output(exceptionSchema)
    .query(() => unfinished()),

  update: procedure('exceptions.write', {
    method: 'PUT',
    path: '/api/exceptions/{id}',
    summary: 'Change what is sent; the rest stays',
    tags,
  })
    .input(updateExceptionInputSchema)
    .output(exceptionSchema)
    .mutation(() => unfinished()),

  assign: procedure('exceptions.write', {
    method: 'POST',
    path: '/api/exceptions/{id}/assign',
    summary: 'Give it to a member, or to nobody',
    tags,
  })
    .input(byId.extend({ assignee: z.string().max(320).nullable() }))
    .output(exceptionSchema)
    .mutation(() => unfinished()),

  resolve: procedure('exceptions.write', {
    method: 'POST',
    path: '/api/exceptions/{id}/resolve',
    summary: 'Resolve it, saying how',
    tags,
  })
    .input(byId.extend({ code: z.enum(resolutionCodes), note: z.string().trim().max(4096).optional() }))
    .output(exceptionSchema)
    .mutation(() => unfinished()),

  reopen: procedure('exceptions.write', {
    method: 'POST',
    path: '/api/exceptions/{id}/reopen',
    summary: 'Open it again, saying why',
    tags,
  })
    .input(byId.extend({ reason: z.string().trim().min(1).max(4096) }))
    .output(exceptionSchema)
    .mutation(() => unfinished()),

  comment: procedure('exceptions.write', {
    method: 'POST',
    path: '/api/exceptions/{id}/comments',
    summary: 'Say something on it',
    tags,
    status: 201,
  })
    .input(byId.extend({ body: z.string().trim().min(1).max(16_384) }))
    .output(commentSchema)
    .mutation(() => unfinished()),

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
    .mutation(() => unfinished()),

  unlink: procedure('exceptions.write', {
    method: 'DELETE',
    path: '/api/exceptions/{id}/links/{linkId}',
    summary: 'Take a link away',
    tags,
    status: 204,
  })
    .input(byId.extend({ linkId: z.string() }))
    .mutation(() => unfinished()),

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
    .query(() => unfinished()),

  views: procedure('exceptions.read', {
    method: 'GET',
    path: '/api/exception-views',
    summary: 'My saved views',
    tags,
  })
    .output(z.object({ items: z.array(exceptionViewSchema), nextCursor: z.null() }))
    .query(() => unfinished()),

  saveView: procedure('exceptions.read', {
    method: 'POST',
    path: '/api/exception-views',
    summary: 'Save a view',
    tags,
    status: 201,
  })
    .input(z.object({ name: z.string().trim().min(1).max(80), filter: exceptionFilterSchema }))
    .output(exceptionViewSchema)
    .mutation(() => unfinished()),

  removeView: procedure('exceptions.read', {
    method: 'DELETE',
    path: '/api/exception-views/{id}',
    summary: 'Forget a view of mine',
    tags,
    status: 204,
  })
    .input(byId)
    .mutation(() => unfinished()),

  domains: procedure('exceptions.read', {
    method: 'GET',
    path: '/api/exception-domains',
    summary: 'Domains and the schemas of their attributes',
    tags,
  })
    .output(z.object({ items: z.array(exceptionDomainSchema), nextCursor: z.null() }))
    .query(() => unfinished()),

  writeDomain: procedure('exceptions.configure', {
    method: 'PUT',
    path: '/api/exception-domains/{name}',
    summary: 'Set the attributes of a domain',
    tags,
  })
    .input(exceptionDomainSchema.extend({ name: domainNameSchema }))
    .output(exceptionDomainSchema)
    .mutation(() => unfinished()),
});
