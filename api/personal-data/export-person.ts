import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { beginPersonExport, exportPerson } from '../../shared/erasure/server/export-person.ts';
import { authorize } from '../../shared/identity/roles.ts';
import { InterlockError } from '../../shared/platform/error-codes.ts';
import { sendError } from '../rest/rest-bridge.ts';
import { errorResponses } from '../rest/schema-components.ts';
import type { RequestContext } from '../trpc.ts';

/** `GET /api/personal-data/searches/{id}/export`: everything that a search finds, as one file. */
export function registerPersonExport(
  app: FastifyInstance,
  contextOf: (request: FastifyRequest, tenantSlug?: string) => Promise<RequestContext>,
): void {
  app.get<{ Params: { id: string }; Querystring: { tenant?: string } }>(
    '/api/personal-data/searches/:id/export',
    async (request, reply) => {
      try {
        // A link of a page has no headers.
        const { tenant } = request.query;
        const { identity, services, requestId } = await contextOf(
          request,
          typeof tenant === 'string' ? tenant : undefined,
        );
        if (!identity) throw new InterlockError('unauthorized', 'Sign in or send an API key.');
        authorize(identity, 'personal_data.read');
        const context = { identity, services, requestId };
        const begun = await beginPersonExport(context, request.params.id);
        // An error after the first line cuts the connection, so that no one takes a part for the whole.
        return reply
          .type('application/json; charset=utf-8')
          .header('cache-control', 'no-store')
          .header('content-disposition', `attachment; filename="personal-data-${begun.row.id}.json"`)
          .send(Readable.from(exportPerson(context, begun)));
      } catch (error) {
        return sendError(error, request, reply);
      }
    },
  );
}

/** Its part of the OpenAPI document. */
export function personExportPaths() {
  return {
    '/api/personal-data/searches/{id}/export': {
      get: {
        operationId: 'personalData_export',
        summary: 'Everything that is stored about a person, as one JSON file',
        description:
          'Requires the role `tenant_admin`. The response is streamed: a record on each line, with what of it is about the person, as it is stored.',
        tags: ['personal data'],
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        responses: {
          '200': {
            description: 'The file',
            content: { 'application/json': { schema: { type: 'object' } } },
          },
          ...errorResponses(401, 403, 404, 409, 500, 503),
        },
      },
    },
  };
}
