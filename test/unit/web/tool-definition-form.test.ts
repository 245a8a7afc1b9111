import { describe, expect, it } from 'vitest';
import { toolDefinitionSchema } from '../../../shared/tools/tool-definition.ts';
import {
  copyOf,
  definitionOf,
  missingSecret,
  newDefinition,
  sendable,
  type Tool,
  unknownInputs,
  withoutSecret,
} from '../../../web/features/tools/edit/definition-document.ts';
import { nameFromTitle } from '../../../web/kit/document-form/name-from-title.ts';

const actor = { type: 'user' as const, id: 'u', name: 'Ana' };
const tool: Tool = {
  ...toolDefinitionSchema.parse({
    name: 'refund',
    type: 'http',
    config: { connectorId: '5e2f8a31-0000-4000-8000-000000000001', path: '/x' },
    timeoutMs: 2000,
  }),
  type: 'http',
  config: { connectorId: '5e2f8a31-0000-4000-8000-000000000001', path: '/x' } as never,
  auth: { type: 'bearer', credentialId: '5e2f8a31-0000-4000-8000-0000000000c1', hasSecret: true },
  id: 't1',
  version: 3,
  enabled: true,
  draft: null,
  writable: true,
  readOnlyReason: null,
  createdAt: '',
  updatedAt: '',
  updatedBy: actor,
};

describe('a tool as a document', () => {
  it('can be sent back as it is: nothing of the server in it, the credential kept', () => {
    const definition = definitionOf(tool, null);
    expect(toolDefinitionSchema.safeParse(definition).success).toBe(true);
    expect(definition.auth).toEqual({ type: 'bearer', credentialId: '5e2f8a31-0000-4000-8000-0000000000c1' });
    expect(Object.keys(definition)[0]).toBe('name');
    expect(missingSecret(definition)).toEqual([]);
  });

  it('leaves to the connector what is the connector’s', () => {
    const definition = definitionOf(tool, { timeoutMs: 2000, retry: tool.retry, rateLimit: undefined });
    expect(definition).not.toHaveProperty('timeoutMs');
    expect(definition).not.toHaveProperty('retry');
    expect(definition.deadlineMs).toBe(60_000);
  });

  it('is copied without its credential, under another name', () => {
    const copy = copyOf(definitionOf(tool, null));
    expect(copy).toMatchObject({ name: 'refund_copy', auth: { type: 'bearer' } });
    expect(JSON.stringify(copy)).not.toContain('0000000000c1');
    expect(missingSecret(copy)).toMatchObject([{ path: '/auth/token' }]);
  });

  it('is complete once it has a name and an address', () => {
    const ready = { ...newDefinition(), name: 'ping', config: { method: 'GET', url: 'https://a.example/' } };
    expect(toolDefinitionSchema.safeParse(sendable(ready)).success).toBe(true);
    expect(sendable(ready)).not.toHaveProperty('title');
  });

  it('gets its name from its title', () => {
    expect(nameFromTitle('Look up a payment')).toBe('look_up_a_payment');
    expect(nameFromTitle('  3rd-party Überprüfung! ')).toBe('rd_party_uberprufung');
    expect(nameFromTitle('—')).toBe('');
  });

  it('names what templates use and no input gives', () => {
    const definition = {
      type: 'http',
      inputSchema: { properties: { known: {} } },
      config: {
        url: 'https://a.example/{known}/{missing}',
        headers: { 'x-a': '{{literal}} {other}' },
        body: { list: ['{deep}', '{broken'] },
      },
    };
    expect(unknownInputs(definition)).toEqual([
      { name: 'missing', path: '/config/url' },
      { name: 'other', path: '/config/headers/x-a' },
      { name: 'deep', path: '/config/body/list/0' },
    ]);
  });

  it('is kept in the browser without its secret, and not at all where the secret is not known', () => {
    const kept = (auth: unknown) => withoutSecret(JSON.stringify({ name: 'ping', auth }));
    expect(JSON.parse(kept({ type: 'bearer', token: 't0p' })!)).toEqual({
      name: 'ping',
      auth: { type: 'bearer' },
    });
    expect(kept({ type: 'none' })).toContain('ping');
    expect(withoutSecret('{"name":"ping"}')).toContain('ping');
    expect(kept({ type: 'signed_by_a_newer_server', key: 't0p' })).toBeNull();
    expect(kept('t0p')).toBeNull();
    expect(withoutSecret('{"auth":{"token":"t0p"')).toBeNull();
  });

  it('of a type or auth kind that only a newer server knows is sent as it is', () => {
    const definition = {
      name: 'ping',
      type: 'toy',
      config: { url: '', text: '{free}' },
      auth: { type: 'toy' },
    };
    expect(sendable(definition)).toEqual(definition);
    expect(missingSecret(definition)).toEqual([]);
    expect(unknownInputs(definition)).toEqual([]);
  });
});
