import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { complete, publishPlaybook, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

let api: TestApi;
let acme: TestTenant;
let browser: Browser;
let page: Page;
let provider: ProviderServer;
let refund: string;

beforeAll(async () => {
  provider = await startProvider((_request, response) => sendJson(response, 200, { refundId: 're_1' }));
  [browser] = await Promise.all([startBrowser(), oneAtATime(buildWeb)]);
  api = await startTestApi({ webDist });
  acme = await api.tenant({ privateHosts: [provider.host] });
  page = await browser.newPage({ baseURL: api.url, viewport: { width: 1360, height: 850 } });
  page.setDefaultTimeout(20_000);
  await signIn(page, acme);
  const create = async (name: string, title: string, method: string) => {
    const { status, body } = await acme.as.tool_admin('POST', '/api/tools', {
      name,
      title,
      type: 'http',
      inputSchema: {
        type: 'object',
        required: ['orderId', 'amount'],
        properties: {
          orderId: { type: 'string', title: 'Order' },
          amount: { type: 'number', title: 'Amount', 'x-from': 'case.attributes.total' },
          note: { type: 'string', title: 'Note' },
          pin: { type: 'string', title: 'PIN', writeOnly: true },
        },
      },
      config: { method, url: `${provider.url}/refunds` },
    });
    expect(status).toBe(201);
    return body.id as string;
  };
  refund = await create('refund_order', 'Refund an order', 'POST');
  await create('read_order', 'Read an order', 'GET');
  // More than the picker shows.
  for (let i = 0; i < 35; i++) await create(`another_${i}`, `Another ${i}`, 'GET');
});
afterAll(async () => {
  await browser?.close();
  await api?.close();
  await provider?.close();
});

const open = async (more: Record<string, unknown> = {}) =>
  (
    await acme.as.operator('POST', '/api/exceptions', {
      title: 'Order was paid twice',
      domain: 'payments',
      attributes: { order_id: 'o-17', total: 12.5, pin: '1234' },
      ...more,
    })
  ).body;

test('a tool is found by typing and run with the inputs that the case knows, each with its source, by keyboard', async () => {
  const before = await open();
  await acme.as.operator('POST', `/api/tools/${refund}/execute`, {
    payload: { orderId: 'o-1', amount: 1 },
    exceptionId: before.id,
  });
  await acme.as.operator('POST', `/api/exceptions/${before.id}/resolve`, { code: 'fixed' });
  const { id, number } = await open();
  await page.goto(`/t/${acme.slug}/exceptions/${id}`);
  const alike = page.getByRole('list', { name: 'How similar exceptions were solved' });
  await alike.getByText('run on 1 of 1 similar exceptions, 1 succeeded').waitFor();
  await look(page, 'case-suggestions');

  await page.keyboard.press('t');
  const picker = page.getByRole('dialog');
  await picker.getByText('There are more tools').waitFor();
  await picker.locator('input:focus').waitFor();
  await page.keyboard.type('an order');
  await picker.getByRole('option', { name: /Read an order.*Only reads/ }).waitFor();
  const option = picker.getByRole('option', { name: /Refund an order.*HTTP.*Can change something.*100 %/ });
  await option.waitFor();
  await expect.poll(() => picker.getByRole('option').count()).toBe(2);
  await look(page, 'case-tool-picker');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');

  const field = (name: string) => page.getByRole('dialog').getByRole('textbox', { name });
  const order = field('orderId');
  await expect.poll(() => order.inputValue()).toBe('o-17');
  await page.getByText('from attribute order_id').waitFor();
  await page.getByText('from attribute total').waitFor();
  await page.getByText('2 fields were filled from the exception.').waitFor();
  expect(await page.getByRole('dialog').getByLabel('PIN').first().inputValue()).toBe('');
  await look(page, 'case-run-filled');
  // One is taken back, another is changed: neither says any more that it comes from the case.
  await page.getByRole('button', { name: 'Undo orderId, from attribute order_id' }).click();
  await expect.poll(() => order.inputValue()).toBe('');
  await page.getByRole('button', { name: 'Fill from the exception' }).click();
  await expect.poll(() => order.inputValue()).toBe('o-17');
  await field('amount').fill('3');
  await page.getByText('from attribute total').waitFor({ state: 'detached' });

  const sent = provider.requests.length;
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => provider.requests.length).toBe(sent + 1);
  expect(JSON.parse(provider.requests.at(-1)!.body)).toEqual({ orderId: 'o-17', amount: 3 });
  await page.getByRole('dialog').getByText('Succeeded').first().waitFor();
  await page.keyboard.press('Escape');
  // Back on the case, where the execution is in the timeline.
  await page.waitForURL(`**/exceptions/${id}`);
  await page.getByRole('heading', { name: new RegExp(`EX-${number}`) }).waitFor();
  const list = await acme.as.viewer('GET', `/api/tools/executions?exceptionId=${id}`);
  expect(list.body.items).toMatchObject([{ toolId: refund, status: 'succeeded', exceptionId: id }]);

  // What was typed for one case is not offered for another.
  const other = await open({ attributes: { order_id: 'o-18' } });
  await page.goto(`/t/${acme.slug}/tools/${refund}/run?exception=${id}`);
  await expect.poll(() => order.inputValue()).toBe('o-17');
  await field('Note').fill('for the first');
  await expect
    .poll(() => page.evaluate('JSON.stringify({ ...localStorage, ...sessionStorage })'))
    .toContain('for the first');
  await page.goto(`/t/${acme.slug}/tools/${refund}/run?exception=${other.id}`);
  await expect.poll(() => order.inputValue()).toBe('o-18');
  expect(await field('Note').inputValue()).toBe('');
  await page.setViewportSize({ width: 390, height: 844 });
  await look(page, 'case-run-filled-narrow');
  const clipped = await page
    .getByRole('dialog')
    .getByRole('button')
    .evaluateAll((all) => all.filter((each) => each.getBoundingClientRect().right > 390).length);
  expect(clipped).toBe(0);
  await page.setViewportSize({ width: 1360, height: 850 });
}, 240_000);

