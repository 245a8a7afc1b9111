import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { complete, publishPlaybook, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { type ApiResponse, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

/** More than the limit, also while it refills. */
const wrongPins = Array.from({ length: 300 }, (_, index) => String(1000 + index));
const perMinute = 120;

/** How many of `responses` told something, and how many may have: the limit, and what it got back meanwhile. */
async function judged(send: () => Promise<ApiResponse[]>) {
  const from = performance.now();
  const responses = await send();
  const refilled = ((performance.now() - from) * perMinute) / 60_000;
  // A busy server says nothing either.
  const refused = responses.filter(({ status }) => status === 429 || status === 503);
  return { refused, told: responses.length - refused.length, allowed: perMinute + Math.ceil(refilled) };
}

describe('guessing the hidden values of a preview', () => {
  let api: TestApi;
  let acme: TestTenant;
  let globex: TestTenant;
  let provider: ProviderServer;
  let tool: string;

  beforeAll(async () => {
    provider = await startProvider((_request, response) => sendJson(response, 200, { ok: true }));
    api = await startTestApi();
    [acme, globex] = await Promise.all([
      api.tenant({ privateHosts: [provider.host] }),
      api.tenant({ privateHosts: [provider.host] }),
    ]);
    tool = await create('unlock');
  });
  afterAll(async () => {
    await api?.close();
    await provider?.close();
  });

  const create = async (name: string): Promise<string> => {
    const created = await acme.as.tool_admin('POST', '/api/tools', {
      name,
      type: 'http',
      inputSchema: {
        type: 'object',
        required: ['pin'],
        properties: { pin: { type: 'string', writeOnly: true }, note: { type: 'string' } },
      },
      config: { method: 'POST', url: `${provider.url}/unlock` },
    });
    return created.body.id;
  };
  const preview = (id: string, payload: unknown, by = acme) =>
    by.as.operator('POST', `/api/tools/${id}/preview`, { payload });

  test('two previews of the same payload have different digests, and each of them binds its execution', async () => {
    const [first, second, other] = [
      await preview(tool, { pin: '4711' }),
      await preview(tool, { pin: '4711' }),
      await preview(tool, { pin: '4712' }),
    ];
    expect(new Set([first, second, other].map(({ body }) => body.digest)).size).toBe(3);
    const execute = (pin: string, previewDigest: string) =>
      acme.as.operator('POST', `/api/tools/${tool}/execute`, { payload: { pin }, previewDigest });
    expect((await execute('4712', first.body.digest)).body.error.code).toBe('preview_changed');
    expect((await execute('4711', `${'0'.repeat(32)}${first.body.digest.slice(32)}`)).body.error.code).toBe(
      'preview_changed',
    );
    expect((await execute('4711', first.body.digest)).body.status).toBe('succeeded');
    expect((await execute('4711', second.body.digest)).body.status).toBe('succeeded');
    expect(provider.requests.map(({ body }) => JSON.parse(body))).toEqual([{ pin: '4711' }, { pin: '4711' }]);
  });

  test('previews are limited for each person and tool, and so are executions that try a digest', async () => {
    const limited = await create('limited');
    const other = await create('other');
    const { digest } = (await preview(limited, { pin: '4711' })).body;
    const guess = (pin: string) =>
      acme.as.operator('POST', `/api/tools/${limited}/execute`, {
        payload: { pin },
        previewDigest: digest,
      });
    // The right value comes last, and as often: a limit that lets it through would tell it.
    const pins = [...wrongPins, ...wrongPins.map(() => '4711')];
    const { refused, told, allowed } = await judged(() => Promise.all(pins.map(guess)));
    expect(told).toBeLessThanOrEqual(allowed);
    const refusal = refused.find(({ status }) => status === 429)!;
    expect(refusal.body.error.code).toBe('rate_limited');
    expect(Number(refusal.headers.get('retry-after'))).toBeGreaterThan(0);

    const previews = await Promise.all(Array.from({ length: 300 }, () => preview(limited, { pin: '1' })));
    expect(previews.some(({ status }) => status === 429)).toBe(true);
    expect((await preview(other, { pin: '1' })).status).toBe(200);
    const admin = await acme.as.tool_admin('POST', `/api/tools/${limited}/preview`, {
      payload: { pin: '1' },
    });
    expect(admin.status).toBe(200);
  });

  test('the hidden input of a step is found neither by previews of the tool nor by completing with guesses', async () => {
    const playbook = await publishPlaybook(acme.as.tool_admin, {
      name: 'unlock_later',
      steps: [{ id: 'unlock', type: 'call_tool', title: 'Unlock', tool: 'unlock', input: { pin: '4711' } }],
    });
    const { operator } = acme.as;
    const runId = await startRun(operator, playbook);
    const step = await stepWhen(operator, runId, 'unlock', 'waiting');
    expect(step.input).toEqual({ pin: '[redacted]' });
    const path = `/api/playbook-runs/${runId}/steps/unlock/preview`;
    const { digest } = (await operator('POST', path, {})).body;
    expect((await operator('POST', path, {})).body.digest).not.toBe(digest);
    expect((await preview(tool, { pin: '4711' })).body.digest).not.toBe(digest);

    const guess = (pin: string) =>
      complete(operator, runId, 'unlock', { input: { pin }, previewDigest: digest });
    const { told, allowed } = await judged(() => Promise.all(wrongPins.map(guess)));
    expect(told).toBeLessThanOrEqual(allowed);
    const previews = await Promise.all(Array.from({ length: 300 }, () => operator('POST', path, {})));
    expect(previews.some(({ status }) => status === 429)).toBe(true);
    // Who does not guess is not stopped.
    expect((await complete(operator, runId, 'unlock', {})).status).toBe(200);
  });

  test('the digest of a global tool is worth nothing in another organization', async () => {
    const created = await acme.as.platform_admin('POST', '/api/tools', {
      name: `global_unlock_${Date.now()}`,
      type: 'http',
      scope: 'global',
      inputSchema: { type: 'object', properties: { pin: { type: 'string', writeOnly: true } } },
      config: { method: 'POST', url: `${provider.url}/global` },
    });
    expect(created.status).toBe(201);
    const { digest } = (await preview(created.body.id, { pin: '4711' })).body;
    const body = { payload: { pin: '4711' }, previewDigest: digest };
    const path = `/api/tools/${created.body.id}/execute`;
    expect((await globex.as.operator('POST', path, body)).body.error.code).toBe('preview_changed');
    expect((await acme.as.operator('POST', path, body)).body.status).toBe('succeeded');
  });
});
