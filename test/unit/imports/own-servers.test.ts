import { describe, expect, test } from 'vitest';
import { mergeDraft } from '../../../shared/imports/server/import-changes.ts';
import { readDocument } from '../../../shared/imports/server/read-document.ts';
import { jsonValue } from '../../../shared/platform/json-text.ts';

interface Operation {
  key: string;
  notes: string[];
  digest: string | null;
}
interface Tool {
  auth: { type: string };
  config: { url?: string; path?: string };
}

function read(document: Record<string, unknown>, sourceUrl: string | null = null) {
  const bytes = Buffer.from(JSON.stringify({ openapi: '3.1.0', info: { title: 'Shop' }, ...document }));
  const options = { format: null, sourceUrl };
  const listed = readDocument(bytes, { ...options, keys: null });
  if ('problem' in listed) throw new Error(listed.problem);
  const operations = jsonValue(listed.operations) as unknown as Operation[];
  const whole = readDocument(bytes, { ...options, keys: operations.map(({ key }) => key) });
  if ('problem' in whole) throw new Error(whole.problem);
  const tools = new Map(jsonValue(whole.drafts) as unknown as [string, Tool][]);
  return { baseUrl: listed.connector?.baseUrl, operations, tools };
}

const key = {
  components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'x-key' } } },
  security: [{ key: [] }],
};
const upload = (servers: unknown) => ({
  '/files/{id}': {
    get: {},
    post: { servers, parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }] },
  },
});

describe('operations with a server of their own', () => {
  test('are called there, without the credential of the connector', () => {
    const { tools, operations } = read({
      ...key,
      servers: [{ url: 'https://api.example/v1' }],
      paths: upload([{ url: 'https://uploads.example/v1/' }]),
    });
    expect(tools.get('POST /files/{id}')).toMatchObject({
      auth: { type: 'none' },
      config: { url: 'https://uploads.example/v1/files/{id}' },
    });
    expect(tools.get('POST /files/{id}')?.config.path).toBeUndefined();
    expect(tools.get('GET /files/{id}')).toMatchObject({ auth: { type: 'inherit' } });
    expect(operations[1]?.notes).toEqual([
      'It is called at https://uploads.example/v1, without the credential of the connector',
      'It asks for apiKey: add that to the tool',
    ]);
  });

  test('below the server of the document share its connector', () => {
    const at = (url: string) =>
      read({ ...key, servers: [{ url: 'https://api.example' }], paths: upload([{ url }]) }).tools.get(
        'POST /files/{id}',
      );
    expect(at('https://api.example/beta')).toMatchObject({
      auth: { type: 'inherit' },
      config: { path: '/beta/files/{id}' },
    });
    expect(at('https://api.example/')?.config).toMatchObject({ path: '/files/{id}' });
    // Another host whose name begins in the same way.
    expect(at('https://api.example.evil.test')).toMatchObject({
      auth: { type: 'none' },
      config: { url: 'https://api.example.evil.test/files/{id}' },
    });
  });

  test('make it that of the connector where the document names none', () => {
    const { baseUrl, tools } = read({
      ...key,
      paths: { '/a': { servers: [{ url: 'https://one.example' }], get: {}, put: {} }, '/b': { get: {} } },
    });
    expect(baseUrl).toBe('https://one.example');
    expect(tools.get('PUT /a')).toMatchObject({ auth: { type: 'inherit' }, config: { path: '/a' } });
  });

  test('are relative to where the document was found, and cannot be called where it is not known', () => {
    const paths = upload([{ url: '/other' }]);
    const { tools } = read({ servers: [{ url: '/v1' }], paths }, 'https://docs.example/openapi.json');
    expect(tools.get('POST /files/{id}')?.config.url).toBe('https://docs.example/other/files/{id}');
    const unknown = read({ servers: [{ url: '/v1' }], paths });
    expect(unknown.operations[1]).toMatchObject({
      digest: null,
      notes: ['Its server has no URL that can be called: /other'],
    });
    const same = read({ servers: [{ url: '/v1' }], paths: upload([{ url: '/v1' }]) });
    expect(same.tools.get('POST /files/{id}')?.config.path).toBe('/files/{id}');
  });

  test('an operation that stays with its connector keeps it, whatever the draft says of it', () => {
    const written = { auth: { type: 'bearer' }, config: { connectorId: 'c', path: '/a' } };
    const draft = { type: 'http', auth: { type: 'inherit' }, config: { method: 'GET', path: '/b' } };
    expect(mergeDraft(written, draft)).toEqual({
      auth: { type: 'bearer' },
      config: { connectorId: 'c', method: 'GET', path: '/b' },
    });
  });

  test('an operation that moves to another server takes nothing of the connector along', () => {
    const shared = {
      auth: { type: 'inherit' },
      config: { connectorId: 'c', method: 'GET', path: '/a', timeout: 1 },
    };
    const own = {
      type: 'http',
      auth: { type: 'none' },
      config: { method: 'GET', url: 'https://b.example/a' },
    };
    const moved = mergeDraft(shared, own);
    expect(moved).toEqual({
      auth: { type: 'none' },
      config: { method: 'GET', url: 'https://b.example/a', timeout: 1 },
    });
    const back = mergeDraft(moved, { type: 'http', ...shared });
    expect(back).toEqual(shared);
    const kept = { auth: { type: 'bearer', credentialId: 'x' }, config: { url: 'https://b.example/a' } };
    expect(mergeDraft(kept, { ...own, auth: { type: 'none' } }).auth).toEqual(kept.auth);
  });
});
