import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { look, startBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { freshFolder, type Product, removeFolder, startProduct } from '../support/product.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';

describe('running an execution again, in a browser', () => {
  let dir: string;
  let product: Product;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let provider: ProviderServer;
  let refund: string;
  const complaints: string[] = [];

  beforeAll(async () => {
    dir = await freshFolder();
    [product, browser, provider] = await Promise.all([startProduct(dir), startBrowser(), startProvider()]);
    const { privateHosts } = await rest('GET', '/api/settings/egress');
    await rest('PUT', '/api/settings/egress', { privateHosts: [...privateHosts, provider.host] });
    const inputSchema = {
      type: 'object',
      required: ['paymentId'],
      properties: { paymentId: { type: 'string', title: 'Payment' } },
    };
    refund = (
      await rest('POST', '/api/tools', {
        name: 'refund_once',
        title: 'Refund once',
        type: 'http',
        inputSchema,
        config: {
          method: 'POST',
          url: `${provider.url}/payments/{paymentId}/refunds`,
          body: { reason: 'requested' },
        },
      })
    ).id;
    await rest('POST', '/api/tools', {
      name: 'find_refunds',
      title: 'Find refunds',
      type: 'http',
      inputSchema,
      config: { method: 'GET', url: `${provider.url}/payments/{paymentId}/refunds` },
    });
    context = await browser.newContext({
      viewport: { width: 1360, height: 850 },
      baseURL: product.dev.webUrl,
    });
    page = await context.newPage();
    page.setDefaultTimeout(15_000);
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto('/t/acme/executions');
    await page.getByLabel('Email').fill('ana@acme.test');
    await page.getByLabel('Password').fill(product.dev.users[0]!.password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Executions' }).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
    await provider?.close();
    removeFolder(dir);
  });
  beforeEach(() => {
    provider.requests.length = 0;
    provider.respond = (request, response) =>
      sendJson(response, 200, request.method === 'GET' ? { refunds: [] } : { refundId: 're_123' });
  });

  // biome-ignore lint/suspicious/noExplicitAny: tests read responses of many shapes
  async function rest(method: string, path: string, body?: unknown): Promise<any> {
    const response = await fetch(product.dev.apiUrl + path, {
      method,
      headers: {
        authorization: `Bearer ${product.dev.apiKeys.acme}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const json = await response.json();
    if (json.error) throw new Error(`${method} ${path}: ${JSON.stringify(json.error)}`);
    return json;
  }
  const execute = async () =>
    rest('POST', `/api/tools/${refund}/execute`, { payload: { paymentId: 'pay_1' } });
  const refunds = () => provider.requests.filter((request) => request.method === 'POST');
  /** Opens the page of an execution and waits until it can be acted on. */
  async function open(id: string): Promise<void> {
    await page.goto(`/t/acme/executions/${id}`);
    await page.getByRole('heading', { name: 'Attempts' }).waitFor();
  }
  /** Holds a key down, as a person does who leans on it: the browser repeats it about 30 times a second. */
  async function hold(key: string, ms: number): Promise<void> {
    const end = Date.now() + ms;
    while (Date.now() < end) {
      await page.keyboard.down(key);
      await page.waitForTimeout(33);
    }
    await page.keyboard.up(key);
  }
  const sheet = () => page.getByRole('dialog');
  const earlier = () => sheet().getByRole('region', { name: 'Earlier execution' });
  const again = () => sheet().getByRole('button', { name: /Execute again/ });

  test('holding R on a succeeded refund sends nothing: it opens the sheet, with what the first one did', async () => {
    const { id } = await execute();
    await open(id);
    await page.getByRole('button', { name: /Run again/ }).waitFor();
    await hold('r', 2000);
    await page.waitForURL(new RegExp(`/run\\?.*rerun=${id}`));
    await earlier()
      .getByText(/Refund once succeeded .* ago, by .*: re_123\./)
      .waitFor();
    await earlier().getByText('Running it again sends it again.').waitFor();
    expect(await sheet().count()).toBe(1);
    expect(
      await sheet()
        .getByLabel(/^Payment/)
        .inputValue(),
    ).toBe('pay_1');
    await look(page, '70-run-again');
    expect(refunds()).toHaveLength(1);
    // One step back is the execution: the sheet was opened once.
    await page.goBack();
    await page.waitForURL(new RegExp(`/executions/${id}`));
  });

  test('two presses and two clicks send nothing either', async () => {
    const { id } = await execute();
    await open(id);
    const button = page.getByRole('button', { name: /Run again/ });
    await button.waitFor();
    await page.keyboard.press('r');
    await page.waitForTimeout(500);
    await page.keyboard.press('r');
    await earlier().waitFor();
    await open(id);
    await button.dblclick();
    await earlier().waitFor();
    expect(refunds()).toHaveLength(1);
  });

  test('what someone typed for a new execution stays, and so does what they change for the one that runs again', async () => {
    const { id } = await execute();
    const payment = () => sheet().getByLabel(/^Payment/);
    const kept = (text: string) =>
      eventually(async () =>
        String(await page.evaluate('JSON.stringify({ ...sessionStorage })')).includes(text),
      );
    await page.goto(`/t/acme/tools/${refund}/run`);
    await payment().fill('pay_typed');
    await kept('pay_typed');
    await open(id);
    await page.keyboard.press('r');
    await earlier().waitFor();
    await eventually(async () => (await payment().inputValue()) === 'pay_1');
    await payment().fill('pay_changed');
    await kept('pay_changed');
    await page.reload();
    await earlier().waitFor();
    expect(await payment().inputValue()).toBe('pay_changed');
    await page.goto(`/t/acme/tools/${refund}/run`);
    await payment().waitFor();
    expect(await payment().inputValue()).toBe('pay_typed');
    await sheet().getByRole('button', { name: 'Reset' }).click();
    expect(refunds()).toHaveLength(1);
  });

  test('an unsafe call is sent again only when a person confirms it, and the two are linked', async () => {
    const { id } = await execute();
    await open(id);
    await page.keyboard.press('r');
    await earlier().waitFor();
    const confirm = sheet().getByRole('checkbox', { name: 'Send it again' });
    // The focus is not on what confirms, and what just appeared confirms nothing.
    expect(await page.evaluate('document.activeElement.id')).not.toBe('run-confirm');
    await again().click();
    await sheet().getByText('Nothing was sent. Confirm it above first.').waitFor();
    await page.keyboard.press('Control+Enter');
    expect(refunds()).toHaveLength(1);
    await page.locator('#run-confirm:not([aria-disabled])').waitFor();
    await confirm.check();
    await again().click();
    await sheet()
      .getByRole('region', { name: 'Execution', exact: true })
      .getByText(/^Succeeded$/)
      .waitFor();
    expect(refunds()).toHaveLength(2);
    // The same holds for the execution that the sheet has just made.
    await earlier().waitFor();
    await again().click();
    await sheet().getByText('Nothing was sent. Confirm it above first.').waitFor();
    await look(page, '71-run-again-confirm');
    expect(refunds()).toHaveLength(2);
    const { reruns } = await rest('GET', `/api/tools/executions/${id}`);
    expect(reruns).toHaveLength(1);
  });

  test('a refused call says why, where the person looks, and shows what was sent and received', async () => {
    provider.respond = (_request, response) =>
      sendJson(
        response,
        422,
        { error: { code: 'card_expired', message: 'Card expired' } },
        { 'x-request-id': 'r-7' },
      );
    const { id } = await execute();
    await page.goto('/t/acme/executions');
    await page.getByRole('row').filter({ hasText: 'The provider refused: Card expired.' }).first().waitFor();
    await open(id);
    await page
      .getByText(`The provider refused: Card expired. ${provider.host} returned 422.`)
      .first()
      .waitFor();
    const attempts = page.getByRole('table', { name: 'Attempts' });
    await attempts.getByText(`${provider.url}/payments/pay_1/refunds`).waitFor();
    await attempts.getByText('HTTP 422').waitFor();
    await attempts.getByText('r-7').waitFor();
    await look(page, '72-execution-reason');
    // It did not happen: running it again needs no confirmation.
    await page.keyboard.press('r');
    await earlier().getByText('Running it again is safe.').waitFor();
    expect(await sheet().getByRole('checkbox', { name: 'Send it again' }).count()).toBe(0);
  });

  test('an unknown outcome is settled, not run again: a check in place, then the decision', async () => {
    provider.respond = (request, response) =>
      request.method === 'GET' ? sendJson(response, 200, { refunds: [] }) : response.destroy();
    const { id } = await execute();
    await open(id);
    await page.getByRole('button', { name: /Settle/ }).waitFor();
    expect(await page.getByRole('button', { name: /Run again/ }).count()).toBe(0);
    await hold('r', 500);
    expect(page.url()).toContain(`/executions/${id}`);
    // A link to the sheet does not help either.
    await page.goto(`/t/acme/tools/${refund}/run?rerun=${id}`);
    await sheet().getByText('The outcome is unknown. Settle it before you run it again.').waitFor();
    expect(await again().isDisabled()).toBe(true);

    await open(id);
    await page.keyboard.press('s');
    const check = sheet().getByRole('region', { name: 'Check with the provider' });
    expect(await check.getByLabel(/^Payment/).inputValue()).toBe('pay_1');
    await check.getByRole('button', { name: 'Check' }).click();
    await check.getByRole('region', { name: 'Result of the check' }).waitFor();
    await sheet()
      .getByRole('radio', { name: /Mark as not done/ })
      .check();
    await sheet()
      .getByLabel(/How do you know/)
      .fill('There are no refunds.');
    await look(page, '73-settle');
    await page.locator('button:not([aria-disabled])', { hasText: 'Mark as not done' }).click();
    await page.getByText('Marked as not done by Ana Almeida').first().waitFor();
    await page.getByText('There are no refunds.').waitFor();
    await page.getByRole('button', { name: /Run again/ }).waitFor();
    await look(page, '74-settled');
    expect(refunds()).toHaveLength(1);
    expect(await rest('GET', `/api/tools/executions/${id}`)).toMatchObject({
      status: 'failed',
      settlement: { happened: false, by: { name: 'Ana Almeida' } },
    });
    expect(complaints).toEqual([]);
  });
});
