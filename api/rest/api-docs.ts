import scalar from '@scalar/fastify-api-reference';
import type { FastifyInstance } from 'fastify';
import { openApiDocument } from './open-api.ts';

/** `/api/openapi.json`, and `/api/docs` to read it and try it out. */
export async function registerApiDocs(app: FastifyInstance, publicUrl: string): Promise<void> {
  const document = JSON.stringify(openApiDocument(publicUrl));
  app.get('/api/openapi.json', async (_request, reply) => reply.type('application/json').send(document));

  await app.register(async (docs) => {
    // Only the reference page needs inline scripts and styles.
    docs.addHook('onSend', async (_request, reply) => {
      reply.header(
        'content-security-policy',
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'",
      );
    });
    await docs.register(scalar, {
      routePrefix: '/api/docs',
      configuration: {
        url: '/api/openapi.json',
        withDefaultFonts: false,
        telemetry: false,
        // Nothing on the page leads to another service.
        hideClientButton: true,
        showDeveloperTools: 'never',
        mcp: { disabled: true },
        agent: { disabled: true },
        customCss: 'a[href*="scalar.com"] { display: none; }',
      },
    });
  });
}
