import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('forms of definitions', () => {
  let api: TestApi;
  let acme: TestTenant;
  let provider: ProviderServer;
  let browser: Browser;
  let page: Page;
  let fails = false;

  beforeAll(async () => {
    [browser, provider] = await Promise.all([
      startBrowser(),
      startProvider(({ headers }, response) =>
        fails
          ? sendJson(response, 422, { message: 'Unknown payment.' })
          : sendJson(response, 200, {
              signedIn: headers.authorization !== undefined,
              orders: Array.from({ length: 300 }, (_, id) => ({ id, city: id === 250 ? 'Berlin' : 'Oslo' })),
            }),
      ),
      oneAtATime(buildWeb),
    ]);
    api = await startTestApi({ webDist });
    acme = await api.tenant({ privateHosts: [provider.host] });
    page = await browser.newPage({ baseURL: api.url, viewport: { width: 1360, height: 1000 } });
    page.setDefaultTimeout(60_000);
    await signIn(page, acme);
  });
  afterAll(async () => {
    await browser?.close();
    await api?.close();
    await provider?.close();
  });

  const at = (path: string) => `/t/${acme.slug}${path}`;
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const dialog = () => page.getByRole('dialog').last();
  const inDialog = (name: string) => dialog().getByRole('button', { name });
  const admin: TestTenant['as']['tenant_admin'] = (...request) => acme.as.tenant_admin(...request);

  test('a tool is filled from curl and an example, tested as a draft by keyboard, and published', {
    timeout: 240_000,
  }, async () => {
    await page.goto(at('/tools/new'));
    await button('Paste curl').waitFor();
    // Also from inside of a field: a new tool begins in its title.
    await page.keyboard.press('Control+Shift+U');
    await dialog().getByLabel('Command').fill('wget x');
    await page.keyboard.press('Control+Enter');
    await dialog().getByRole('button', { name: 'Fill the form' }).waitFor({ state: 'detached' });
    await dialog().getByRole('button', { name: 'Read it' }).waitFor();
    await dialog()
      .getByLabel('Command')
      .fill(
        `curl '${provider.url}/orders?limit=5' -H 'Authorization: Bearer tok_from_curl' -d '{"source": "desk"}'`,
      );
    await dialog().getByText('Its secret becomes a credential (Bearer token)').waitFor();
    await look(page, 'forms-curl');
    await page.keyboard.press('Control+Enter');
    await dialog().waitFor({ state: 'detached' });
    expect(await page.getByLabel('URL').inputValue()).toBe(`${provider.url}/orders`);
    expect(await page.locator('body').textContent()).not.toContain('tok_from_curl');

    // Help beside a field opens and closes by keyboard, without a stop of its own for Tab.
    await page.getByLabel('URL').focus();
    await page.keyboard.press('F1');
    await page.getByText('The host is fixed.').waitFor();
    await look(page, 'forms-help');
    await page.keyboard.press('Escape');
    await page.getByText('The host is fixed.').waitFor({ state: 'detached' });
    await page.locator('[data-pointer="/config/url"]').getByRole('button', { name: 'Help' }).click();
    await page.getByText('The host is fixed.').waitFor();
    await page.keyboard.press('Escape');

    await button('From examples').first().click();
    await dialog().getByLabel('Examples').fill('{"amount": 5');
    await page.keyboard.press('Control+Enter');
    await dialog().getByText('The text is not JSON.').waitFor();
    await dialog().getByLabel('Examples').fill('{"amount": 5, "apiKey": "x"} {"amount": 7.5}');
    await page.keyboard.press('Control+Enter');
    await dialog().getByText('These names look like secrets').waitFor();
    await look(page, 'forms-examples');
    await page.keyboard.press('Control+Enter');
    await dialog().waitFor({ state: 'detached' });

    fails = true;
    await page.getByLabel('Title').fill('Read orders');
    await page.keyboard.press('Control+Enter');
    await page.getByText('draft v1').waitFor();
    await page.getByText('This is a test of a draft.').waitFor();
    await button('Execute test').click();
    // Problems are told in the words of the field, and the first one has the focus.
    await page.getByText('amount is required.').waitFor();
    await dialog().getByLabel('amount').fill('5');
    await look(page, 'forms-test-draft');
    await page.keyboard.press('Control+Enter');
    await page.getByText('The test failed: v1 stays a draft.').waitFor();
    const { items } = (await admin('GET', '/api/tools?q=Read')).body;
    expect(items).toMatchObject([{ version: 0, enabled: false, draft: { version: 1 } }]);
    const [{ id }] = items;

    fails = false;
    await page.getByRole('button', { name: 'Execute again' }).click();
    await dialog()
      .getByRole('checkbox')
      .first()
      .check()
      .catch(() => {});
    await page.getByText('The test succeeded. v1 is still a draft.').waitFor();
    await look(page, 'forms-tested');
    await page.getByRole('button', { name: 'Publish v1' }).waitFor();
    await page.keyboard.press('p');
    await inDialog('Publish').waitFor();
    await look(page, 'forms-publish');
    await inDialog('Publish').click();
    await page.getByText('v1 is published').first().waitFor();
    expect((await admin('GET', `/api/tools/${id}`)).body).toMatchObject({ version: 1, draft: null });
    const stored = JSON.stringify((await admin('GET', `/api/tools/${id}/versions`)).body);
    expect(stored).not.toContain('tok_from_curl');

    // A changed tool: the draft is named on its page, and everyone keeps the version before.
    await page.goto(at(`/tools/${id}/edit`));
    await page.getByLabel('Title').fill('Read all orders');
    await page.keyboard.press('Control+Enter');
    await page.getByText('draft v2').waitFor();
    await page.goto(at(`/tools/${id}`));
    await page.getByText('v2 is a draft: only tests call it. Everyone else gets v1.').waitFor();
    await look(page, 'forms-draft-note');
    await page.goto(at(`/tools/${id}/edit`));
    expect(await page.getByLabel('Title').inputValue()).toBe('Read all orders');
    await page.goto(at(`/tools/${id}`));
    await button('Publish').click();
    await inDialog('Publish').click();
    await page.getByText('v2 is published').first().waitFor();

    // A version has an address, is shown whole, and is restored after its diff was seen.
    await page.goto(at(`/tools/${id}/versions/1`));
    await page.getByRole('heading', { name: 'v1', exact: true }).waitFor();
    await page.getByRole('region', { name: 'Definition of v1' }).waitFor();
    await look(page, 'forms-version');
    await button('Restore v1').click();
    await inDialog('Restore as v3').click();
    await page.getByText('v1 restored as v3').first().waitFor();
  });

  test('an output is searched, narrowed and saved by keyboard, on a phone too', {
    timeout: 120_000,
  }, async () => {
    const tool = await admin('POST', '/api/tools', {
      name: 'list_orders',
      type: 'http',
      config: { method: 'POST', url: `${provider.url}/orders` },
    });
    const { body } = await admin('POST', `/api/tools/${tool.body.id}/execute`, { payload: {} });
    await page.goto(at(`/executions/${body.id}`));
    await page.getByRole('region', { name: 'Output' }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('berlin');
    await page.getByText('1 of 1').waitFor();
    await page.getByText('/orders/250/city').first().waitFor();
    await button('Show around it').click();
    await page.getByRole('region', { name: 'Output' }).getByText('"Berlin"').waitFor();
    await look(page, 'forms-search');
    const [saved] = await Promise.all([page.waitForEvent('download'), button('Download this part').click()]);
    expect(saved.suggestedFilename()).toBe('list_orders-output.json');
    expect(JSON.parse(await readFile(await saved.path(), 'utf8'))).toEqual({ id: 250, city: 'Berlin' });
    await button('Show all').click();
    await page.getByLabel('Search in Output').fill('Oslo');
    await page.getByText('1 of 299').waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('2 of 299').waitFor();
    await page.keyboard.press('Shift+Enter');
    await page.getByText('1 of 299').waitFor();
    await page.getByLabel('Show only this path').fill('/nothing');
    await page.getByText('There is nothing at this path.').waitFor();
    await page.setViewportSize({ width: 390, height: 844 });
    await look(page, 'forms-search-phone');
    expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
    await page.setViewportSize({ width: 1360, height: 1000 });
  });

  test('what a policy has said is opened, compared and restored', { timeout: 120_000 }, async () => {
    const policy = { name: 'No refunds', effect: 'deny', tools: { tag: 'refunds' } };
    const { body } = await admin('POST', '/api/policies', policy);
    await admin('PUT', `/api/policies/${body.id}`, { ...policy, effect: 'require_approval' });
    await page.goto(at('/settings/policies'));
    await button('More for No refunds').click();
    await page.getByRole('menuitem', { name: 'Versions' }).click();
    await dialog()
      .getByRole('button', { name: /^v1 .*key/ })
      .click();
    await dialog().getByText('first version').waitFor();
    await dialog().getByRole('region', { name: 'Policy v1' }).getByText('"deny"').waitFor();
    await look(page, 'forms-policy-versions');
    // The comparison has an address, and so has a version.
    expect(new URL(page.url()).searchParams.get('to')).toBe('1');
    await page.goto(at(`/policies/${body.id}/versions/1`));
    await dialog().getByRole('region', { name: 'Policy v1' }).getByText('"deny"').waitFor();
    await dialog().getByRole('button', { name: 'Restore v1' }).click();
    await inDialog('Restore as v3').click();
    await page.getByText('v1 restored as v3').first().waitFor();
    expect((await admin('GET', `/api/policies/${body.id}`)).body).toMatchObject({
      revision: 3,
      effect: 'deny',
    });
  });
});
