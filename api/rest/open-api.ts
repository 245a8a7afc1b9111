import { permissionRole } from '../../shared/identity/roles.ts';
import { errorStatus } from '../../shared/platform/error-codes.ts';
import { artifactDownloadPaths } from '../artifacts/download-artifact.ts';
import { auditExportPaths } from '../audit/export-audit.ts';
import { evidencePaths } from '../evidence/export-evidence.ts';
import { attachmentDownloadPaths } from '../exceptions/download-attachment.ts';
import { graphqlPaths } from '../graphql/graphql-docs.ts';
import { receivingPaths } from '../inbound-webhooks/receiving-docs.ts';
import { eventStreamPaths } from '../live/event-stream-docs.ts';
import { outputStreamPaths } from '../live/output-stream-docs.ts';
import { personExportPaths } from '../personal-data/export-person.ts';
import { examplePathParameter, examples } from './examples.ts';
import { exportPaths } from './exports.ts';
import { healthPaths } from './health-docs.ts';
import { reportType } from './report-stream.ts';
import { type RestOperation, restOperations } from './rest-operations.ts';
import {
  bodyNames,
  componentName,
  componentSchemas,
  errorResponses,
  inputSchema,
  refTo,
} from './schema-components.ts';
import { webhookDocs } from './webhook-docs.ts';

type Json = Record<string, unknown>;

const tags = {
  me: 'The caller, with roles and permissions',
  tools: 'Typed, versioned calls to other systems',
  trials: 'Two versions of a tool that share its calls, compared by what came of them',
  connectors: 'What several tools share',
  imports: 'Documents of other systems whose operations become tools',
  templates: 'Ready-made tools for well-known services',
  artifacts: 'Files that calls send and receive',
  files: 'Tools, connectors, playbooks and domains as files that are planned and applied',
  credentials: 'Secrets in the vault: where they may be sent, their health, rotation and use',
  executions: 'Durable, governed calls of tools',
  usage: 'How much is done, how long it takes and what fails, over time',
  'saved views':
    'What a list shows, under a name: filters, columns and density, for one person or for everyone',
  archived: 'What was archived, by whom and when; each type has a request that restores it',
  schedules:
    'Tools, playbooks and batches at times: cron, interval, calendar; owned by an accountable person',
  batches: 'Many tools executed as one unit: graphs of calls, and one tool over many rows',
  exceptions: 'Cases, with their comments, links and timelines',
  'exception rules': 'What is set of new exceptions, and which playbook they start',
  playbooks: 'Documents of steps in which people and machines take turns',
  'playbook runs': 'Runs of playbooks and their steps',
  search: 'Everything that the caller may list',
  inbox: 'Steps that wait for the caller, and messages to them',
  notifications: 'What people are notified of, and how: page, browser, email, a tool of the organization',
  events: 'The audit trail and the live stream',
  graphql: 'Everything that can be read, in one query',
  audit: 'The audit trail with where each event came from, its seal and its export',
  policies: 'Who may run what, and how: rules that every call is decided by',
  limits: 'How many calls may be made, and hosts that are not called',
  'legal holds': 'What must not be removed, whatever the times of retention say',
  'personal data': 'What is stored about a person, as one file; its erasure',
  webhooks: 'Events sent to other systems',
  'inbound webhooks': 'Deliveries of other systems, and what is done with them',
  members: 'The people of this tenant, and whom it has invited',
  'API keys': 'The credentials of other programs',
  'Connected apps': 'Apps that act for people by OAuth, at the MCP endpoint',
  organizations: 'The tenants of this deployment',
  settings: 'Settings of this tenant',
  health: 'For probes and monitoring',
};

let described: { paths: Json; schemas: Json } | null = null;

