import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureDomains, ensurePlaybooks, finishPlaybooks } from '../../dev/demo-data/ensure-playbooks.ts';
import { acme as acmeSlug, globex as globexSlug } from '../../dev/demo-data/people.ts';
import { type Admins, register } from '../../dev/demo-data/register.ts';
import { RestClient } from '../../dev/demo-data/rest-client.ts';
import { type DemoServices, startDemoServices } from '../../dev/demo-services/start-demo-services.ts';
import { connectorKinds } from '../../shared/tools/connectors/registry.ts';
import { providerDefinitions } from '../../shared/tools/providers/registry.ts';
import { useInterlock } from '../support/command-line.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

interface File {
  path: string;
  text: string;
}

/** Global tools are among the demo data, so the database is this file's own. */
describe('definitions as files', () => {
  let api: TestApi;
  let demo: DemoServices;
  let desks: TestTenant[];
  const folder = mkdtempSync(join(tmpdir(), 'interlock-files-'));

  beforeAll(async () => {
    const { databaseUrl } = await createOwnDatabase();
    [api, demo] = await Promise.all([startTestApi({ databaseUrl }), startDemoServices({ port: 0 })]);
    const urls = { demo: demo.url, temporalHttp: null, mail: '127.0.0.1:2525', shop: '127.0.0.1:2526' };
    const privateHosts = [new URL(demo.url).host, urls.mail, urls.shop];
    const [acme, globex] = await Promise.all([api.tenant({ privateHosts }), api.tenant({ privateHosts })]);
    desks = [acme, globex];
    const key = (value: string) => new RestClient(api.url, { key: value });
    const admins: Admins = {
      [acmeSlug]: key(acme.keys.tenant_admin),
      [globexSlug]: key(globex.keys.tenant_admin),
      global: key(acme.keys.platform_admin),
    };
    await register(admins, urls);
    await ensureDomains(admins);
    await ensurePlaybooks(admins);
    await finishPlaybooks(admins);
    // What the demo has none of.
    const added = [
      ['/api/templates/slack_post_message/install', { auth: { token: 'xoxb-no-real-token' } }],
      ['/api/tools', { name: 'read_pages', type: 'http', config: { url: 'https://a.example', ...pages } }],
      ['/api/tools', { name: 'read_stream', type: 'http', config: { url: 'https://a.example', ...stream } }],
      ['/api/tools', { name: 'find_documents', type: 'database', config: documents }],
    ] as const;
    for (const [path, body] of added) {
      const response = await acme.as.tool_admin('POST', path, body);
      expect(response.status, JSON.stringify(response.body)).toBe(201);
    }
  }, 180_000);
  afterAll(async () => {
    await api?.close();
    await demo?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const exported = async (tenant: TestTenant): Promise<File[]> =>
    (await tenant.as.tool_admin('GET', '/api/files')).body.files;
  const plan = async (tenant: TestTenant, files: File[]) =>
    (await tenant.as.tenant_admin('POST', '/api/files/plan', { files })).body;
  const apply = (tenant: TestTenant, files: File[], planDigest: string) =>
    tenant.as.tenant_admin('POST', '/api/files/apply', { files, planDigest });

  const pages = { pagination: { type: 'page', parameter: 'page', items: '/items', maxPages: 5 } };
  const documents = {
    engine: 'mongodb',
    url: 'mongodb://db.example/shop',
    statement: { collection: 'orders', find: { total: { $gte: 12.5 } } },
  };
  const stream = { stream: 'sse', streamIdleMs: 5_000 };

  test('all definitions of the demo are the same files after they are applied to an empty organization', async () => {
    const kinds = new Set<string>();
    for (const desk of desks) {
      const files = await exported(desk);
      for (const { text } of files) /^(?:type|kind): .+$/m.exec(text)?.forEach((line) => kinds.add(line));
      const empty = await api.tenant();
      const { planDigest, problems, changes, credentials } = await plan(empty, files);
      expect(problems).toEqual([]);
      expect(changes.every(({ action }: { action: string }) => action === 'create')).toBe(true);
      expect(credentials.length).toBeGreaterThan(0);
      const applied = await apply(empty, files, planDigest);
      expect(applied.status, JSON.stringify(applied.body)).toBe(200);
      expect(applied.body).toMatchObject({ created: files.length, updated: 0, unchanged: 0 });
      expect(await exported(empty)).toEqual(files);
      const again = await plan(empty, files);
      expect(again.changes.map(({ action }: { action: string }) => action)).not.toContain('update');
      expect((await apply(empty, files, again.planDigest)).body).toMatchObject({ created: 0, updated: 0 });
    }
    const all = [
      ...Object.keys(providerDefinitions).map((type) => `type: ${type}`),
      ...Object.keys(connectorKinds).map((kind) => `kind: ${kind}`),
    ];
    expect([...kinds]).toEqual(expect.arrayContaining(all));
  });

  const hook: File = {
    path: 'connectors/hooks.yaml',
    text: 'name: hooks\nkind: rest\nbaseUrl: https://hooks.example\nauth:\n  type: bearer\n  credential: hooks_token\n',
  };
  const ping: File = {
    path: 'tools/call_hook.yaml',
    text: 'name: call_hook\ntype: http\nconnector: hooks\nconfig:\n  method: POST\n  path: /ping\n',
  };
  const flow: File = {
    path: 'playbooks/flow.yaml',
    text: 'name: flow\ntitle: Flow\nsteps:\n  - id: ping\n    type: call_tool\n    title: Ping\n    tool: call_hook\n',
  };

  test('files that name each other are applied together, and an empty credential is refused until it has a secret', async () => {
    const tenant = await api.tenant();
    const files = [flow, ping, hook];
    const { planDigest, problems } = await plan(tenant, files);
    expect(problems).toEqual([]);
    const { body } = await apply(tenant, files, planDigest);
    expect(body).toMatchObject({
      created: 3,
      credentials: [{ name: 'hooks_token', hosts: ['hooks.example:443'] }],
    });
    const tools = (await tenant.as.viewer('GET', '/api/tools?scope=tenant')).body.items;
    const execution = await tenant.as.operator('POST', `/api/tools/${tools[0].id}/execute`, { payload: {} });
    expect(JSON.stringify(execution.body)).toContain('has no secret yet');
    const events = (await tenant.as.viewer('GET', '/api/events?limit=50')).body.items;
    expect(events.map(({ type }: { type: string }) => type)).toEqual(
      expect.arrayContaining([
        'CredentialCreated',
        'ConnectorCreated',
        'ToolCreated',
        'PlaybookCreated',
        'PlaybookPublished',
      ]),
    );
  });

  test('a problem is at its file and line, and nothing is applied', async () => {
    const tenant = await api.tenant();
    const wrong = {
      path: 'tools/wrong.yaml',
      text: 'name: wrong\ntype: http\nconnector: nowhere\nconfig: {}\n',
    };
    const { problems, planDigest } = await plan(tenant, [hook, wrong]);
    expect(problems).toEqual([
      { file: wrong.path, line: 3, path: '/connector', message: 'There is no connector nowhere' },
    ]);
    const refused = await apply(tenant, [hook, wrong], planDigest);
    expect(refused.status).toBe(422);
    expect(refused.body.error.issues[0].message).toBe('tools/wrong.yaml:3: There is no connector nowhere');
    expect(await exported(tenant)).toEqual([]);
  });

  test('what changed after the plan is refused by name, and nothing is applied', async () => {
    const tenant = await api.tenant();
    const files = [hook, ping];
    const first = await plan(tenant, files);
    await apply(tenant, files, first.planDigest);
    const next = [hook, { ...ping, text: `${ping.text}idempotent: true\n` }];
    const { planDigest } = await plan(tenant, next);
    const [tool] = (await tenant.as.viewer('GET', '/api/tools?scope=tenant')).body.items;
    const whole = (await tenant.as.viewer('GET', `/api/tools/${tool.id}`)).body;
    await tenant.as.tool_admin('PUT', `/api/tools/${tool.id}`, { ...whole, description: 'Changed' });
    const refused = await apply(tenant, next, planDigest);
    expect(refused.status).toBe(412);
    expect(refused.body.error.details).toEqual({ files: ['tools/call_hook.yaml'] });
  });

  test('of two who apply the same files at once, one does, and the other leaves nothing', async () => {
    const tenant = await api.tenant();
    const files = [hook, ping, flow];
    const { planDigest } = await plan(tenant, files);
    const both = await Promise.all([apply(tenant, files, planDigest), apply(tenant, files, planDigest)]);
    expect(both.map(({ status }) => status)).toContain(200);
    for (const { status } of both) expect([200, 409, 412]).toContain(status);
    const { items } = (await tenant.as.viewer('GET', '/api/events?limit=100')).body;
    const types = items.map(({ type }: { type: string }) => type);
    for (const type of ['CredentialCreated', 'ConnectorCreated', 'ToolCreated', 'PlaybookPublished'])
      expect(types.filter((each: string) => each === type)).toHaveLength(1);
    expect(await exported(tenant)).toHaveLength(3);
  });

  test('what is not in the files stays, or is archived where nothing that stays needs it', async () => {
    const tenant = await api.tenant();
    const files = [hook, ping, flow];
    const prune = true;
    await apply(tenant, files, (await plan(tenant, files)).planDigest);
    expect((await plan(tenant, [flow])).changes).toContainEqual(
      expect.objectContaining({ file: ping.path, action: 'not_in_files' }),
    );
    const send = (path: string, body: unknown) => tenant.as.tenant_admin('POST', path, body);
    const needed = (await send('/api/files/plan', { files: [flow], prune })).body;
    expect(needed.problems).toEqual([
      { file: ping.path, line: 1, path: '', message: expect.stringContaining('playbooks/flow.yaml') },
    ]);
    const unplanned = await send('/api/files/apply', {
      files: [hook],
      prune,
      planDigest: (await plan(tenant, [hook])).planDigest,
    });
    expect(unplanned.status).toBe(412);
    const { planDigest, problems } = (await send('/api/files/plan', { files: [hook], prune })).body;
    expect(problems).toEqual([]);
    const pruned = await send('/api/files/apply', { files: [hook], prune, planDigest });
    expect(pruned.body).toMatchObject({ archived: 2, created: 0, updated: 0, unchanged: 1 });
    expect(await exported(tenant)).toEqual([hook]);
  });

  test('the command line exports, plans, applies and runs', async () => {
    const tenant = await api.tenant();
    const env = { INTERLOCK_URL: api.url, INTERLOCK_API_KEY: tenant.keys.tenant_admin };
    const interlock = (...args: string[]) => useInterlock(args, { env });
    await tenant.as.tool_admin('POST', '/api/tools', { name: 'greet', type: 'dummy', title: 'Greet' });
    expect(await interlock('export', folder)).toMatchObject({ code: 0 });
    const file = join(folder, 'tools/greet.yaml');
    expect(readFileSync(file, 'utf8')).toBe('name: greet\ntitle: Greet\ntype: dummy\n');
    expect(await interlock('plan', folder)).toMatchObject({ code: 0 });
    writeFileSync(file, 'name: greet\ntitle: Greet them\ntype: dummy\n');
    const planned = await interlock('plan', folder);
    expect(planned).toMatchObject({ code: 2 });
    expect(planned.out).toContain('    -title: Greet\n    +title: Greet them\n');
    expect(await interlock('apply', folder)).toMatchObject({ code: 64 });
    expect(await interlock('apply', folder, '--yes')).toMatchObject({ code: 0 });
    expect(await interlock('plan', folder)).toMatchObject({ code: 0 });
    const ran = await interlock('tools', 'run', 'greet', '--yes', '--json', '--input', 'name=World');
    expect(ran).toMatchObject({ code: 0 });
    expect(JSON.parse(ran.out)).toMatchObject({ toolName: 'greet', status: 'succeeded' });
    expect(await interlock('tools', 'run', 'nowhere', '--yes')).toMatchObject({ code: 1 });
  });
});
