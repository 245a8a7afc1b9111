import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { can, permissionRole } from '../../shared/identity/roles.ts';
import { appRouter } from '../router.ts';
import { createCallerFactory, type RequestContext } from '../trpc.ts';
import { csvHead, csvRows } from './csv.ts';
import { checkQuery, procedureOf, relocate, sendError } from './rest-bridge.ts';
import { type RestOperation, restOperations } from './rest-operations.ts';
import { errorResponses } from './schema-components.ts';

type Json = Record<string, unknown>;

/** The lists that are also files, with the columns of the CSV as paths into an item. */
const columnsOf: Record<string, string[]> = {
  'executions.list': [
    ...['id', 'toolId', 'toolName', 'toolTitle', 'toolVersion', 'status', 'failure.code', 'failure.message'],
    ...['failure.retryable', 'exceptionId', 'actor.type', 'actor.id', 'actor.name', 'attempts', 'rerunOf'],
    ...['createdAt', 'startedAt', 'completedAt', 'durationMs', 'workflowId', 'temporalUrl'],
    ...['connector.id', 'connector.name', 'connector.revision'],
  ],
  'exceptions.list': [
    ...['id', 'number', 'title', 'domain', 'severity', 'status', 'assignee.id', 'assignee.name', 'dueAt'],
    ...['waitingOn', 'lastEvent.type', 'lastEvent.at', 'createdAt', 'updatedAt'],
  ],
  'events.list': [
    ...['id', 'type', 'subjectType', 'subjectId', 'actor.type', 'actor.id', 'actor.name', 'data'],
    ...['requestId', 'createdAt'],
  ],
};

const formats = {
  csv: {
    type: 'text/csv; charset=utf-8',
    head: csvHead,
    rows: csvRows,
  },
  ndjson: {
    type: 'application/x-ndjson',
    head: () => '',
    rows: (items: Json[]) => items.map((item) => `${JSON.stringify(item)}\n`).join(''),
  },
} as const;

const pageSize = 200;

interface Page {
  items: Json[];
  nextCursor: string | null;
}

const createCaller = createCallerFactory(appRouter);

/**
 * `/api/….csv` and `/api/….ndjson`: the whole list with the same filters, streamed page by page. No connection is held
 * between pages, and each page is authorized again.
 */
export function registerExports(
  app: FastifyInstance,
  contextOf: (request: FastifyRequest) => Promise<RequestContext>,
): void {
  for (const { operation, columns, format, url } of exportsOf()) {
    app.get(url, async (request, reply) => {
      try {
        const context = await contextOf(request);
        const list = procedureOf(createCaller(context), operation.name);
        const admitted = context.identity !== null && can(context.identity, operation.permission);
        const query = request.query as Json;
        if (admitted) checkQuery(operation, query, ['limit', 'cursor']);
        const read = (cursor?: string) =>
          list(admitted ? { ...query, limit: pageSize, ...(cursor ? { cursor } : {}) } : {}) as Promise<Page>;
        // Whatever is wrong with the request is an ordinary error: nothing has been sent.
        const first = await read();
        const name = url.slice(url.lastIndexOf('/') + 1);
        return await reply
          .type(formats[format].type)
          .header('cache-control', 'no-store')
          .header('content-disposition', `attachment; filename="${name}"`)
          .send(Readable.from(textOf(first, read, formats[format], columns)));
      } catch (error) {
        return sendError(relocate(operation, error), request, reply);
      }
    });
  }
}

/** An error after the first page cuts the connection, so that no client takes a part for the whole. */
async function* textOf(
  first: Page,
  read: (cursor: string) => Promise<Page>,
  { head, rows }: (typeof formats)[keyof typeof formats],
  columns: string[],
): AsyncGenerator<string> {
  yield head(columns);
  for (let page = first; ; page = await read(page.nextCursor)) {
    if (page.items.length > 0) yield rows(page.items, columns);
    if (page.nextCursor === null) return;
  }
}

function exportsOf() {
  return Object.entries(columnsOf).flatMap(([name, columns]) => {
    const operation = restOperations.find((each) => each.name === name);
    if (!operation) throw new Error(`No list to export: ${name}`);
    return (Object.keys(formats) as (keyof typeof formats)[]).map((format) => ({
      operation,
      columns,
      format,
      url: `${operation.rest.path}.${format}`,
    }));
  });
}

/** Their part of the OpenAPI document. */
export function exportPaths(): Record<string, Json> {
  return Object.fromEntries(
    exportsOf().map(({ operation, format, url }) => [url, { get: describeExport(operation, format) }]),
  );
}

function describeExport(
  { name, permission, input, rest }: RestOperation,
  format: keyof typeof formats,
): Json {
  const filters = input ? (z.toJSONSchema(input, { io: 'input' }).properties ?? {}) : {};
  return {
    operationId: `${name.replace('.list', '')}_${format}`,
    summary: `${rest.summary}, all of them as ${format.toUpperCase()}`,
    description: `Requires the role \`${permissionRole[permission]}\`. The response is streamed.`,
    tags: rest.tags,
    parameters: Object.entries(filters)
      .filter(([field]) => field !== 'limit' && field !== 'cursor')
      .map(([field, schema]) => ({ name: field, in: 'query', schema })),
    responses: {
      '200': {
        description: rest.summary,
        content: { [formats[format].type.split(';')[0]!]: { schema: { type: 'string' } } },
      },
      ...errorResponses(400, 401, 403, 422, 500, 503),
    },
  };
}
