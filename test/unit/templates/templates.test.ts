import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { isObject } from '../../../shared/platform/schema-properties.ts';
import {
  allTemplates,
  listTemplates,
  type Template,
} from '../../../shared/templates/server/template-catalog.ts';
import {
  callsService,
  checkParameters,
  connectorDefinition,
  inputSchemaOf,
  toolDefinition,
} from '../../../shared/templates/template-definitions.ts';
import { checkConnector, connectorDefinitionSchema } from '../../../shared/tools/connectors/registry.ts';
import { httpProvider } from '../../../shared/tools/providers/http/definition.ts';
import { renderRequest, retrySafety } from '../../../shared/tools/providers/registry.ts';
import { resolveTool } from '../../../shared/tools/resolve-tool.ts';
import type { ToolDefinition, ToolDefinitionInput } from '../../../shared/tools/tool-definition.ts';

/** What the provider documents of a call, kept beside the template. */
const factSchema = z.strictObject({
  method: z.string(),
  host: z.string(),
  /** `{}` stands for what a call puts there. */
  path: z.string(),
  query: z.array(z.string()).default([]),
  body: z.strictObject({ required: z.array(z.string()), documented: z.array(z.string()) }).optional(),
  contentType: z.string().optional(),
  headers: z.array(z.string()).default([]),
  safe: z.enum(['method', 'key', 'reads', 'same', 'no']),
  source: z.string().optional(),
});
const factsSchema = z.strictObject({ source: z.string().min(1), calls: z.record(z.string(), factSchema) });

const templates = await allTemplates();
const connectorId = '0192f0c1-7a00-7000-8000-000000000003';

async function factOf({ id, data }: Template) {
  const file = new URL(
    `../../../shared/templates/services/${data.service.replaceAll('_', '-')}.facts.json`,
    import.meta.url,
  );
  const { calls } = factsSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  return calls[id]!;
}

const exampleParameters = ({ data }: Template) =>
  Object.fromEntries(Object.entries(data.parameters ?? {}).map(([name, { example }]) => [name, example]));

const ownSettings: Record<string, Record<string, string>> = {
  api_key: { name: 'x', in: 'header' },
  basic: { username: 'someone' },
  oauth2_client_credentials: { clientId: 'client' },
  oauth2_authorization_code: { clientId: 'client' },
};

function connectorOf(template: Template) {
  const { auth, ...definition } = connectorDefinition(template.data, exampleParameters(template));
  return connectorDefinitionSchema.parse({
    ...definition,
    name: template.data.service,
    auth: { ...ownSettings[template.data.auth.type], ...auth },
  });
}

function resolved(template: Template): ToolDefinition {
  const written = toolDefinition(template.data, template.id, template.tool, connectorId);
  return resolveTool(written as ToolDefinitionInput, connectorOf(template));
}

describe('the catalogue', () => {
  test('has at least 120 tools over at least 30 services, each name once', () => {
    const ids = templates.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(120);
    expect(new Set(templates.map(({ data }) => data.service)).size).toBeGreaterThanOrEqual(30);
  });

  test('is found by words, by service and page by page', async () => {
    const found = await listTemplates({ q: 'slack MESSAGE', limit: 50 });
    expect(found.items.map(({ id }) => id)).toContain('slack_post_message');
    const first = await listTemplates({ service: 'slack', limit: 2 });
    const next = await listTemplates({ service: 'slack', limit: 2, cursor: first.nextCursor! });
    expect(next.items[0]!.id > first.items[1]!.id).toBe(true);
    expect(await listTemplates({ q: 'nothing is called so', limit: 50 })).toEqual({
      items: [],
      nextCursor: null,
    });
  });
});

describe.each(templates)('$id', (template) => {
  const { data, tool } = template;

  test('is a valid tool with a valid connector', () => {
    expect(checkParameters(data, exampleParameters(template))).toEqual([]);
    const connector = connectorOf(template);
    expect(checkConnector(connector, { secretRequired: false })).toEqual([]);
    expect(callsService(data, connectorDefinition(data, exampleParameters(template)).baseUrl)).toBe(true);
    const definition = resolved(template);
    if (definition.type !== 'http') throw new Error('A template is an http tool');
    expect(httpProvider.check(definition)).toEqual([]);
    expect(tool.reference).toMatch(/^https:\/\//);
  });

  test('has a sample that its schema takes', () => {
    const schema = z.fromJSONSchema(inputSchemaOf(tool) as never);
    expect(schema.safeParse(tool.sample).error?.issues ?? []).toEqual([]);
  });

  test('sends what the provider documents', async () => {
    const fact = await factOf(template);
    const request = renderRequest(resolved(template), tool.sample);
    const url = new URL(request.url);
    expect(request.method).toBe(fact.method);
    expect(url.host).toBe(fact.host);
    const path = fact.path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]*\}/g, '[^/]+');
    expect(url.pathname).toMatch(new RegExp(`^${path}$`));
    expect([...url.searchParams.keys()].filter((name) => !fact.query.includes(name))).toEqual([]);
    const headers = Object.keys(request.headers).map((name) => name.toLowerCase());
    expect(fact.headers.filter((name) => !headers.includes(name))).toEqual([]);
    const body = isObject(request.body) ? Object.keys(request.body) : [];
    expect(body.filter((name) => !fact.body?.documented.includes(name))).toEqual([]);
    expect(fact.body?.required.filter((name) => !body.includes(name)) ?? []).toEqual([]);
    if (fact.contentType !== undefined)
      expect(request.headers['content-type'] ?? request.headers['Content-Type']).toBe(fact.contentType);
  });

  test('says what is safe to retry', async () => {
    const { safe } = await factOf(template);
    expect(retrySafety(resolved(template)).safe).toBe(safe !== 'no');
  });
});
