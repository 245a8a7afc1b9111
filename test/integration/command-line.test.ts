import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectRoot } from '../../dev/paths.ts';
import { eventually } from '../support/eventually.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('the command line', () => {
  let api: TestApi;
  let tenant: TestTenant;
  const folder = mkdtempSync(join(tmpdir(), 'interlock-cli-'));

  beforeAll(async () => {
    api = await startTestApi();
    tenant = await api.tenant();
    await tenant.as.tool_admin('POST', '/api/tools', { name: 'greet', type: 'dummy' });
  });
  afterAll(async () => {
    await api?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function start(...args: string[]) {
    const { INTERLOCK_URL: _url, INTERLOCK_API_KEY: _key, ...rest } = process.env;
    return spawn(process.execPath, [join(projectRoot, 'api/cli/main.ts'), ...args], {
      env: { ...rest, XDG_CONFIG_HOME: folder },
      stdio: 'pipe',
    });
  }
  async function interlock(args: string[], input = '') {
    const child = start(...args);
    child.stdin.end(input);
    const [[code], out, err] = await Promise.all([
      once(child, 'close'),
      text(child.stdout),
      text(child.stderr),
    ]);
    return { code, out, err };
  }

  test('a wrong key is refused and not stored; the right one is, for this user alone', async () => {
    expect(await interlock(['login', api.url], 'nonsense')).toMatchObject({ code: 1 });
    expect(await interlock(['tools', 'list'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('Nobody has signed in here'),
    });
    expect(await interlock(['login', api.url], `${tenant.keys.tenant_admin}\n`)).toMatchObject({ code: 0 });
    if (process.platform !== 'win32')
      expect(statSync(join(folder, 'interlock/connection.json')).mode & 0o777).toBe(0o600);
    const { out } = await interlock(['tools', 'list', '--json']);
    expect(JSON.parse(out)).toContainEqual(expect.objectContaining({ name: 'greet' }));
  });

  test('a run, its execution, and its events are seen', async () => {
    const tail = start('events', 'tail', '--json', '--type', 'ToolExecutionCompleted');
    let seen = '';
    tail.stdout.on('data', (chunk: Buffer) => {
      seen += chunk;
    });
    try {
      // Until it listens, what happens is not shown: so it happens again.
      const id = await eventually(
        async () => {
          const { out } = await interlock([
            'tools',
            'run',
            'greet',
            '--yes',
            '--json',
            '--payload',
            '{"a": 19.90}',
          ]);
          const ran = JSON.parse(out);
          expect(out).toContain('19.90');
          expect(seen).not.toBe('');
          return ran.id as string;
        },
        { timeoutMs: 60_000 },
      );
      const followed = await interlock(['executions', 'follow', id]);
      expect(followed).toMatchObject({ code: 0, out: expect.stringContaining('attempt 1: succeeded') });
    } finally {
      tail.kill();
    }
    const listed = await interlock(['executions', 'list', '--limit', '1', '--json']);
    expect(JSON.parse(listed.out)).toHaveLength(1);
  });

  test('a document is listed, and becomes tools when they are chosen', async () => {
    const file = join(folder, 'shop.json');
    const paths = {
      '/orders': { get: { operationId: 'listOrders', responses: { 200: { description: 'Orders' } } } },
    };
    const servers = [{ url: 'https://shop.example' }];
    writeFileSync(
      file,
      JSON.stringify({ openapi: '3.0.3', info: { title: 'Shop', version: '1' }, servers, paths }),
    );
    const listed = await interlock(['import', file]);
    expect(listed).toMatchObject({ code: 0, out: expect.stringContaining('list_orders') });
    const imported = await interlock(['import', file, '--all', '--json']);
    expect(JSON.parse(imported.out)).toMatchObject({ created: 1, updated: 0 });
    const parameters = [{ name: 'shop', in: 'query', required: true, schema: { type: 'string' } }];
    Object.assign(paths['/orders'].get, { parameters });
    writeFileSync(
      file,
      JSON.stringify({ openapi: '3.0.3', info: { title: 'Shop', version: '2' }, servers, paths }),
    );
    const changed = await interlock(['import', file, '--all']);
    expect(changed).toMatchObject({ code: 0, out: expect.stringContaining('~ list_orders  BREAKING') });
    expect(changed.out).toContain('shop added, required');
    expect(changed.out).toContain('no playbook uses it');
    expect(changed.out).toContain('0 tools created, 1 changed');
  });

  test('what the command does not have is a wrong use', async () => {
    expect(await interlock(['tools', 'walk'])).toMatchObject({ code: 64 });
    expect(await interlock(['tools', 'run', 'greet'])).toMatchObject({ code: 64 });
    expect(await interlock(['audit', 'verify'])).toMatchObject({ code: 2 });
  });
});
