import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packClient } from '../../dev/client/pack.ts';
import { projectRoot } from '../../dev/paths.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const run = promisify(execFile);

/** Another program: what it reads and writes is checked by its compiler. */
const program = `
import { createInterlockClient, InterlockApiError, type components, verifyWebhook } from 'interlock-client';

const [url = '', apiKey = ''] = process.argv.slice(2);
const interlock = createInterlockClient({ url, apiKey });
const tool: components['schemas']['ToolDefinition'] = { name: 'from_outside', type: 'dummy' };
const { id } = await interlock.tools.create({ definition: tool });
const execution = await interlock.tools.execute({ id, payload: { amount: 12.5 } });
const status: 'requested' | 'running' | 'succeeded' | 'failed' = execution.status;

for (const title of ['one', 'two', 'three']) await interlock.exceptions.create({ title, severity: 'high' });
const titles: string[] = [];
for await (const exception of interlock.exceptions.list.all({ limit: 2 })) titles.push(exception.title);

let refused: unknown;
try {
  // @ts-expect-error a severity that does not exist
  await interlock.exceptions.create({ title: '', severity: 'enormous' });
} catch (error) {
  if (!(error instanceof InterlockApiError)) throw error;
  refused = { status: error.status, code: error.code, paths: error.issues.map((issue) => issue.path) };
}
// @ts-expect-error an operation needs its ID
const missing = await interlock.tools.get({}).catch((error: unknown) => String(error));
// @ts-expect-error a field that does not exist
void execution.nothing;
const archived: undefined = await interlock.tools.archive({ id });
console.log(JSON.stringify({ status, titles: titles.sort(), refused, missing, archived, verify: typeof verifyWebhook }));
`;

const tsconfig = {
  compilerOptions: {
    target: 'es2024',
    module: 'nodenext',
    lib: ['es2024', 'dom', 'dom.iterable'],
    types: [],
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipLibCheck: false,
  },
  files: ['main.ts', 'node.d.ts'],
};

describe('the package of the client', () => {
  let api: TestApi;
  let acme: TestTenant;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'interlock-outside-'));
    const [started, tarball] = await Promise.all([startTestApi(), packClient(folder)]);
    api = started;
    acme = await api.tenant();
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig));
    writeFileSync(join(folder, 'node.d.ts'), 'declare const process: { argv: string[] };');
    writeFileSync(join(folder, 'main.ts'), program);
    await run('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], { cwd: folder });
  });
  afterAll(async () => {
    await api?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('a program outside of the repository installs it alone and compiles against it', async () => {
    const { stdout } = await run('npm', ['ls', '--all', '--json'], { cwd: folder });
    expect(JSON.parse(stdout).dependencies).toEqual({
      'interlock-client': expect.objectContaining({ version: '0.1.0' }),
    });
    const compiler = join(projectRoot, 'node_modules/typescript/bin/tsc');
    const compiled = await run(process.execPath, [compiler, '-p', folder]).catch((error) => error);
    expect(compiled.stdout).toBe('');
  });

  test('that program creates, executes, lists page by page, and gets located errors', async () => {
    const { stdout } = await run(process.execPath, ['main.ts', api.url, acme.keys.tool_admin], {
      cwd: folder,
    });
    expect(JSON.parse(stdout)).toEqual({
      status: 'succeeded',
      titles: ['one', 'three', 'two'],
      refused: { status: 422, code: 'invalid_input', paths: ['/title', '/severity'] },
      missing: 'TypeError: tools.get needs the field id.',
      verify: 'function',
    });
  });
});
