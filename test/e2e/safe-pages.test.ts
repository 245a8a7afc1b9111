import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { look, startBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { freshFolder, type Product, removeFolder, startProduct } from '../support/product.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';

let dir: string;
let product: Product;
let browser: Browser;

beforeAll(async () => {
  dir = await freshFolder({ pages: 'built' });
  [product, browser] = await Promise.all([startProduct(dir), startBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
  removeFolder(dir);
});

describe('an approval on its page', () => {
  async function signIn(email: string): Promise<Page> {
    const viewport = { width: 1360, height: 900 };
    const page = await (await browser.newContext({ viewport, baseURL: product.dev.webUrl })).newPage();
    page.setDefaultTimeout(15_000);
    await page.goto('/sign-in');
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password').fill(product.dev.users[0]!.password);
    await page.keyboard.press('Enter');
    await page.getByRole('navigation', { name: 'Main' }).waitFor();
    return page;
  }

  const rest = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(product.dev.apiUrl + path, {
      method,
      headers: {
        authorization: `Bearer ${product.dev.apiKeys.acme}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return response.json();
  };

  test('shows the exact request, and a request that changed meanwhile is shown before it can be approved', async () => {
    const q = encodeURIComponent('Sanctions: possible match for Tomás Herrera');
    const { items } = await rest('GET', `/api/exceptions?limit=1&q=${q}`);
    const { id, attributes } = await rest('GET', `/api/exceptions/${items[0].id}`);
    const runs = await rest('GET', `/api/playbook-runs?exceptionId=${id}`);
    const reviewed = await rest('POST', `/api/playbook-runs/${runs.items[0].id}/steps/review/complete`, {
      input: { finding: 'other_person', evidence: 'Date of birth and passport number differ.' },
    });
    expect(reviewed).toMatchObject({ status: 'completed' });
    const carla = await signIn('carla@acme.test');
    await carla.goto(`/t/acme/exceptions/${id}`);
    const step = carla.getByRole('region', { name: 'Approve the release', exact: true });
    const request = step.getByRole('region', { name: 'Request of Release the customer', exact: true });
    await request.getByText(String(attributes.customerId)).first().waitFor();
    await look(carla, '39-approval-request');

    const others = (await rest('GET', '/api/exceptions?domain=compliance&limit=50')).items;
    const details = await Promise.all(
      others.map((each: { id: string }) => rest('GET', `/api/exceptions/${each.id}`)),
    );
    const customerId: string = details
      .map((each) => each.attributes.customerId)
      .find((each) => each !== undefined && each !== attributes.customerId);
    const edited = await rest('PUT', `/api/exceptions/${id}`, { attributes: { ...attributes, customerId } });
    expect(edited.attributes).toMatchObject({ customerId });
    await step.getByRole('button', { name: 'Approve' }).click();
    await request.getByText('Changed since it was shown').waitFor();
    await request.getByText(customerId).first().waitFor();
    const run = await rest('GET', `/api/playbook-runs/${runs.items[0].id}`);
    const approval = run.steps.find((each: { id: string }) => each.id === 'release_approval');
    expect(approval.approvals.given).toEqual([]);
    await look(carla, '39-approval-changed');

    await step.getByRole('button', { name: 'Approve' }).click();
    await step.getByText('1 of 2 approved: Carla Reyes').waitFor();
  });

  test('the editor chooses the calls that an approval covers, and the plan names them', async () => {
    const { items } = await rest('GET', '/api/playbooks?q=sanction_hit');
    const emil = await signIn('emil@acme.test');
    await emil.goto(`/t/acme/playbooks/${items[0].id}/edit`);
    await emil.locator('button[data-step="/steps/1"]').click();
    await emil.getByLabel('Covers', { exact: true }).selectOption('Chosen calls');
    await emil.getByLabel('Call 1', { exact: true }).selectOption('Release the customer');
    await look(emil, '39-approval-covers');
    await emil.getByRole('button', { name: 'Save' }).first().click();
    await emil.getByText('Draft saved').first().waitFor();
    const { draft } = await rest('GET', `/api/playbooks/${items[0].id}`);
    expect(draft.steps[1].covers).toEqual(['release']);
    const plan = await rest('GET', `/api/playbooks/${items[0].id}/publish-plan`);
    expect(plan.issues).toEqual([]);
    expect(plan.covers).toEqual([
      { stepId: 'release_approval', calls: [{ stepId: 'release', known: true }] },
    ]);
  });
});

describe('literal secrets in the tool editor', () => {
  let page: Page;

  beforeAll(async () => {
    const context = await browser.newContext({
      viewport: { width: 1360, height: 850 },
      baseURL: product.dev.webUrl,
    });
    page = await context.newPage();
    page.setDefaultTimeout(15_000);
  });

  test('a header with a token says at its place that it belongs under auth, and the path how slashes are allowed', async () => {
    const admin = product.dev.users.find(
      ({ tenant, roles }) => tenant === 'acme' && roles.includes('tool_admin'),
    )!;
    await page.goto('/t/acme/tools/new');
    await page.getByLabel('Email').fill(admin.email);
    await page.getByLabel('Password').fill(admin.password);
    await page.keyboard.press('Enter');
    await page.getByText('{+name} allows slashes').first().waitFor();

    await page.getByLabel(/^Name/).first().fill('leaky_tool');
    await page.getByRole('textbox', { name: /^URL/ }).fill('https://pay.example/v1');
    const headers = page.getByRole('group', { name: 'Headers' });
    await headers.getByRole('button', { name: /header/i }).click();
    await headers.getByLabel('Name of header 1').fill('Authorization');
    await headers.getByLabel('Value of header 1').fill('Bearer abc');
    await headers.getByLabel('Name of header 1').focus();
    await page.getByRole('textbox', { name: /^URL/ }).focus();
    await headers.getByText('Only auth sets the header Authorization. Put it under auth').waitFor();
    await look(page, 'literal-secret');
    expect(await headers.getByLabel('Name of header 1').getAttribute('aria-invalid')).toBe('true');
  });
});

describe('running an execution again, in a browser', () => {
  let context: BrowserContext;
  let page: Page;
  let provider: ProviderServer;
  let refund: string;
  const complaints: string[] = [];

  beforeAll(async () => {
    provider = await startProvider();
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
    await provider?.close();
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
