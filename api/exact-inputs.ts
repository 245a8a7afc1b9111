import type { FastifyInstance } from 'fastify';
import { InterlockError } from '../shared/platform/error-codes.ts';
import { hasUnusualNumbers, JsonLimitError, readJson } from '../shared/platform/read-json.ts';
import { isObject } from '../shared/platform/schema-properties.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    plainNumbers?: true;
  }
}

/**
 * The JSON of a request, with numbers that keep their digits.
 * @throws SyntaxError for a text that is not JSON
 * @throws InterlockError `invalid_input` for a number that is too long
 */
export function readSent(body: string): unknown {
  try {
    return readJson(body);
  } catch (error) {
    if (!(error instanceof JsonLimitError)) throw error;
    const { message, path } = error;
    throw new InterlockError('invalid_input', `${message}. Nothing was done.`, {
      issues: [{ path, message, keyword: 'storable' }],
    });
  }
}

/**
 * tRPC parses bodies with the native parser. An input with numbers that it would change becomes a text with its JSON, which
 * every procedure reads.
 */
export function keepExactInputs(app: FastifyInstance): void {
  app.addHook('preHandler', async (request) => {
    const { body } = request;
    if (request.routeOptions.config.plainNumbers) return;
    if (typeof body !== 'string' || !hasUnusualNumbers(body)) return;
    let sent: unknown;
    try {
      sent = readSent(body);
    } catch (error) {
      if (error instanceof InterlockError) throw error;
      // tRPC says what is wrong with it.
      return;
    }
    const { batch } = request.query as { batch?: string };
    if (batch === undefined || !isObject(sent)) {
      request.body = JSON.stringify(body);
      return;
    }
    const inputs = Object.entries(sent).map(([at, input]) => [at, JSON.stringify(input)]);
    request.body = JSON.stringify(Object.fromEntries(inputs));
  });
}
