import { describe, expect, test } from 'vitest';
import { connectorDefinitionSchema } from '../../../shared/tools/connectors/registry.ts';
import { resolveTool } from '../../../shared/tools/resolve-tool.ts';
import { definitionFormatVersion, type ToolDefinitionInput } from '../../../shared/tools/tool-definition.ts';
import { upgradeDefinition } from '../../../shared/tools/upgrade-definition.ts';

/** A definition in format 1. */
const format1 = {
  name: 'refund_payment',
  type: 'http',
  inputSchema: { type: 'object', properties: { paymentId: { type: 'string' } } },
  retry: { attempts: 5, initialMs: 100 },
  config: { method: 'POST', url: 'https://pay.example/v1/{paymentId}' },
};

describe('a stored definition', () => {
  test('a definition in format 1 is upgraded to the current format', () => {
    const current = resolveTool(upgradeDefinition(1, format1) as unknown as ToolDefinitionInput, null);
    expect(current.retry).toEqual({ maxAttempts: 5, initialMs: 100, factor: 2, maxMs: 10_000 });
    expect(current.config).toMatchObject({ method: 'POST', bodyType: 'json', responseType: 'auto' });
    expect(current.inputSchema).toEqual(format1.inputSchema);
  });

  test('a definition in the current format is unchanged', () => {
    expect(upgradeDefinition(definitionFormatVersion, format1)).toBe(format1);
  });

  test('a definition in a newer format is refused', () => {
    expect(() => upgradeDefinition(definitionFormatVersion + 1, format1)).toThrow(/reads up to/);
  });
});

describe('a tool with a connector', () => {
  const connector = connectorDefinitionSchema.parse({
    name: 'pay',
    baseUrl: 'https://pay.example/v1/',
    headers: { 'X-Team': 'ops', accept: 'application/json' },
    auth: { type: 'bearer', credentialId: '01a1fb2d-4525-7173-b163-5df9aa0dd26f' },
    timeoutMs: 4000,
  });
  const tool = {
    name: 'get_status',
    type: 'http',
    config: {
      connectorId: '01a1fb2d-4525-7173-b163-5df9aa0dd26f',
      path: '/status/{id}',
      headers: { 'x-team': 'risk' },
    },
  } satisfies ToolDefinitionInput;

  test('a tool takes URL, headers, auth and limits from its connector, and keeps its own', () => {
    const resolved = resolveTool(tool, connector);
    expect(resolved).toMatchObject({
      timeoutMs: 4000,
      auth: connector.auth,
      config: {
        url: 'https://pay.example/v1/status/{id}',
        headers: { accept: 'application/json', 'x-team': 'risk' },
      },
    });
    expect(Object.keys((resolved.config as { headers: object }).headers)).toHaveLength(2);
    expect(resolveTool({ ...tool, timeoutMs: 9000, auth: { type: 'none' } }, connector).timeoutMs).toBe(9000);
  });
});
