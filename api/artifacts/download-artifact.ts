import type { FastifyInstance, FastifyRequest } from 'fastify';
import { authorize } from '../../shared/identity/roles.ts';
import { InterlockError } from '../../shared/platform/error-codes.ts';
import { sendError } from '../rest/rest-bridge.ts';
import { errorResponses } from '../rest/schema-components.ts';
import type { RequestContext } from '../trpc.ts';
import { sendFile } from './send-file.ts';

/**
 * `GET /api/artifacts/{id}/content`: the bytes of a file. They are those of a stranger and nothing in them is redacted, so
 * whoever gets them may also execute tools, and no browser shows them.
 */
export function registerArtifactDownload(
  app: FastifyInstance,
  contextOf: (request: FastifyRequest, tenantSlug?: string) => Promise<RequestContext>,
): void {
  app.get<{ Params: { id: string }; Querystring: { tenant?: string } }>(
    '/api/artifacts/:id/content',
    async (request, reply) => {
      try {
        // A link of a page has no headers.
        const { tenant } = request.query;
        const { identity, services } = await contextOf(
          request,
          typeof tenant === 'string' ? tenant : undefined,
        );
        if (!identity) throw new InterlockError('unauthorized', 'Sign in or send an API key.');
        authorize(identity, 'tools.execute');
        const found = await services.artifacts.open(identity.tenantId, request.params.id);
        if (!found) throw new InterlockError('not_found', 'File not found.');
        const { name, sha256, bytes } = found.artifact;
        return await sendFile(reply, { name, sha256, bytes, content: found.content });
      } catch (error) {
        return sendError(error, request, reply);
      }
    },
  );
}

/** Its part of the OpenAPI document. */
export function artifactDownloadPaths() {
  return {
    '/api/artifacts/{id}/content': {
      get: {
        operationId: 'artifacts_content',
        summary: 'The bytes of a file, as a download',
        description: 'Requires the role `operator`. Nothing in them is redacted.',
        tags: ['artifacts'],
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        responses: {
          '200': {
            description: 'The file',
            content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
          },
          ...errorResponses(401, 403, 404, 500, 503),
        },
      },
    },
  };
}