test('a playbook of like cases is shown before it starts; its run shows as a graph, what it did not take, and moves the status', async () => {
  const playbook = await publishPlaybook(acme.as.tool_admin, {
    name: 'paid_twice',
    title: 'Paid twice',
    resolves: true,
    steps: [
      {
        id: 'check',
        type: 'decision',
        title: 'Is it true?',
        options: [
          { id: 'yes', title: 'It is', steps: [{ id: 'tell', type: 'manual', title: 'Tell the customer' }] },
          { id: 'no', title: 'It is not', steps: [{ id: 'close', type: 'manual', title: 'Close the case' }] },
        ],
      },
      {
        id: 'large',
        type: 'manual',
        title: 'Ask the bank',
        when: '${{ exception.attributes.total > 1000 }}',
      },
      { id: 'last', type: 'manual', title: 'Look once more' },
    ],
  });
  const before = await open({ domain: 'orders' });
  await startRun(acme.as.operator, playbook, { exceptionId: before.id });
  await acme.as.operator('POST', `/api/exceptions/${before.id}/resolve`, { code: 'fixed' });
  const { id } = await open({ domain: 'orders' });
  await page.goto(`/t/${acme.slug}/exceptions/${id}`);
  await page
    .getByRole('list', { name: 'How similar exceptions were solved' })
    .getByRole('button', { name: /Paid twice/ })
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Tell the customer').waitFor();
  await look(page, 'case-playbook-preview');
  await dialog.getByRole('button', { name: 'Start playbook' }).click();
  await page.getByText(/changed status from Open to In progress by starting Paid twice v1/).waitFor();
  const { items } = (await acme.as.viewer('GET', `/api/playbook-runs?exceptionId=${id}`)).body;
  const runId = items[0].id as string;
  await stepWhen(acme.as.operator, runId, 'check', 'waiting');
  await complete(acme.as.operator, runId, 'check', { outcome: 'yes' });
  await stepWhen(acme.as.operator, runId, 'tell', 'waiting');
  await complete(acme.as.operator, runId, 'tell');
  await stepWhen(acme.as.operator, runId, 'last', 'waiting');
  await page.getByText('Not taken: Is it true? chose It is').waitFor();
  await page.getByText('Not taken: exception.attributes.total > 1000 is false').waitFor();
  expect(
    await page
      .getByText('Close the case', { exact: true })
      .evaluate((node: { className: string }) => node.className),
  ).toContain('line-through');
  await look(page, 'case-not-taken');
  await page.getByRole('button', { name: 'Graph', exact: true }).click();
  await page.getByRole('treeitem', { name: /Close the case/ }).waitFor();
  await page.waitForURL('**view=graph**');
  await look(page, 'case-graph');
  await complete(acme.as.operator, runId, 'last');
  await page.getByText(/resolved it, because Paid twice v1 completed/).waitFor();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/t/${acme.slug}/exceptions/${(await open()).id}`);
  await page.getByRole('button', { name: 'Run tool' }).click();
  await page.getByRole('dialog').getByText('There are more tools').waitFor();
  await look(page, 'case-tool-picker-narrow');
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
}, 240_000);
