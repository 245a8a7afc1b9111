import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const person = {
  email: 'ana.sousa@example.com',
  card: '4111 1111 1111 1111',
  name: 'Ana Sousa',
  iban: 'DE89 3704 0044 0532 0130 00',
};

describe('personal data', () => {
  let api: TestApi;
  let acme: TestTenant;
  let provider: ProviderServer;
  let toolId: string;

  beforeAll(async () => {
    provider = await startProvider((request, response) => {
      const body = request.body === '' ? {} : JSON.parse(request.body);
      const status = Number(body.status ?? 200);
      sendJson(
        response,
        status,
        status < 400
          ? { echo: body, said: `Sent to ${body.email} as ${encodeURIComponent(body.name ?? '')}` }
          : { message: `${body.email} is blocked` },
        { 'x-for': encodeURIComponent(String(body.email)) },
      );
    });
    api = await startTestApi();
    acme = await api.tenant({ privateHosts: [provider.host] });
    const created = await acme.as.tool_admin('POST', '/api/tools', {
      name: 'notify',
      type: 'http',
      retry: { maxAttempts: 1 },
      inputSchema: {
        type: 'object',
        properties: {
          name: { type: 'string', 'x-pii': 'name' },
          pin: { type: 'string', writeOnly: true },
          reference: { type: 'string', 'x-pii': false },
        },
      },
      config: { method: 'POST', url: `${provider.url}/notify` },
    });
    expect(created.status).toBe(201);
    toolId = created.body.id;
  });
  afterAll(async () => {
    await api?.close();
    await provider?.close();
  });

  const choose = (kinds: object, more: object = {}, ifMatch?: string) =>
    acme.as.tenant_admin(
      'PUT',
      '/api/settings/redaction',
      { kinds, ...more },
      ifMatch ? { 'if-match': ifMatch } : {},
    );
  const run = async (payload: object) => {
    const { body } = await acme.as.operator('POST', `/api/tools/${toolId}/execute`, { payload });
    return body;
  };

  test('without a choice everything is as it was sent', async () => {
    const { body } = await acme.as.viewer('GET', '/api/settings/redaction');
    expect(body).toMatchObject({ kinds: { email: 'off', card: 'off' }, revision: 0, changedBy: null });
    const execution = await run({ email: person.email, name: person.name });
    expect(execution.output.echo).toEqual({ email: person.email, name: person.name });
  });

  test('the provider gets clear values; what is stored and shown is as chosen, from the next execution on', async () => {
    const saved = await choose(
      { email: 'mask', card: 'drop', name: 'mask', iban: 'hash' },
      { note: 'GDPR' },
      '"0"',
    );
    expect(saved).toMatchObject({
      status: 200,
      body: { revision: 1, note: 'GDPR', changedBy: { type: 'api_key' } },
    });
    const payload = {
      ...person,
      pin: '4111111111111111',
      reference: '5555555555554444',
      text: `Card ${person.card} of ${person.name}`,
      amount: 12.5,
    };
    const execution = await run(payload);
    expect(JSON.parse(provider.requests.at(-1)!.body)).toEqual(payload);
    expect(execution.status).toBe('succeeded');
    expect(execution.input).toEqual({
      email: '[redacted:email:a…@example.com]',
      card: '[redacted:card]',
      name: '[redacted:name:A…S…]',
      iban: expect.stringMatching(/^\[redacted:iban#[a-p]{20}\]$/),
      pin: '[redacted]',
      reference: '5555555555554444',
      // The card is the number that was given as a secret too, and what is secret wins.
      text: 'Card [redacted:card] of [redacted]',
      amount: 12.5,
    });
    const text = JSON.stringify(execution);
    for (const value of [person.email, person.name, person.card, 'Ana%20Sousa', 'ana.sousa'])
      expect(text).not.toContain(value);
    expect(execution.output.said).toBe('Sent to [redacted:email:a…@example.com] as [redacted]');
    expect(execution.attempts[0].response.headers['x-for']).toContain('[redacted');
    const again = await run({ iban: person.iban.replaceAll(' ', '').toLowerCase() });
    expect(again.input.iban).toBe(execution.input.iban);
  });

  test('a message of a provider, a preview and the log of a failure are redacted too', async () => {
    const failed = await run({ email: person.email, status: 422 });
    expect(failed.failure.message).toContain('[redacted:email:a…@example.com] is blocked');
    const preview = await acme.as.operator('POST', `/api/tools/${toolId}/preview`, {
      payload: { email: person.email },
    });
    expect(preview.body.request.body).toEqual({ email: '[redacted:email:a…@example.com]' });
    const events = await acme.as.viewer('GET', '/api/events?limit=100');
    expect(JSON.stringify([failed, events.body])).not.toContain(person.email);
  });

  test('a tool may differ from the tenant', async () => {
    await choose({ email: 'mask' }, { tools: [{ toolId, kinds: { email: 'off', card: 'mask' } }] });
    const execution = await run({ email: person.email, card: person.card });
    expect(execution.input).toEqual({ email: person.email, card: '[redacted:card:…1111]' });
    expect(
      await choose({}, { tools: [{ toolId: '018f6c1e-7b2a-7cc3-98a1-1234567890ab', kinds: {} }] }),
    ).toMatchObject({
      status: 422,
      body: { error: { issues: [{ path: '/tools/0/toolId' }] } },
    });
  });

  test('of two changes at once, the later one learns of the first; each is an event', async () => {
    const { body, headers } = await acme.as.viewer('GET', '/api/settings/redaction');
    const tag = headers.get('etag')!;
    expect((await choose({ email: 'hash' }, {}, tag)).status).toBe(200);
    const stale = await choose({ email: 'drop' }, {}, tag);
    expect(stale).toMatchObject({
      status: 412,
      body: { error: { details: { current: { revision: body.revision + 1 } } } },
    });
    const events = await acme.as.viewer('GET', '/api/events?type=RedactionSettingsChanged');
    expect(events.body.items[0]).toMatchObject({
      subjectId: 'redaction',
      data: { kinds: { email: 'hash' } },
    });
  });

  test('what was stored of a value is never sent in its place', async () => {
    await choose({ email: 'mask' });
    const { id, input } = await run({ email: person.email });
    const sent = provider.requests.length;
    const response = await acme.as.operator('POST', `/api/tools/${toolId}/execute`, { payload: input });
    expect(response).toMatchObject({ status: 422, body: { error: { issues: [{ path: '/email' }] } } });
    const rerun = await acme.as.operator('POST', `/api/tools/executions/${id}/rerun`, {});
    expect(rerun).toMatchObject({ status: 422, body: { error: { issues: [{ path: '/email' }] } } });
    expect(provider.requests).toHaveLength(sent);
  });

  test('a search for a value finds what has its hash, and nothing of another value', async () => {
    await choose({ email: 'hash' });
    const { id } = await run({ email: 'Found.Again@example.com' });
    const search = async (q: string) => {
      const { body } = await acme.as.viewer('GET', `/api/tools/executions?q=${encodeURIComponent(q)}`);
      return body.items.map((item: { id: string }) => item.id);
    };
    expect(await search('found.again@example.com')).toEqual([id]);
    expect(await search('notify found.again@example.com')).toEqual([id]);
    expect(await search('lost.again@example.com')).toEqual([]);
  });

  test('a text can be tried with choices that are not saved', async () => {
    const { status, body } = await acme.as.tenant_admin('POST', '/api/redaction/try', {
      value: { note: `Write to ${person.email}`, list: [person.card, 7] },
      kinds: { email: 'mask', card: 'drop' },
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      value: { note: 'Write to [redacted:email:a…@example.com]', list: ['[redacted:card]', 7] },
      found: [
        { path: '/note', kind: 'email', shown: '[redacted:email:a…@example.com]' },
        { path: '/list/0', kind: 'card', shown: '[redacted:card]' },
      ],
    });
    expect((await acme.as.tool_admin('POST', '/api/redaction/try', { value: 'x' })).status).toBe(403);
  });
});
