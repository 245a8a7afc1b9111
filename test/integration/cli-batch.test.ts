import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useInterlock } from '../support/command-line.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

let api: TestApi;
let acme: TestTenant;
let provider: ProviderServer;
let folder: string;
let broken = false;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'interlock-batch-'));
  provider = await startProvider(({ body }, response) => {
    const { text } = JSON.parse(body);
    sendJson(response, broken && text === 'B' ? 400 : 200, { text });
  });
  api = await startTestApi();
  acme = await api.tenant({ privateHosts: [provider.host] });
  await acme.as.tool_admin('POST', '/api/tools', {
    name: 'send',
    type: 'http',
    inputSchema: { type: 'object', required: ['text'], properties: { text: { type: 'string' } } },
    config: { method: 'POST', url: provider.url },
    retry: { maxAttempts: 1 },
  });
  await writeFile(join(folder, 'rows.csv'), 'order,text\n1,A\n2,B\n3,C\n');
  await writeFile(
    join(folder, 'batch.json'),
    JSON.stringify({
      calls: [
        { id: 'first', tool: 'send', payload: { text: 'first' } },
        { id: 'second', tool: 'send', payload: { text: 'after ${{ calls.first.output.text }}' } },
      ],
    }),
  );
});
afterAll(async () => {
  await api?.close();
  await provider?.close();
  await rm(folder, { recursive: true, force: true });
});

const use = (args: string[], more: { input?: string; person?: boolean } = {}) =>
  useInterlock(['batch', ...args], {
    env: { INTERLOCK_URL: api.url, INTERLOCK_API_KEY: acme.keys.operator },
    ...more,
  });
const file = (name: string) => join(folder, name);
const texts = () => provider.requests.splice(0).map(({ body }) => JSON.parse(body).text as string);
const row = ['--tool', 'send', '--payload', '{"text": "${{ row.text }}"}'];

test('a check shows every request and sends nothing', async () => {
  const { code, out, err } = await use(['check', file('batch.json')]);
  expect([code, err]).toEqual([0, '']);
  expect(out.split('\n')).toEqual([
    `first  send  POST ${provider.url}/ {"text":"first"}`,
    'second  send  known when first ended',
    '2 calls, 1 known later. Nothing was sent.',
    '',
  ]);
  const json = await use(['check', '--csv', '-', ...row, '--json'], { input: 'text\nA\n' });
  expect(JSON.parse(json.out)).toMatchObject({ counts: { total: 1 }, digest: expect.any(String) });
  const wrong = await use(['check', '--csv', file('rows.csv'), '--tool', 'nothing']);
  expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('Tool nothing not found')]);
  expect(texts()).toEqual([]);
});

test('a run shows what it would do, and starts it when someone says yes', async () => {
  const refused = await use(['run', file('batch.json')], { person: true, input: 'n\n' });
  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('Nothing was started.')]);
  expect(texts()).toEqual([]);
  const started = await use(['run', file('batch.json'), '--follow', '--title', 'Two letters'], {
    person: true,
    input: 'y\n',
  });
  expect([started.code, started.out]).toEqual([
    0,
    expect.stringContaining('Two letters: succeeded: 2 of 2 calls'),
  ]);
  expect(started.err).toContain('known when first ended');
  expect(texts()).toEqual(['first', 'after first']);
});

test('rows of a file are sent once by their key, what failed is retried, and the exit code says how it ended', async () => {
  broken = true;
  const args = ['run', '--csv', file('rows.csv'), ...row, '--key', 'order', '--yes', '--follow', '--json'];
  const failed = await use([...args, '--on-failure', 'continue', '--concurrency', '1']);
  expect(failed.code).toBe(3);
  const { id, counts } = JSON.parse(failed.out);
  expect(counts).toMatchObject({ succeeded: 2, failed: 1 });
  expect(texts()).toEqual(['A', 'B', 'C']);
  const shown = await use(['show', id]);
  expect([shown.code, shown.out]).toEqual([0, expect.stringContaining('row_2  send  failed')]);
  broken = false;
  const retried = await use(['retry-failed', id, '--follow']);
  expect([retried.code, texts()]).toEqual([0, ['B']]);
  const again = await use(['retry-failed', id]);
  expect([again.code, again.err]).toEqual([1, expect.stringContaining('Nothing of this batch has failed.')]);
  const list = await use(['list', '--status', 'succeeded', '--limit', '1']);
  expect(list.out).toContain(id);
  expect(JSON.parse((await use(['list', '--json'])).out).length).toBeGreaterThan(0);
});

test('a batch pauses after its sample, is resumed, paused and cancelled', async () => {
  const { code, out } = await use([
    'run',
    '--csv',
    file('rows.csv'),
    ...row,
    '--yes',
    '--follow',
    '--sample',
    '1',
    '--per-minute',
    '600',
    '--json',
  ]);
  const { id, status } = JSON.parse(out);
  expect([code, status]).toEqual([5, 'paused']);
  expect((await use(['resume', id, '--follow'])).code).toBe(0);
  expect(texts()).toEqual(['A', 'B', 'C']);
  const slow = await use(['run', '--csv', file('rows.csv'), ...row, '--yes', '--per-minute', '1']);
  const other = /\(([0-9a-f-]{36})\)/.exec(slow.out)![1]!;
  expect((await use(['pause', other])).out).toContain('paused');
  const cancelled = await use(['cancel', other, '--follow']);
  expect([cancelled.code, cancelled.out]).toEqual([3, expect.stringContaining('cancelled')]);
});

test.each([
  { args: ['run'], words: 'Name a file' },
  { args: ['run', 'x.json', '--csv', 'y.csv'], words: 'Name a file' },
  { args: ['check', 'x.json', '--key', 'a'], words: 'are for --csv' },
  { args: ['check', '--csv', 'y.csv'], words: 'Say by --tool' },
  { args: ['check', '--csv', 'missing.csv', '--tool', 'send'], words: 'cannot be read' },
  { args: ['run', '-', '--yes', '--sample', 'x'], words: 'needs a whole number' },
  { args: ['run', '-'], words: 'Nobody can be asked' },
  { args: ['list', '--limit', '0'], words: 'is no number of batches' },
])('$args is used wrongly', async ({ args, words }) => {
  const yes = args[0] === 'run' && args.length !== 2 && !args.includes('--yes') ? ['--yes'] : [];
  const { code, err } = await use([...args, ...yes], { input: '{}' });
  expect([code, err]).toEqual([64, expect.stringContaining(words)]);
});
