import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectRoot } from '../../dev/paths.ts';
import { useInterlock } from '../support/command-line.ts';
import { eventually } from '../support/eventually.ts';
import { type ProviderServer, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

/** Most commands run within this process: a program of its own takes half a second to begin. */
describe('the command line', () => {
  let api: TestApi;
  let provider: ProviderServer;
  let tenant: TestTenant;
  /** Writes the response of the provider as the test wants it. */
  const responses: ServerResponse[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'interlock-cli-'));

  beforeAll(async () => {
    provider = await startProvider((_request, response) => responses.push(response));
    api = await startTestApi();
    tenant = await api.tenant({ privateHosts: [provider.host] });
    await tenant.as.tool_admin('POST', '/api/tools', { name: 'greet', type: 'dummy' });
  });
  afterAll(async () => {
    await api?.close();
    await provider?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The program, as it is started in a shell. */
  const start = (...args: string[]) =>
    spawn(process.execPath, [join(projectRoot, 'api/cli/main.ts'), ...args], {
      env: { PATH: process.env.PATH, XDG_CONFIG_HOME: folder },
      stdio: 'pipe',
    });
  const stored = { XDG_CONFIG_HOME: folder };
  const signedIn = () => ({ INTERLOCK_URL: api.url, INTERLOCK_API_KEY: tenant.keys.tenant_admin });
  const interlock = (...args: string[]) => useInterlock(args, { env: signedIn() });

  test('a wrong key is refused and not stored; the right one is, for this user alone', async () => {
    const login = (input: string) => useInterlock(['login', api.url], { env: stored, input });
    expect(await login('nonsense')).toMatchObject({ code: 1 });
    expect(await useInterlock(['tools', 'list'], { env: stored })).toMatchObject({
      code: 1,
      err: expect.stringContaining('Nobody has signed in here'),
    });
    expect(await login('')).toMatchObject({ code: 64 });
    expect(await login(`${tenant.keys.tenant_admin}\n`)).toMatchObject({ code: 0 });
    if (process.platform !== 'win32')
      expect(statSync(join(folder, 'interlock/connection.json')).mode & 0o777).toBe(0o600);
    const program = start('tools', 'list', '--json');
    const [[code], out] = await Promise.all([once(program, 'close'), text(program.stdout)]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toContainEqual(expect.objectContaining({ name: 'greet' }));
    // A stored key is never sent elsewhere.
    const elsewhere = { ...stored, INTERLOCK_URL: 'http://elsewhere.invalid' };
    expect(await useInterlock(['tools', 'list'], { env: elsewhere })).toMatchObject({
      code: 1,
      err: expect.stringContaining('Nobody has signed in here'),
    });
  });

  test('a schedule is created from a file, shown, paused, resumed, run and made up for', async () => {
    const file = join(folder, 'schedule.json');
    const target = { tool: 'greet', payload: { name: 'Ana' } };
    writeFileSync(file, JSON.stringify({ title: 'Greet Ana', target, spec: { cron: '0 3 1 1 *' } }));
    const created = await interlock('schedules', 'create', file, '--json');
    expect(created, created.err).toMatchObject({ code: 0 });
    const { id } = JSON.parse(created.out);
    const listed = await interlock('schedules', 'list', '--search', 'greet');
    expect(listed.out).toMatch(new RegExp(`${id} +active .*-01-01T03:00:00.000Z .*Greet Ana`));
    expect(JSON.parse((await interlock('schedules', 'list', '--json')).out)).toHaveLength(1);
    const shown = await interlock('schedules', 'show', id);
    expect(shown.out).toContain('At 03:00 on the 1st in January (UTC); tool');
    expect(shown.out).toContain('-01-01T03:00:00Z');
    expect((await interlock('schedules', 'pause', id)).out).toContain('paused: Paused by');
    expect((await interlock('schedules', 'resume', id)).out).toContain('active');
    const key = ['--idempotency-key', 'once'];
    const first = await interlock('schedules', 'trigger', id, ...key);
    expect(first.out).toMatch(/^Run .* has begun/);
    expect((await interlock('schedules', 'trigger', id, ...key)).out).toBe(first.out);
    await eventually(async () =>
      / (?:running|succeeded)/.test((await interlock('schedules', 'show', id)).out),
    );
    const now = Date.now();
    const range = [
      '--from',
      new Date(now - 60_000).toISOString(),
      '--to',
      new Date(now - 1000).toISOString(),
    ];
    expect((await interlock('schedules', 'backfill', id, ...range)).out).toContain('0 times to make up for.');
    expect(await interlock('schedules', 'backfill', id)).toMatchObject({ code: 64 });
    writeFileSync(file, '{"target": {}, "spec": {}}');
    expect(await interlock('schedules', 'create', file)).toMatchObject({
      code: 1,
      err: expect.stringContaining('/spec needs exactly one of'),
    });
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
          const { out } = await interlock(
            'tools',
            'run',
            'greet',
            '--yes',
            '--json',
            '--payload',
            '{"a": 19.90}',
          );
          expect(out).toContain('19.90');
          expect(seen).not.toBe('');
          return JSON.parse(out).id as string;
        },
        { timeoutMs: 60_000, everyMs: 200 },
      );
      const followed = await interlock('executions', 'follow', id);
      expect(followed).toMatchObject({ code: 0, out: expect.stringContaining('attempt 1: succeeded') });
      expect((await interlock('executions', 'get', id)).out).toContain(`greet: succeeded (${id})`);
    } finally {
      tail.kill();
    }
    const listed = await interlock('executions', 'list', '--limit', '1', '--json');
    expect(JSON.parse(listed.out)).toHaveLength(1);
    const got = await interlock('tools', 'get', 'greet');
    expect(got.out).toContain('type dummy, version 1, enabled');
  });

  test('who is asked sees the request first; a no sends nothing, and a failure has its exit code', async () => {
    const run = (input: string, tool = 'greet') =>
      useInterlock(['tools', 'run', tool, '--input', 'name=Ana'], { env: signedIn(), input, person: true });
    expect(await run('n\n')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/"name": "Ana"[\s\S]*Send this\?[\s\S]*Nothing was sent\./),
    });
    expect(await run('y\n')).toMatchObject({ code: 0, out: expect.stringContaining('greet: succeeded') });
    await tenant.as.tool_admin('POST', '/api/tools', {
      name: 'break',
      type: 'dummy',
      config: { failure: { code: 'provider_error' } },
      retry: { maxAttempts: 1 },
    });
    expect(await run('y\n', 'break')).toMatchObject({
      code: 3,
      out: expect.stringContaining('break: failed: provider_error'),
    });
  });

  test('what a tool shows while it runs is printed as it comes, each part once', async () => {
    const tool = await tenant.as.tool_admin('POST', '/api/tools', {
      name: 'stream',
      type: 'http',
      timeoutMs: 60_000,
      deadlineMs: 60_000,
      retry: { maxAttempts: 1 },
      config: { url: `${provider.url}/stream`, stream: 'text' },
    });
    expect(tool.status, JSON.stringify(tool.body)).toBe(201);
    const { body } = await tenant.as.operator(
      'POST',
      `/api/tools/${tool.body.id}/execute`,
      { payload: {} },
      { prefer: 'respond-async' },
    );
    await eventually(() => responses.length > 0, { timeoutMs: 60_000 });
    const [response] = responses.splice(0);
    response?.writeHead(200, { 'content-type': 'text/plain' });
    response?.write('First \u001b[31mpart');
    let seen = '';
    const followed = useInterlock(['executions', 'follow', body.id], {
      env: signedIn(),
      onOut: (text) => {
        seen += text;
      },
    });
    await eventually(() => seen.includes('First'), { timeoutMs: 60_000 });
    response?.end(', second part');
    const { code, out } = await followed;
    expect(code).toBe(0);
    const shown = 'First [31mpart, second part\n';
    expect(out).toContain(shown);
    // Once while it came, and once in the output.
    expect(out.split('First')).toHaveLength(3);
    expect(out.indexOf('stream  running')).toBeLessThan(out.indexOf(shown));
    expect(out.indexOf(shown)).toBeLessThan(out.indexOf('attempt 1: succeeded'));
    const again = await interlock('executions', 'follow', body.id, '--json');
    const lines = again.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines[0].chunk).toMatchObject({ attempt: 1, number: 1, kind: 'text' });
    expect(lines.at(-1)).toMatchObject({ id: body.id, status: 'succeeded' });
  });

  test('a document is listed, and becomes tools with the auth that is given', async () => {
    const file = join(folder, 'shop.json');
    const paths = {
      '/orders': { get: { operationId: 'listOrders', responses: { 200: { description: 'Orders' } } } },
    };
    const servers = [{ url: 'https://shop.example' }];
    const security = {
      security: [{ token: [] }],
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    };
    writeFileSync(
      file,
      JSON.stringify({
        openapi: '3.0.3',
        info: { title: 'Shop', version: '1' },
        servers,
        paths,
        ...security,
      }),
    );
    const listed = await interlock('import', file);
    expect(listed).toMatchObject({ code: 0, out: expect.stringContaining('list_orders') });
    const without = await interlock('import', file, '--all', '--connector', 'bare');
    expect(without.out).toContain('The document asks for auth of the kind bearer');

    const credential = await tenant.as.tool_admin('POST', '/api/credentials', {
      name: 'Shop key',
      auth: { type: 'bearer', token: 'shop-token-4711' },
      allowedHosts: ['shop.example'],
    });
    expect(credential.status, JSON.stringify(credential.body)).toBe(201);
    const named = ['--connector', 'named', '--credential', 'Shop key', '--json'];
    const imported = await interlock('import', file, '--all', ...named);
    expect(JSON.parse(imported.out), imported.err).toMatchObject({ created: 1, updated: 0 });
    const typed = await useInterlock(['import', file, '--all', '--connector', 'typed', '--auth', '-'], {
      env: signedIn(),
      input: '{"type": "bearer", "token": "typed-token-4712"}',
    });
    expect(typed).toMatchObject({
      code: 0,
      out: '1 tool created, 0 changed, 0 as they were.\n  typed_list_orders\n',
    });
    const { items } = (await tenant.as.tool_admin('GET', '/api/connectors')).body;
    const authOf = (name: string) => items.find((each: { name: string }) => each.name === name)?.auth;
    expect(authOf('bare')).toMatchObject({ type: 'none' });
    expect(authOf('named')).toMatchObject({ type: 'bearer', credentialId: credential.body.id });
    expect(authOf('typed')).toMatchObject({ type: 'bearer', hasSecret: true });

    expect(await interlock('import', file, '--all', '--credential', 'Nothing')).toMatchObject({ code: 1 });
    expect(await interlock('import', file, '--all', '--credential', 'a', '--auth', '{}')).toMatchObject({
      code: 64,
    });
    expect(await interlock('import', join(folder, 'nothing.json'))).toMatchObject({ code: 64 });

    const parameters = [{ name: 'shop', in: 'query', required: true, schema: { type: 'string' } }];
    Object.assign(paths['/orders'].get, { parameters });
    writeFileSync(
      file,
      JSON.stringify({ openapi: '3.0.3', info: { title: 'Shop', version: '2' }, servers, paths }),
    );
    const changed = await interlock('import', file, '--all', '--connector', 'bare');
    expect(changed).toMatchObject({ code: 0, out: expect.stringContaining('~ list_orders  BREAKING') });
    expect(changed.out).toContain('shop added, required');
    expect(changed.out).toContain('no playbook uses it');
    expect(changed.out).toContain('0 tools created, 1 changed');
  });

  test('what the command does not have is a wrong use', async () => {
    expect(await interlock('tools', 'walk')).toMatchObject({ code: 64 });
    expect(await interlock('tools', 'run', 'greet')).toMatchObject({ code: 64 });
    expect(await interlock('tools', 'run', 'greet', '--yes', '--input', 'name')).toMatchObject({ code: 64 });
    expect(await interlock('tools', 'run', 'greet', '--yes', '--payload', '[1]')).toMatchObject({ code: 64 });
    expect(await interlock('tools', 'get', 'nowhere')).toMatchObject({ code: 1 });
    expect(await interlock('executions', 'list', '--limit', 'many')).toMatchObject({ code: 64 });
    expect(await interlock('events', 'tail', '--type', 'Nothing')).toMatchObject({ code: 64 });
    expect(await interlock('audit', 'verify')).toMatchObject({ code: 2 });
    expect(await interlock('--help')).toMatchObject({ code: 0, out: expect.stringContaining('login') });
  });
});
