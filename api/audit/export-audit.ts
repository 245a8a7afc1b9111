import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { auditListInputSchema } from '../../shared/events/audit-schemas.ts';
import { exportAudit, sealEverything, tellExport } from '../../shared/events/server/audit/export-audit.ts';
import { can } from '../../shared/identity/roles.ts';
import { InterlockError } from '../../shared/platform/error-codes.ts';
import { csvHead, csvRows } from '../rest/csv.ts';
import { checkQuery, procedureOf, relocate, sendError } from '../rest/rest-bridge.ts';
import { operationNamed } from '../rest/rest-operations.ts';
import { errorResponses } from '../rest/schema-components.ts';
import { appRouter } from '../router.ts';
import { createCallerFactory, type RequestContext } from '../trpc.ts';

const url = '/api/audit/export';
const formatSchema = z.enum(['ndjson', 'csv']).default('ndjson');
const columns = [
  ...['id', 'type', 'subjectType', 'subjectId', 'exceptionId', 'actor.type', 'actor.id', 'actor.name'],
  ...['door', 'address', 'data', 'requestId', 'createdAt'],
];
const pageSize = 200;
const createCaller = createCallerFactory(appRouter);

type Page = Awaited<ReturnType<ReturnType<typeof createCaller>['audit']['list']>>;

/**
 * `GET /api/audit/export`: the sealed events with what `interlock audit verify` needs, or as CSV. The one who exports is in the
 * audit trail too, before the first line.
 */
export function registerAuditExport(
  app: FastifyInstance,
  contextOf: (request: FastifyRequest, tenantSlug?: string) => Promise<RequestContext>,
): void {
  const operation = operationNamed('audit.list');
  app.get(url, async (request, reply) => {
    try {
      const { format: asked, tenant, ...query } = request.query as Record<string, unknown>;
      // A link of a page has no headers.
      const context = await contextOf(request, typeof tenant === 'string' ? tenant : undefined);
      const list = procedureOf(createCaller(context), operation.name);
      const admitted = context.identity !== null && can(context.identity, operation.permission);
      if (admitted) checkQuery(operation, query, ['limit', 'cursor']);
      const read = (cursor?: string) =>
        list(admitted ? { ...query, limit: pageSize, cursor } : {}) as Promise<Page>;
      // It decides who may, and which filters there are. Nothing has been sent so far.
      const first = await read();
      const { identity, services, requestId } = context;
      if (!identity) return reply;
      const format = formatOf(asked);
      const { limit: _limit, ...filter } = auditListInputSchema.parse(query);
      const known = { identity, services, requestId };
      await tellExport(known, { format, filters: Object.keys(query) });
      if (format === 'csv') return send(reply, 'csv', csvOf(first, read));
      await sealEverything(known);
      return send(reply, 'ndjson', exportAudit(known, filter));
    } catch (error) {
      return sendError(relocate(operation, error), request, reply);
    }
  });
}

function formatOf(asked: unknown): z.output<typeof formatSchema> {
  const { data, success } = formatSchema.safeParse(asked);
  if (success) return data;
  throw new InterlockError('bad_request', 'The format must be ndjson or csv.');
}

const types = { ndjson: 'application/x-ndjson', csv: 'text/csv; charset=utf-8' };

/** An error after the first line cuts the connection, so that no client takes a part for the whole. */
function send(reply: FastifyReply, format: keyof typeof types, text: AsyncGenerator<string>): FastifyReply {
  return reply
    .type(types[format])
    .header('cache-control', 'no-store')
    .header('content-disposition', `attachment; filename="audit.${format}"`)
    .send(Readable.from(text));
}

async function* csvOf(first: Page, read: (cursor: string) => Promise<Page>): AsyncGenerator<string> {
  yield csvHead(columns);
  for (let page = first; ; page = await read(page.nextCursor)) {
    if (page.items.length > 0) yield csvRows(page.items, columns);
    if (page.nextCursor === null) return;
  }
}

/** Its part of the OpenAPI document. */
export function auditExportPaths() {
  const filters = z.toJSONSchema(auditListInputSchema, { io: 'input' }).properties ?? {};
  return {
    [url]: {
      get: {
        operationId: 'audit_export',
        summary: 'The sealed audit trail, for `interlock audit verify`, or as CSV',
        description:
          'Requires the role `tenant_admin`. The response is streamed. Times choose whole blocks of the chain; other filters leave events out, and their digests stay.',
        tags: ['audit'],
        parameters: [
          ...Object.entries(filters)
            .filter(([field]) => field !== 'limit' && field !== 'cursor')
            .map(([field, schema]) => ({ name: field, in: 'query', schema })),
          {
            name: 'format',
            in: 'query',
            schema: { type: 'string', enum: ['ndjson', 'csv'], default: 'ndjson' },
          },
        ],
        responses: {
          '200': {
            description: 'The events, a line each',
            content: Object.fromEntries(
              Object.values(types).map((type) => [type.split(';')[0]!, { schema: { type: 'string' } }]),
            ),
          },
          ...errorResponses(400, 401, 403, 422, 500, 503),
        },
      },
    },
  };
}
