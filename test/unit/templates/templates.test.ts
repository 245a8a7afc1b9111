import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { isObject } from '../../../shared/platform/schema-properties.ts';
import { allTemplates, listTemplates } from '../../../shared/templates/server/template-catalog.ts';
import type { Template } from '../../../shared/templates/template-data.ts';
import {
  callsService,
  checkParameters,
  connectorDefinition,
  inputSchemaOf,
} from '../../../shared/templates/template-definitions.ts';
import { checkConnector } from '../../../shared/tools/connectors/registry.ts';
import { httpProvider } from '../../../shared/tools/providers/http/definition.ts';
import { retrySafety } from '../../../shared/tools/providers/registry.ts';
import {
  exampleParameters,
  templateConnector,
  templateRequest,
  templateTool,
} from '../../support/render-template.ts';
import { readFacts } from '../../support/template-facts.ts';

const templates = await allTemplates();
const facts = new Map(
  await Promise.all(
    [...new Set(templates.map(({ data }) => data.service))].map(
      async (service) => [service, await readFacts(service)] as const,
    ),
  ),
);
const factOf = ({ id, data }: Template) => facts.get(data.service)!.calls[id]!;

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
    const connector = templateConnector(template);
    expect(checkConnector(connector, { secretRequired: false })).toEqual([]);
    expect(callsService(data, connectorDefinition(data, exampleParameters(template)).baseUrl)).toBe(true);
    const definition = templateTool(template);
    if (definition.type !== 'http') throw new Error('A template is an http tool');
    expect(httpProvider.check(definition)).toEqual([]);
    expect(tool.reference).toMatch(/^https:\/\//);
  });

  test('has a sample that its schema takes', () => {
    const schema = z.fromJSONSchema(inputSchemaOf(tool) as never);
    expect(schema.safeParse(tool.sample).error?.issues ?? []).toEqual([]);
  });

  test('sends what the provider documents', () => {
    const fact = factOf(template);
    const request = templateRequest(template);
    const url = new URL(request.url);
    expect(request.method).toBe(fact.method);
    expect(url.host).toBe(fact.host);
    const path = fact.path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]*\}/g, '[^/]+');
    expect(url.pathname).toMatch(new RegExp(`^${path}$`));
    expect([...url.searchParams.keys()].filter((name) => !fact.query?.includes(name))).toEqual([]);
    const headers = Object.keys(request.headers).map((name) => name.toLowerCase());
    expect(fact.headers?.filter((name) => !headers.includes(name)) ?? []).toEqual([]);
    const body = isObject(request.body) ? Object.keys(request.body) : [];
    expect(body.filter((name) => !fact.body?.documented.includes(name))).toEqual([]);
    expect(fact.body?.required.filter((name) => !body.includes(name)) ?? []).toEqual([]);
    if (fact.contentType !== undefined)
      expect(request.headers['content-type'] ?? request.headers['Content-Type']).toBe(fact.contentType);
  });

  test('says what is safe to retry', () => {
    const { safe } = factOf(template);
    expect(retrySafety(templateTool(template)).safe).toBe(safe !== 'no');
  });
});
