import { describe, expect, test } from 'vitest';
import { connectorDefinitionSchema } from '../../../shared/tools/connectors/registry.ts';
import { diffConnectors } from '../../../shared/tools/diff-definitions.ts';
import { resolveTool } from '../../../shared/tools/resolve-tool.ts';
import type { ToolDefinitionInput } from '../../../shared/tools/tool-definition.ts';
import { formatOf, upgradeDefinition } from '../../../shared/tools/upgrade-definition.ts';

const connectorId = '5e2f8a31-0000-4000-8000-000000000001';
const credentialId = '5e2f8a31-0000-4000-8000-0000000000c1';
const bearer = { type: 'bearer', credentialId };
const tool = (auth?: object, config: object = { connectorId, path: '/x' }) => ({
  name: 'ping',
  type: 'http',
  config: { method: 'GET', ...config },
  ...(auth ? { auth } : {}),
});
const connector = connectorDefinitionSchema.parse({
  name: 'api',
  baseUrl: 'https://a.example',
  auth: bearer,
});

describe('the auth of a tool with a connector', () => {
  test.each<[string, object | undefined, object]>([
    ['left out', undefined, bearer],
    ['inherit', { type: 'inherit' }, bearer],
    ['none', { type: 'none' }, { type: 'none' }],
    [
      'its own',
      { type: 'basic', username: 'a', credentialId },
      { type: 'basic', username: 'a', credentialId },
    ],
  ])('%s', (_name, auth, expected) => {
    expect(resolveTool(tool(auth) as ToolDefinitionInput, connector).auth).toEqual(expected);
  });

  test('format 2 inherited although it said "none", and nothing else changes', () => {
    expect(upgradeDefinition(2, tool({ type: 'none' }))).toEqual(tool());
    for (const same of [tool(), tool(bearer), tool({ type: 'none' }, { url: 'https://a.example' })])
      expect(upgradeDefinition(2, same)).toEqual(same);
    expect(upgradeDefinition(3, tool({ type: 'none' }))).toEqual(tool({ type: 'none' }));
    expect(upgradeDefinition(1, { ...tool({ type: 'none' }), retry: { attempts: 2 } })).toMatchObject({
      retry: { maxAttempts: 2 },
    });
  });

  test('only what the format before cannot say is stored in the new one', () => {
    expect(formatOf({ auth: { type: 'none' } }, connectorId)).toBe(3);
    for (const [auth, id] of [
      [undefined, connectorId],
      [bearer, connectorId],
      [{ type: 'none' }, null],
    ] as const)
      expect(formatOf({ auth }, id)).toBe(2);
  });
});

test('a diff of two revisions of a connector names a changed host as breaking, and no secret', () => {
  const after = { ...connector, baseUrl: 'https://b.example', auth: { type: 'none' as const } };
  const changes = diffConnectors(connector, after);
  expect(changes.filter(({ impact }) => impact === 'breaking').map(({ message }) => message)).toEqual([
    'Calls go to b.example:443 instead of a.example:443',
  ]);
  expect(changes.map(({ path }) => path)).toContain('/auth/type');
  expect(diffConnectors(connector, connector)).toEqual([]);
});
