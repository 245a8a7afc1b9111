import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { newPerson, newSecrets, respondAs } from '../support/canary.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { type ProviderServer, startProvider } from '../support/provider-server.ts';
import { findSecret } from '../support/secret-scan.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const person = newPerson();
const { apiKeyHeader: key, pin } = newSecrets();

describe('the page of redaction, and what pages show', () => {
  let api: TestApi;
  let acme: TestTenant;
  let browser: Browser;
  let page: Page;
  let provider: ProviderServer;

  beforeAll(async () => {
    provider = await startProvider((request, response) =>
      respondAs(request, response, [key, pin, ...Object.values(person)]),
    );
    [browser] = await Promise.all([startBrowser(), oneAtATime(buildWeb)]);
    api = await startTestApi({ webDist });
    acme = await api.tenant({ privateHosts: [provider.host] });
    page = await browser.newPage({ baseURL: api.url, viewport: { width: 1360, height: 900 } });
    page.setDefaultTimeout(30_000);
    await signIn(page, acme);
  });
  afterAll(async () => {
    await browser?.close();
    await api?.close();
    await provider?.close();
  });

  const rest = async (method: string, path: string, body?: unknown) => {
    const response = await acme.as.tenant_admin(method, path, body);
    expect(response.status, `${path} ${JSON.stringify(response.body)}`).toBeLessThan(600);
    return response.body;
  };

  test('an administrator tries a text, chooses, lets a tool differ, and saves', async () => {
    await rest('POST', '/api/tools', { name: 'notify', title: 'Notify a customer', type: 'dummy' });
    await page.goto(`/t/${acme.slug}/settings/redaction`);
    await page.getByRole('combobox', { name: 'Email address' }).selectOption('Mask');
    await page.getByText('[redacted:email:a…@example.com]').waitFor();
    await page.getByLabel('Try a text or JSON').fill(`{"to": "${person.email}", "card": "${person.card}"}`);
    await page.getByRole('button', { name: 'Try' }).click();
    const found = page.getByRole('list', { name: 'Found' });
    await found.getByText('Email address').waitFor();
    expect(await found.getByRole('listitem').count()).toBe(1);
    for (const kind of ['Phone number', 'Card number', 'IBAN', 'National ID', 'IP address'])
      await page.getByRole('combobox', { name: kind }).selectOption('Drop');
    await page.getByRole('combobox', { name: 'Tool' }).selectOption('Notify a customer');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByLabel('Note').fill('Support tells customers apart by their address.');
    await look(page, 'redaction-settings');
    await page.getByRole('button', { name: 'Save' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Redaction saved').waitFor();
    const settings = await rest('GET', '/api/settings/redaction');
    expect(settings).toMatchObject({ kinds: { email: 'mask', card: 'drop', name: 'off' }, revision: 1 });
    expect(settings.tools).toMatchObject([{ kinds: { email: 'off' } }]);
  });

  test('what someone else saved meanwhile is not lost unseen', async () => {
    await page.getByRole('combobox', { name: 'Name' }).selectOption('Hash');
    const { kinds, note } = await rest('GET', '/api/settings/redaction');
    await rest('PUT', '/api/settings/redaction', { kinds: { ...kinds, address: 'drop' }, note });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Save again to replace their choices').waitFor();
    await page.getByRole('button', { name: 'Discard changes' }).click();
    await page.getByRole('combobox', { name: 'Name' }).selectOption('Hash');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText(/Changed by Ana Admin/).waitFor();
    expect((await rest('GET', '/api/settings/redaction')).kinds).toMatchObject({
      name: 'hash',
      address: 'drop',
    });
    await page.setViewportSize({ width: 390, height: 800 });
    await page.reload();
    await page.getByRole('combobox', { name: 'Name' }).waitFor();
    await look(page, 'redaction-settings-narrow');
    const overflow = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width: 1360, height: 900 });
  });

  test('no page shows a secret or personal data of an execution', async () => {
    const tool = await rest('POST', '/api/tools', {
      name: 'echo',
      title: 'Echo',
      type: 'http',
      retry: { maxAttempts: 1 },
      inputSchema: {
        type: 'object',
        properties: {
          pin: { type: 'string', writeOnly: true },
          name: { type: 'string', 'x-pii': 'name' },
          mode: { type: 'string' },
        },
      },
      auth: { type: 'api_key', in: 'header', name: 'x-api-key', value: key },
      config: { method: 'POST', url: `${provider.url}/as/{mode}` },
    });
    const opened = await rest('POST', '/api/exceptions', { title: 'Stuck', description: `Uses ${key}` });
    await rest('POST', `/api/exceptions/${opened.id}/comments`, { body: `The key is ${key}` });
    const executions: string[] = [];
    for (const mode of ['ok', 'refuse', 'html']) {
      const execution = await rest('POST', `/api/tools/${tool.id}/execute`, {
        payload: { mode, pin, ...person },
        exceptionId: opened.id,
      });
      executions.push(execution.id);
    }
    const places: Record<string, string> = {};
    const base = `/t/${acme.slug}`;
    const pages: [path: string, shows: string][] = [
      ['/executions', 'Echo'],
      ...executions.map((id): [string, string] => [`/executions/${id}`, 'redacted']),
      ['/exceptions', 'Stuck'],
      [`/exceptions/${opened.id}`, 'The key is'],
      [`/tools/${tool.id}`, 'Echo'],
      [`/tools/${tool.id}/run`, 'Echo'],
    ];
    for (const [path, shows] of pages) {
      await page.goto(base + path);
      await page.locator('main').filter({ hasText: shows }).waitFor();
      const more = page.getByRole('button', { name: /^Show all/ });
      // Each goes when it is pressed.
      while ((await more.count()) > 0) await more.first().click();
      places[path] = `${await page.content()} ${await page.locator('body').textContent()}`;
    }
    expect(places[`/executions/${executions[0]}`]).toContain('redacted');
    await page.goto(`${base}/executions/${executions[1]}`);
    await page.getByText('redacted').first().waitFor();
    await look(page, 'redacted-execution');
    const finds = Object.entries({ key, pin, ...person }).flatMap(([name, value]) =>
      findSecret(places, value).map((place) => `${name} in ${place}`),
    );
    expect(finds).toEqual([]);
  });
});
