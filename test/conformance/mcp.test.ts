import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';
import { run } from './run-program.ts';

/** The official suite, by the revisions that it is for. */
const suites = { '2025-11-25': '0.1.16', '2026-07-28': '0.2.0-alpha.12' };
/**
 * Those that the door has a part in. The others ask for what it does not offer: images, logging, sampling, elicitation,
 * completion, subscriptions to one resource, and resources and prompts of the suite's own server.
 */
const scenarios: [revision: keyof typeof suites, name: string][] = [
  ['2025-11-25', 'server-initialize'],
  ['2025-11-25', 'ping'],
  ['2025-11-25', 'tools-list'],
  ['2025-11-25', 'tools-call-simple-text'],
  ['2025-11-25', 'tools-call-error'],
  ['2025-11-25', 'tools-call-with-progress'],
  ['2025-11-25', 'server-sse-multiple-streams'],
  ['2025-11-25', 'resources-list'],
  ['2025-11-25', 'prompts-list'],
  ['2025-11-25', 'dns-rebinding-protection'],
  ['2026-07-28', 'server-stateless'],
  ['2026-07-28', 'tools-list'],
  ['2026-07-28', 'tools-call-simple-text'],
  ['2026-07-28', 'tools-call-error'],
  ['2026-07-28', 'tools-call-with-progress'],
  ['2026-07-28', 'resources-list'],
  ['2026-07-28', 'sep-2164-resource-not-found'],
  ['2026-07-28', 'prompts-list'],
  ['2026-07-28', 'dns-rebinding-protection'],
  ['2026-07-28', 'caching'],
  ['2026-07-28', 'http-header-validation'],
];

let api: TestApi;
let acme: TestTenant;
let withKey: Server;
let url: string;

beforeAll(async () => {
  api = await startTestApi();
  acme = await api.tenant();
  const tools = [
    { name: 'test_simple_text', config: { response: 'This is a simple text response for testing.' } },
    {
      name: 'test_error_handling',
      config: { failure: { message: 'This tool intentionally returns an error for testing' } },
      retry: { maxAttempts: 1 },
    },
    { name: 'test_tool_with_progress', config: { delayMs: 7_500, response: 'done' }, timeoutMs: 30_000 },
  ];
  for (const tool of tools) {
    const { status, body } = await acme.as.tenant_admin('POST', '/api/tools', { type: 'dummy', ...tool });
    expect(status, JSON.stringify(body)).toBe(201);
  }
  // The suite sends no credential: this adds the key, and leaves everything else as it is.
  withKey = createServer((received, response) => {
    const headers = { ...received.headers, authorization: `Bearer ${acme.keys.operator}` };
    const sent = request(
      new URL(received.url ?? '/', api.url),
      { method: received.method, headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    sent.on('error', () => response.destroy());
    response.on('close', () => sent.destroy());
    received.pipe(sent);
  });
  await new Promise<void>((resolve) => withKey.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(withKey.address() as AddressInfo).port}/mcp`;
});
afterAll(async () => {
  withKey.closeAllConnections();
  withKey.close();
  await api.close();
});

test.each(scenarios)('the official suite of %s: %s', async (revision, scenario) => {
  const suite = `@modelcontextprotocol/conformance@${suites[revision]}`;
  const output = await run([
    suite,
    'server',
    '--url',
    url,
    '--scenario',
    scenario,
    '--spec-version',
    revision,
  ]);
  const errors = [...output.matchAll(/^ +Error: (.*)$/gm)].map(([, message]) => message);
  // Of its own server.
  const missing = /^Not testable: server does not list the diagnostic tool/;
  expect(
    errors.filter((message) => !missing.test(message ?? '')),
    output,
  ).toEqual([]);
  expect(output).toMatch(/Passed: [1-9]/);
});

test('the official inspector lists tools with a key, and calls one', async () => {
  const inspect = (...more: string[]) =>
    run([
      '@modelcontextprotocol/inspector@2.12.0',
      '--cli',
      '--server-url',
      `${api.url}/mcp`,
      '--transport',
      'http',
      '--header',
      `Authorization: Bearer ${acme.keys.operator}`,
      ...more,
    ]);
  expect(await inspect('--method', 'tools/list')).toContain('"test_simple_text"');
  const called = await inspect('--method', 'tools/call', '--tool-name', 'test_simple_text');
  expect(called).toContain('This is a simple text response for testing.');
});
