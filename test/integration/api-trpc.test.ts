import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appRouter } from '../../api/router.ts';
import type { ProcedureMeta } from '../../api/trpc.ts';
import { type Permission, permissionRole } from '../../shared/identity/roles.ts';
import { roleWithout } from '../support/rest-requests.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

interface AnyProcedure {
  _def: { type: 'query' | 'mutation' | 'subscription'; meta?: ProcedureMeta };
}
const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, AnyProcedure>);

describe('every procedure over tRPC', () => {
  let api: TestApi;
  let acme: TestTenant;

  beforeAll(async () => {
    api = await startTestApi({ worker: false });
    acme = await api.tenant();
  });
  afterAll(() => api.close());

  /** As tRPC's own client sends it. */
  async function send(name: string, type: AnyProcedure['_def']['type'], key: string | null, input?: unknown) {
    const mutation = type === 'mutation';
    const query =
      input === undefined || mutation ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`;
    const response = await fetch(`${api.url}/trpc/${name}${query}`, {
      method: mutation ? 'POST' : 'GET',
      headers: {
        ...(key ? { authorization: `Bearer ${key}` } : {}),
        ...(mutation ? { 'content-type': 'application/json' } : {}),
        ...(type === 'subscription' ? { accept: 'text/event-stream' } : {}),
      },
      ...(mutation ? { body: JSON.stringify(input ?? {}) } : {}),
    });
    const text = await response.text();
    const error = text.startsWith('{') ? JSON.parse(text).error : null;
    return { status: response.status, text, headers: response.headers, error };
  }

  test('every procedure names the permission that it needs', () => {
    expect(procedures.length).toBeGreaterThan(20);
    for (const [name, { _def }] of procedures)
      expect(permissionRole[_def.meta?.permission as Permission], name).toBeDefined();
  });

  test.each(procedures.map(([name, { _def }]) => [name, _def] as const))(
    '%s requires a credential and the permission',
    async (name, { type, meta }) => {
      for (const key of [null, 'ilk_not-a-key']) {
        const { status, error, headers, text } = await send(name, type, key);
        if (!error) {
          // A stream has the status 200 already, so the refusal is its first and only event.
          expect(text).toContain('event: serialized-error');
          expect(text).toContain('"code":"unauthorized"');
          continue;
        }
        expect([status, error.data.interlock.code], `${key}`).toEqual([401, 'unauthorized']);
        expect(error.data.interlock.requestId).toBe(headers.get('x-request-id'));
        expect(error.data.stack).toBeUndefined();
      }
      const permission = meta!.permission!;
      const lacking = roleWithout(permission);
      if (!lacking) return;
      const { status, error } = await send(name, type, acme.keys[lacking]);
      expect(status).toBe(403);
      expect(error.data.interlock.message).toContain(permissionRole[permission]);
    },
  );

  test('an error has its code, its path and the HTTP status', async () => {
    const unknown = await send('tools.get', 'query', acme.keys.viewer, { id: uuidv7() });
    expect([unknown.status, unknown.error.data.interlock.code]).toEqual([404, 'not_found']);
    const invalid = await send('tools.list', 'query', acme.keys.viewer, { limit: 0 });
    expect([invalid.status, invalid.error.data.interlock.code]).toEqual([422, 'invalid_input']);
    expect(invalid.error.data.interlock.issues[0].path).toBe('/limit');
    const nowhere = await send('tools.nothing', 'query', acme.keys.viewer);
    expect([nowhere.status, nowhere.error.data.interlock.code]).toEqual([404, 'not_found']);
  });
});
