import type { FastifyInstance, FastifyRequest } from 'fastify';
import { exceptionLabel } from '../../shared/exceptions/exception-number.ts';
import { InterlockError } from '../../shared/platform/error-codes.ts';
import { writeJson } from '../../shared/platform/json-text.ts';
import { sendError } from '../rest/rest-bridge.ts';
import { errorResponses } from '../rest/schema-components.ts';
import type { RequestContext } from '../trpc.ts';
import { collectEvidence } from './collect-evidence.ts';
import { renderEvidence } from './render-evidence.ts';

const formats = {
  html: { type: 'text/html; charset=utf-8', write: renderEvidence },
  json: { type: 'application/json; charset=utf-8', write: writeJson },
};

/** `GET /api/exceptions/{id}/evidence.html` and `.json`: one file to read and to check. */
export function registerEvidence(
  app: FastifyInstance,
  contextOf: (request: FastifyRequest, tenantSlug?: string) => Promise<RequestContext>,
): void {
  for (const [format, { type, write }] of Object.entries(formats))
    app.get<{ Params: { id: string }; Querystring: { tenant?: string } }>(
      `/api/exceptions/:id/evidence.${format}`,
      async (request, reply) => {
        try {
          // A link of a page has no headers.
          const { tenant } = request.query;
          const context = await contextOf(request, typeof tenant === 'string' ? tenant : undefined);
          const { identity } = context;
          if (!identity) throw new InterlockError('unauthorized', 'Sign in or send an API key.');
          const pack = await collectEvidence({ ...context, identity }, request.params.id);
          const name = `evidence-${exceptionLabel(pack.content.exception.number)}.${format}`;
          return await reply
            .type(type)
            .header('cache-control', 'no-store')
            .header('content-disposition', `attachment; filename="${name}"`)
            .send(write(pack));
        } catch (error) {
          return sendError(error, request, reply);
        }
      },
    );
}

/** Its part of the OpenAPI document. */
export function evidencePaths() {
  return Object.fromEntries(
    Object.entries(formats).map(([format, { type }]) => [
      `/api/exceptions/{id}/evidence.${format}`,
      {
        get: {
          operationId: `exceptions_evidence_${format}`,
          summary: `Everything of a case with the proof that it is in the audit trail, as ${format.toUpperCase()}`,
          description:
            'Requires the role `tenant_admin`. Timeline, exact requests with secrets replaced, approvals, playbooks; `npx interlock audit verify FILE` checks it offline.',
          tags: ['exceptions'],
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
          responses: {
            '200': {
              description: 'The file',
              content: { [type.split(';')[0]!]: { schema: { type: 'string' } } },
            },
            ...errorResponses(401, 403, 404, 500, 503),
          },
        },
      },
    ]),
  );
}