/** The same for every server of this process: it takes 0.2 seconds. */
function describeAll(): { paths: Json; schemas: Json } {
  if (described) return described;
  const paths: Record<string, Json> = {
    ...healthPaths,
    ...eventStreamPaths,
    ...outputStreamPaths,
    ...graphqlPaths,
    ...exportPaths(),
    ...auditExportPaths(),
    ...evidencePaths(),
    ...personExportPaths(),
    ...artifactDownloadPaths(),
    ...attachmentDownloadPaths(),
    ...receivingPaths,
  };
  const schemas = componentSchemas();
  for (const operation of restOperations) {
    paths[operation.rest.path] = {
      ...paths[operation.rest.path],
      [operation.rest.method.toLowerCase()]: describe(operation, schemas),
    };
  }
  described = { paths, schemas };
  return described;
}

/** The OpenAPI 3.1 document of the REST API, made from the definitions that serve it. */
export function openApiDocument(serverUrl: string): Json {
  const { paths, schemas } = describeAll();
  return {
    openapi: '3.1.0',
    info: {
      title: 'Interlock',
      version: '1',
      description:
        'Governed tool registry and durable tool execution. Times are ISO 8601 in UTC, ids are opaque strings.',
      contact: { name: 'The operators of this installation', url: serverUrl },
    },
    servers: [{ url: serverUrl }],
    security: [{ apiKey: [] }, { session: [] }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths,
    webhooks: webhookDocs,
    components: {
      schemas: { Error: errorSchema, ...schemas },
      securitySchemes: {
        metricsToken: { type: 'http', scheme: 'bearer', description: 'The metrics token of the deployment.' },
        apiKey: {
          type: 'http',
          scheme: 'bearer',
          description: 'An API key. It belongs to one tenant and has roles.',
        },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'interlock.session_token',
          description:
            'The session of a person, as pages use it. The header `x-tenant` names the tenant by its slug; without it, it is the first one of the person.',
        },
      },
      headers: {
        ETag: {
          description: 'The state of what was read or written. `If-Match` makes a change depend on it.',
          schema: { type: 'string' },
        },
      },
      responses: {
        Error: {
          description: 'An error with its code, message, issues and request ID',
          headers: retryAfterHeader,
          content: { 'application/json': { schema: refTo('Error') } },
        },
        Execution: {
          description: 'The execution, or an error when it was refused before it was written',
          headers: retryAfterHeader,
          content: { 'application/json': { schema: { anyOf: [refTo('Execution'), refTo('Error')] } } },
        },
      },
    },
  };
}

const retryAfterHeader = {
  'retry-after': {
    description: 'Of 429 and 503: send it again after so many seconds.',
    schema: { type: 'integer', minimum: 1 },
  },
};

const errorSchema: Json = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message', 'requestId'],
      properties: {
        code: { enum: Object.keys(errorStatus) },
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
    ? (inputSchema(input, operation.name, schemas) as {
        properties?: Record<string, Json>;
        required?: string[];
      })
    : {};
  const headers = Object.entries(rest.headers ?? {});
  const query = rest.query ?? [];
  const elsewhere = new Set([...pathParameters, ...headers.map(([, field]) => field), ...query]);
  const others = Object.entries(fields.properties ?? {}).filter(([name]) => !elsewhere.has(name));
  const example = examples[operation.name] ?? {};
  const inQuery = (name: string, schema: Json): Json => {
    const value = example.query?.[name];
    return { name, in: 'query', schema, ...(value === undefined ? {} : { example: value }) };
  };
  const parameters = [
    ...pathParameters.map((name) => ({
      name,
      in: 'path',
      required: true,
      schema: fields.properties?.[name] ?? { type: 'string' },
      example: example.path?.[name] ?? examplePathParameter(rest.path, name),
    })),
    ...headers.map(([name, field]) => ({
      name,
      in: 'header',
      schema: fields.properties?.[field] ?? { type: 'string' },
    })),
    ...(rest.state && rest.method === 'GET' ? [ifNoneMatch] : []),
    ...(rest.csv ? [inQuery('format', csvFormat)] : []),
    ...query.map((name) => inQuery(name, fields.properties?.[name] ?? {})),
    ...(hasBody ? [] : others.map(([name, schema]) => inQuery(name, schema))),
  ];
  const body = bodyNames[operation.name];
  const required = (fields.required ?? []).filter((name) => !elsewhere.has(name));
  const bodySchema = rest.bodyField
    ? body
      ? refTo(body)
      : fields.properties?.[rest.bodyField]
    : {
        type: 'object',
        properties: Object.fromEntries(others),
        ...(required.length > 0 ? { required } : {}),
        additionalProperties: false,
      };
  const preferred = rest.startsExecution && fields.properties?.waitMs ? [preferHeader] : [];
  return {
    operationId: operation.name.replaceAll('.', '_'),
    summary: rest.summary,
    description: `Requires the role \`${permissionRole[operation.permission]}\`.`,
    tags: rest.tags,
    ...(parameters.length + preferred.length > 0 ? { parameters: [...parameters, ...preferred] } : {}),
    ...(hasBody && (rest.bodyField || others.length > 0)
      ? {
          requestBody: {
            required: Boolean(rest.bodyField) || required.length > 0,
            content: {
              'application/json': { schema: bodySchema, example: example.body ?? {} },
              ...(rest.readBytes && bytesContent),
            },
          },
        }
      : {}),
    responses: responsesOf(operation, hasBody),
  };
}

