import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const suite = '@modelcontextprotocol/conformance@0.1.16';
/**
 * Those that the door has a part in. The others ask for what it does not offer: images, logging, sampling, elicitation,
 * completion, subscriptions to one resource, and resources and prompts of the suite's own server.
 */
const scenarios = [
  'server-initialize',
  'ping',
  'tools-list',
  'tools-call-simple-text',
  'tools-call-error',
  'tools-call-with-progress',
  'server-sse-multiple-streams',
  'resources-list',
  'prompts-list',
  'dns-rebinding-protection',
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
    { name: 'test_tool_with_progress', config: { delayMs: 12_000, response: 'done' }, timeoutMs: 30_000 },
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

test.each(scenarios)('the official suite: %s', async (scenario) => {
  const args = ['--yes', suite, 'server', '--url', url, '--scenario', scenario];
  const child = spawn('npx', args, { cwd: mkdtempSync(join(tmpdir(), 'interlock-conformance-')) });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (piece: Buffer) => {
      output += piece.toString();
    });
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect(code, output).toBe(0);
  expect(output).toMatch(/Passed: [1-9]/);
});
