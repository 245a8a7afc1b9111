import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useInterlock } from '../support/command-line.ts';
import { complete, publishPlaybook, runWhen, startRun, stepWhen } from '../support/playbook-runs.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('the command line tries on the past', () => {
  let api: TestApi;
  let acme: TestTenant;
  const folder = mkdtempSync(join(tmpdir(), 'interlock-past-'));

  beforeAll(async () => {
    api = await startTestApi();
    acme = await api.tenant();
    const as = acme.as.tenant_admin;
    const tool = await as('POST', '/api/tools', {
      name: 'greet',
      type: 'dummy',
      config: { response: { hello: 'you' } },
    });
    expect(tool.status, JSON.stringify(tool.body)).toBe(201);
    await as('POST', `/api/tools/${tool.body.id}/execute`, { payload: { name: 'Ana' } });
    const playbookId = await publishPlaybook(as, {
      name: 'greeting',
      title: 'Greeting',
      steps: [{ id: 'look', type: 'manual', title: 'Look' }],
    });
    const runId = await startRun(as, playbookId);
    await stepWhen(as, runId, 'look', 'waiting');
    await complete(as, runId, 'look', {});
    await runWhen(as, runId, ({ status }) => status === 'completed');
  });
  afterAll(async () => {
    await api?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const interlock = (...args: string[]) =>
    useInterlock(args, { env: { INTERLOCK_URL: api.url, INTERLOCK_API_KEY: acme.keys.tenant_admin } });
  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  test('a replay prints each execution, and exits with 1 where something would break', async () => {
    expect(await interlock('replay', 'greet')).toMatchObject({
      code: 0,
      out: expect.stringContaining('would break: 0, changed: 0, same: 1, not recorded: 0'),
    });
    const strict = file(
      'greet.yaml',
      'name: greet\ntype: dummy\ninputSchema:\n  type: object\n  required: [title]\n  properties:\n    title: { type: string }\nauth:\n  type: none\n',
    );
    const broken = await interlock('replay', 'greet', '--file', strict, '--last', '10');
    expect(broken).toMatchObject({
      code: 1,
      out: expect.stringContaining('The input does not match the input schema.'),
    });
    const json = await interlock('replay', 'greet', '--version', '1', '--json');
    expect(JSON.parse(json.out)).toMatchObject({ version: 1, counts: { same: 1 } });
  });

  test('a backtest prints each case, and exits with 1 where something would break', async () => {
    expect(await interlock('backtest', 'greeting')).toMatchObject({
      code: 0,
      out: expect.stringContaining('would break: 0, differs: 0, same: 1'),
    });
    const draft = file(
      'greeting.json',
      JSON.stringify({
        name: 'greeting',
        title: 'Greeting',
        steps: [{ id: 'say', type: 'call_tool', title: 'Say it', tool: 'nobody' }],
      }),
    );
    expect(
      await interlock(
        'backtest',
        'greeting',
        '--file',
        draft,
        '--from',
        '2020-01-01T00:00:00Z',
        '--to',
        '2099-01-01T00:00:00Z',
      ),
    ).toMatchObject({ code: 1, out: expect.stringContaining('Tool nobody not found') });
  });

  test('what does not hold together is a wrong use, and what is not there an error', async () => {
    const codeOf = async (...args: string[]) => (await interlock(...args)).code;
    expect(await codeOf('replay', 'greet', '--last', '0')).toBe(64);
    expect(await codeOf('replay', 'greet', '--last', '1001')).toBe(64);
    expect(await codeOf('replay', 'greet', '--version', '1', '--file', 'x')).toBe(64);
    expect(await codeOf('replay', 'greet', '--file', join(folder, 'missing.yaml'))).toBe(64);
    expect(await codeOf('replay', 'greet', '--file', file('bad.yaml', 'a: [1'))).toBe(64);
    expect(await codeOf('replay', 'greet', '--file', file('list.yaml', '- 1'))).toBe(64);
    expect(await codeOf('replay', 'nobody')).toBe(1);
    expect(await codeOf('backtest', 'nobody')).toBe(1);
    const connected = file('connected.yaml', 'name: greet\ntype: http\nconnector: nobody\nconfig: {}\n');
    expect(await interlock('replay', 'greet', '--file', connected)).toMatchObject({
      code: 1,
      err: expect.stringContaining('There is no connector nobody.'),
    });
  });
});