const csvFormat = {
  type: 'string',
  enum: ['json', 'csv'],
  default: 'json',
  description: 'Stronger than the header Accept.',
};

/** The file itself, or a form with it. */
const bytesContent = {
  'application/octet-stream': { schema: { type: 'string', format: 'binary' } },
  'multipart/form-data': {
    schema: {
      type: 'object',
      required: ['file'],
      properties: { file: { type: 'string', format: 'binary' } },
    },
  },
};

const ifNoneMatch = {
  name: 'if-none-match',
  in: 'header',
  description: 'An ETag that the caller has: 304 without a body while it is the present one.',
  schema: { type: 'string' },
};

const preferHeader = {
  name: 'prefer',
  in: 'header',
  description: '`respond-async` returns at once.',
  schema: { type: 'string' },
};

const reportLines = {
  type: 'string',
  description:
    'Lines of JSON: `{"item": …}` for each item as it is found, then `{"report": …}` with the rest, or `{"error": …}`. To close the connection cancels the work.',
};

function responsesOf({ name, rest, output, pathParameters, input }: RestOperation, hasBody: boolean): Json {
  const status = typeof rest.status === 'number' ? rest.status : 200;
  const success = {
    description: rest.summary,
    ...(rest.state ? { headers: { etag: { $ref: '#/components/headers/ETag' } } } : {}),
    ...(status !== 204 && output
      ? {
          content: {
            'application/json': { schema: refTo(componentName(name, output)) },
            ...(rest.csv && { 'text/csv': { schema: { type: 'string' } } }),
            ...(rest.streams && { [reportType]: { schema: reportLines } }),
          },
        }
      : {}),
  };
  const errors = [
    ...(rest.errors ?? []),
    ...('if-match' in (rest.headers ?? {}) ? [412] : []),
    ...[400, 401, 403, 500, 503],
    ...(input ? [422] : []),
    ...(pathParameters.length > 0 || hasBody ? [404] : []),
    ...(rest.method === 'GET' ? [] : [409]),
    ...(hasBody ? [413, 429] : []),
  ];
  const refused = errorResponses(...errors);
  const unchanged =
    rest.state && rest.method === 'GET'
      ? { 304: { description: 'It is the one that If-None-Match names' } }
      : {};
  if (!rest.startsExecution) return { ...refused, ...unchanged, [status]: success };
  const ended = Object.fromEntries(
    [202, 403, 409, 422, 429, 500, 502, 503, 504].map((code) => [
      code,
      { $ref: '#/components/responses/Execution' },
    ]),
  );
  return { ...refused, ...ended, [status]: success };
}
