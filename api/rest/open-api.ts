import { z } from 'zod';
import { permissionRole } from '../../shared/identity/roles.ts';
import { playbookDocumentSchema } from '../../shared/playbooks/playbook-document.ts';
import { eventStreamPaths } from '../live/event-stream-docs.ts';
import { exportPaths } from './exports.ts';
import { type RestOperation, restOperations } from './rest-operations.ts';

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 document of the REST API, made from the definitions that serve it. */
export function openApiDocument(serverUrl: string): Json {
  const schemas: Json = { Error: errorSchema };
  // Request bodies take any JSON, so that every problem of a playbook is reported at its path; this is its shape.
  schemas.PlaybookDocument = jsonSchema(playbookDocumentSchema, 'input', 'PlaybookDocument', schemas);
  const paths: Record<string, Json> = { ...eventStreamPaths, ...exportPaths() };
  for (const operation of restOperations) {
    paths[operation.rest.path] = {
      ...paths[operation.rest.path],
      [operation.rest.method.toLowerCase()]: describe(operation, schemas),
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Interlock',
      version: '1',
      description:
        'Governed tool registry and durable tool execution. Times are ISO 8601 in UTC, ids are opaque strings.',
    },
    servers: [{ url: serverUrl }],
    security: [{ apiKey: [] }],
    paths,
    components: {
      schemas,
      securitySchemes: {
        apiKey: {
          type: 'http',
          scheme: 'bearer',
          description: 'An API key. It belongs to one tenant and has roles.',
        },
      },
      responses: {
        Error: {
          description: 'An error with its code, message, issues and request ID',
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
        },
      },
    },
  };
}

const errorSchema: Json = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message', 'requestId'],
      properties: {
        code: { type: 'string' },
        message: { type: 'string' },
        issues: {
          type: 'array',
          items: {
            type: 'object',
            required: ['path', 'message', 'keyword'],
            properties: {
              path: { type: 'string', description: 'A JSON Pointer into the request' },
              message: { type: 'string' },
              keyword: { type: 'string' },
            },
          },
        },
        details: { type: 'object', description: 'More about the error, by code', additionalProperties: true },
        requestId: { type: 'string' },
      },
    },
  },
};

function describe(operation: RestOperation, schemas: Json): Json {
  const { rest, pathParameters, input } = operation;
  const hasBody = rest.method === 'POST' || rest.method === 'PUT';
  const fields = input
    ? (jsonSchema(input, 'input', operation.name, schemas) as {
        properties?: Record<string, Json>;
        required?: string[];
      })
    : {};
  const headers = Object.entries(rest.headers ?? {});
  const query = rest.query ?? [];
  const elsewhere = new Set([...pathParameters, ...headers.map(([, field]) => field), ...query]);
  const others = Object.entries(fields.properties ?? {}).filter(([name]) => !elsewhere.has(name));
  const parameters = [
    ...pathParameters.map((name) => ({
      name,
      in: 'path',
      required: true,
      schema: fields.properties?.[name] ?? { type: 'string' },
    })),
    ...headers.map(([name, field]) => ({
      name,
      in: 'header',
      schema: fields.properties?.[field] ?? { type: 'string' },
    })),
    ...query.map((name) => ({ name, in: 'query', schema: fields.properties?.[name] ?? {} })),
    ...(hasBody ? [] : others.map(([name, schema]) => ({ name, in: 'query', schema }))),
  ];
  const required = (fields.required ?? []).filter((name) => !elsewhere.has(name));
  const bodySchema = rest.bodyField
    ? fields.properties?.[rest.bodyField]
    : {
        type: 'object',
        properties: Object.fromEntries(others),
        ...(required.length > 0 ? { required } : {}),
        additionalProperties: false,
      };
  const status = typeof rest.status === 'number' ? rest.status : 200;
  return {
    operationId: operation.name.replaceAll('.', '_'),
    summary: rest.summary,
    description: `Requires the role \`${permissionRole[operation.permission]}\`.`,
    tags: rest.tags,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(hasBody && (rest.bodyField || others.length > 0)
      ? {
          requestBody: {
            required: Boolean(rest.bodyField) || required.length > 0,
            content: { 'application/json': { schema: bodySchema } },
          },
        }
      : {}),
    responses: {
      [String(status)]: {
        description: rest.summary,
        ...(status !== 204 && operation.output
          ? {
              content: {
                'application/json': {
                  schema: jsonSchema(operation.output, 'output', `${operation.name}.result`, schemas),
                },
              },
            }
          : {}),
      },
      default: { $ref: '#/components/responses/Error' },
    },
  };
}

/** zod's JSON Schema. Its `$defs` move to the components, where OpenAPI looks for references. */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output', name: string, schemas: Json): Json {
  const { $schema, $defs, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json;
  if (!$defs) return rest;
  const rename = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value).replaceAll('"#/$defs/', `"#/components/schemas/${name}.${io}.`));
  for (const [key, definition] of Object.entries($defs as Json))
    schemas[`${name}.${io}.${key}`] = rename(definition);
  return rename(rest) as Json;
}
