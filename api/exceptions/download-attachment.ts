import type { FastifyInstance, FastifyRequest } from 'fastify';
import { readAttachedFile } from '../../shared/exceptions/server/attachments.ts';
import { authorize } from '../../shared/identity/roles.ts';
import { InterlockError } from '../../shared/platform/error-codes.ts';
import { sendFile } from '../artifacts/send-file.ts';
import { sendError } from '../rest/rest-bridge.ts';
import { errorResponses } from '../rest/schema-components.ts';
import type { RequestContext } from '../trpc.ts';

/** `GET /api/exceptions/{id}/attachments/{attachmentId}/content`: a download; `inline=true` shows an image. */
export function registerAttachmentDownload(
  app: FastifyInstance,
  contextOf: (request: FastifyRequest, tenantSlug?: string) => Promise<RequestContext>,
): void {
  app.get<{
    Params: { id: string; attachmentId: string };
    Querystring: { tenant?: string; inline?: string };
  }>('/api/exceptions/:id/attachments/:attachmentId/content', async (request, reply) => {
    try {
      // A link of a page has no headers.
      const { tenant, inline } = request.query;
      const { identity, services } = await contextOf(
        request,
        typeof tenant === 'string' ? tenant : undefined,
      );
      if (!identity) throw new InterlockError('unauthorized', 'Sign in or send an API key.');
      authorize(identity, 'exceptions.read');
      const { id, attachmentId } = request.params;
      const { file, content } = await readAttachedFile({ services, identity }, { id, attachmentId });
      const image = inline === 'true' && file.preview ? file.contentType : undefined;
      return await sendFile(reply, { ...file, content }, image);
    } catch (error) {
      return sendError(error, request, reply);
    }
  });
}

/** Its part of the OpenAPI document. */
export function attachmentDownloadPaths() {
  const ofPath = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } });
  return {
    '/api/exceptions/{id}/attachments/{attachmentId}/content': {
      get: {
        operationId: 'exceptions_content',
        summary: 'The bytes of an attached file, as a download',
        description: 'Requires the role `viewer`. Nothing in them is redacted.',
        tags: ['exceptions'],
        parameters: [
          ofPath('id'),
          ofPath('attachmentId'),
          {
            name: 'inline',
            in: 'query',
            description: 'An image is shown, not downloaded',
            schema: { type: 'boolean' },
          },
        ],
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
