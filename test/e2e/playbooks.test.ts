import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { look, startBrowser } from '../support/browser.ts';
import { freshFolder, type Product, removeFolder, startProduct } from '../support/product.ts';

describe('a case from its first look to its end, by people in their own windows', () => {
  let dir: string;
  let product: Product;
  let browser: Browser;
  let ben: Page;
  let ana: Page;
  /** Whatever a page complained about. */
  const complaints: string[] = [];

  beforeAll(async () => {
    dir = await freshFolder({ pages: 'built' });
    [product, browser] = await Promise.all([startProduct(dir), startBrowser()]);
    [ben, ana] = await Promise.all([signIn('ben@acme.test'), signIn('ana@acme.test')]);
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
    removeFolder(dir);
  });

  async function signIn(email: string): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: 1360, height: 850 },
      baseURL: product.dev.webUrl,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        complaints.push(message.text());
    });
    await page.goto('/sign-in');
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password').fill(product.dev.users[0]!.password);
    await page.keyboard.press('Enter');
    await page.getByRole('navigation', { name: 'Main' }).waitFor();
    return page;
  }

  const rest = async (path: string, init: { method?: string; body?: unknown } = {}) => {
    const response = await fetch(product.dev.apiUrl + path, {
      method: init.method ?? 'GET',
      headers: {
        authorization: `Bearer ${product.dev.apiKeys.acme}`,
        ...(init.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
    });
    return response.json();
  };
  const exceptionCalled = async (title: string) =>
    (await rest(`/api/exceptions?limit=1&q=${encodeURIComponent(title)}`)).items[0].id as string;
  const runsOf = async (exceptionId: string) =>
    (await rest(`/api/playbook-runs?exceptionId=${exceptionId}`)).items;
  const openCase = async (page: Page, id: string) => {
    await page.goto(`/t/acme/exceptions/${id}`);
    await page.getByRole('heading', { name: 'Timeline' }).waitFor();
  };
  const step = (page: Page, title: string) => page.getByRole('region', { name: title, exact: true });
  const button = (at: Locator, name: string) => at.getByRole('button', { name });
  /** Sends what could be undone, and goes on to the next step. */
  const goOn = async (page: Page, title: string) => {
    await button(step(page, title), 'Send now').click();
    await button(step(page, title), 'Next step').click();
  };
  /** A line of the timeline. */
  const line = (page: Page, words: string | RegExp) =>
    page.getByRole('listitem').filter({ hasText: words }).first();
  const waitingCount = async (page: Page) => {
    const link = await page
      .getByRole('navigation', { name: 'Main' })
      .getByRole('link', { name: /^Inbox/ })
      .textContent();
    return Number(/\d+/.exec(link ?? '')?.[0] ?? 0);
  };

  test('Ben starts the playbook that fits and completes its first step in place; Ana watches the timeline grow', async () => {
    const id = await exceptionCalled('Card charged, order never placed');
    await Promise.all([openCase(ben, id), openCase(ana, id)]);
    await look(ben, '30-exception-before');
    await ben.keyboard.press('p');
    await ben.getByRole('menuitem', { name: /Failed payment v2/ }).waitFor();
    // The menu marks its first entry a moment after it is there.
    await ben.locator('[role="menuitem"][data-highlighted]').waitFor();
    await ben.keyboard.press('Enter');
    const check = step(ben, 'Check the account');
    await check.waitFor();
    await line(ana, /Ben Okafor started/).waitFor();
    await step(ana, 'Check the account').waitFor();

    await button(check, 'Complete step').click();
    await check.getByRole('alert').getByText('Fix the highlighted fields').waitFor();
    await check.getByLabel(/What happened/).selectOption('order_failed');
    await check.getByLabel(/owed money/).selectOption({ label: 'Yes' });
    await check.getByLabel(/Note/).fill('The shop confirms: there is no such order.');
    await look(ben, '31-exception-step');
    await button(check, 'Complete step').click();
    await goOn(ben, 'Check the account');
    await step(ben, 'What does the customer get?').waitFor();
    await line(ana, /Ben Okafor completed the step Check the account/).waitFor();
    await look(ana, '32-exception-watched');
  });

  test('the refund shows its exact request before it runs; the money is sent once, and the other window shows it', async () => {
    const id = await exceptionCalled('Card charged, order never placed');
    const { attributes } = await rest(`/api/exceptions/${id}`);
    await button(step(ben, 'What does the customer get?'), 'Give the money back').click();
    await goOn(ben, 'What does the customer get?');
    const refund = step(ben, 'Refund the payment');
    await refund.getByText(`/v1/payments/${attributes.paymentId}/refunds`).waitFor();
    await refund.getByText(String(attributes.amount)).first().waitFor();
    expect(await refund.textContent()).not.toContain('acmepay_demo');
    await look(ben, '33-exception-refund');
    await button(refund, 'Run').click();
    await refund.getByText(/Refund the payment: succeeded, re_/).waitFor();
    await button(refund, 'Next step').click();
    await step(ben, 'Tell the customer').waitFor();
    await line(ana, /Refund a payment/).waitFor();
    const { items } = await rest(`/api/tools/executions?exceptionId=${id}`);
    expect(items).toMatchObject([
      { toolName: 'refund_payment', status: 'succeeded', actor: { name: 'Ben Okafor' } },
    ]);
    await look(ana, '34-exception-refunded');
  });

  test('two people complete one step at once: one succeeds, the other is told who', async () => {
    const id = await exceptionCalled('Card charged, order never placed');
    const pages = [ben, ana];
    for (const page of pages) {
      const tell = step(page, 'Tell the customer');
      await tell.getByLabel(/Channel/).selectOption('email');
    }
    await Promise.all(pages.map((page) => button(step(page, 'Tell the customer'), 'Complete step').click()));
    const told = await Promise.any(
      pages.map(async (page) => {
        await page
          .getByText(/Already completed by (Ben Okafor|Ana Almeida)/)
          .first()
          .waitFor();
        return page;
      }),
    );
    await look(told, '35-exception-too-late');
    const [run] = await runsOf(id);
    expect(run).toMatchObject({ status: 'completed' });
    const { steps } = await rest(`/api/playbook-runs/${run.id}`);
    const winner = steps.at(-1).completedBy.name;
    expect(winner).toBe(told === ben ? 'Ana Almeida' : 'Ben Okafor');
    await Promise.all(
      pages.map((page) => line(page, `${winner} completed the step Tell the customer`).waitFor()),
    );

    await ben.keyboard.press('d');
    await ben.getByRole('dialog').getByLabel('Note').fill('Refunded in full, customer told.');
    await ben.keyboard.press('Control+Enter');
    await line(ana, /Ben Okafor resolved/).waitFor();
    await look(ana, '44-exception-resolved');
  });

  test('a sanction hit takes two approvers who took no part; the count in the rail moves without a reload', async () => {
    const id = await exceptionCalled('Sanctions: possible match for Tomás Herrera');
    const [carla, dana] = await Promise.all([signIn('carla@acme.test'), signIn('dana@acme.test')]);
    // The count appears once it has loaded.
    await expect.poll(() => waitingCount(dana), { timeout: 15_000 }).toBeGreaterThan(0);
    const before = await waitingCount(dana);

    await openCase(ben, id);
    const review = step(ben, 'Compare the customer with the list');
    await review.getByLabel(/Finding/).selectOption('other_person');
    await review.getByLabel(/What was compared/).fill('Date of birth and passport number differ.');
    await button(review, 'Complete step').click();
    await expect.poll(() => waitingCount(dana), { timeout: 15_000 }).toBe(before + 1);

    // Ana may approve as an admin, but she has started this run.
    await openCase(ana, id);
    const hers = step(ana, 'Approve the release');
    await hers.getByText('You took part in this run').waitFor();
    expect(await button(hers, 'Approve').count()).toBe(0);
    await look(ana, '36-approval-refused');

    for (const page of [carla, dana]) await openCase(page, id);
    await button(step(carla, 'Approve the release'), 'Approve').click();
    await step(dana, 'Approve the release').getByText('1 of 2 approved: Carla Reyes').waitFor();
    await step(carla, 'Approve the release')
      .getByText(/You have approved this already/)
      .waitFor();
    await look(dana, '37-approval-second');
    await button(step(dana, 'Approve the release'), 'Reject').click();
    await step(dana, 'Approve the release')
      .getByLabel(/Reason/)
      .waitFor();
    await look(dana, '38-approval-reason');
    await button(step(dana, 'Approve the release'), 'Back').click();
    await button(step(dana, 'Approve the release'), 'Approve').click();
    await step(ben, 'Release the customer').waitFor();
    await expect.poll(() => waitingCount(dana), { timeout: 15_000 }).toBe(before);
    for (const page of [carla, dana]) await page.context().close();
  });

  test('the whole inbox by keyboard alone: find a step, fill it in, complete it, go on to the next', async () => {
    await ben.keyboard.press('g');
    await ben.keyboard.press('i');
    const list = ben.getByRole('list', { name: 'Waiting steps' });
    await list.getByRole('button').nth(2).waitFor();
    await look(ben, '39-inbox');
    const rows = await list.getByRole('button').allInnerTexts();
    const at = rows.findIndex(
      (row) => row.includes('Check the account') && row.includes('Order cancelled after payment'),
    );
    expect(at).toBeGreaterThanOrEqual(0);
    for (let moves = 0; moves < at; moves += 1) await ben.keyboard.press('j');
    const pane = ben.getByRole('region', { name: 'Step', exact: true });
    const check = pane.getByRole('region', { name: 'Check the account', exact: true });
    await check.waitFor();
    await ben.keyboard.press('c');
    await check.getByRole('button', { name: /Release/ }).waitFor();
    await ben.keyboard.press('Enter');
    const focused = () => ben.evaluate('document.activeElement.closest("select, input")?.tagName ?? ""');
    for (let tabs = 0; tabs < 5 && (await focused()) !== 'SELECT'; tabs += 1) await ben.keyboard.press('Tab');
    await ben.keyboard.press('ArrowDown');
    await ben.keyboard.press('ArrowDown');
    await ben.keyboard.press('Tab');
    await ben.keyboard.press('ArrowDown');
    await list.getByText('Claimed by Ben Okafor').nth(1).waitFor();
    await look(ben, '40-inbox-filled');
    const item = new URL(ben.url()).searchParams.get('item');
    await ben.keyboard.press('Control+Enter');
    for (const name of ['Send now', 'Next step']) {
      await check.locator('button:not([aria-disabled])').and(button(check, name)).waitFor();
      await ben.keyboard.press('Enter');
    }
    // The next one may have the same title.
    await expect.poll(() => new URL(ben.url()).searchParams.get('item')).not.toBe(item);
    const [run] = await runsOf(await exceptionCalled('Order cancelled after payment, customer not told'));
    const { steps } = await rest(`/api/playbook-runs/${run.id}`);
    expect(steps[0]).toMatchObject({
      status: 'completed',
      completedBy: { name: 'Ben Okafor' },
      output: { cause: 'duplicate_charge', refund: true },
    });
  });

  test('a call of unknown outcome waits for a person; the probe settles it, and nothing is charged twice', async () => {
    const id = await exceptionCalled('Connection lost while collecting again');
    await openCase(ana, id);
    const collect = step(ana, 'Collect again');
    await collect.getByRole('status').getByText('Outcome unknown', { exact: true }).waitFor();
    expect(await collect.getByRole('textbox').count()).toBe(0);
    await look(ana, '41-outcome-unknown');
    await button(collect, 'Check with the provider').click();
    await step(ana, 'Tell the customer').waitFor();
    const { items } = await rest(`/api/tools/executions?exceptionId=${id}&limit=50`);
    expect(items.filter((each: { toolName: string }) => each.toolName === 'retry_payment')).toHaveLength(1);
  });

  test('the editor shows the draft, what publishing it would change, and the runs that go on as they began', async () => {
    const { items } = await rest('/api/playbooks?q=failed_payment');
    const emil = await signIn('emil@acme.test');
    await emil.goto(`/t/acme/playbooks/${items[0].id}`);
    await emil.getByRole('heading', { name: 'Failed payment' }).waitFor();
    await look(emil, '42-playbook');
    await emil.getByRole('link', { name: 'Versions' }).click();
    await emil.getByText('As it was on the wiki.').waitFor();
    await look(emil, '43-playbook-versions');
    await emil.context().close();
  });

  test('a new exception needs a title, and its title can be changed', async () => {
    await ana.goto('/t/acme/exceptions');
    await ana.getByRole('row').nth(1).waitFor();
    await ana.keyboard.press('n');
    const dialog = ana.getByRole('dialog');
    await button(dialog, 'Create exception').click();
    await dialog.getByText('Enter a title.').waitFor();
    await look(ana, '46-exception-new');
    await dialog.getByLabel(/^Title/).fill('Payout went to a closed account');
    await ana.keyboard.press('Control+Enter');
    await ana.getByRole('heading', { name: 'Payout went to a closed account' }).waitFor();
    await ana.getByRole('button', { name: 'Edit' }).click();
    await dialog.getByLabel(/^Title/).fill('Payout to a closed account');
    await button(dialog, 'Save').click();
    await ana.getByRole('heading', { name: 'Payout to a closed account' }).waitFor();
  });

  test('archiving the last playbook leaves an empty list that offers to create one', async () => {
    const kenji = await signIn('kenji@globex.test');
    for (const name of ['carrier_claim', 'stuck_shipment', 'service_alert']) {
      await kenji.goto('/t/globex/playbooks');
      await kenji.getByRole('link', { name }).click();
      await kenji.getByRole('button', { name: 'More actions' }).click();
      await kenji.getByRole('menuitem', { name: 'Archive' }).click();
      await kenji.getByRole('dialog').getByRole('button', { name: 'Archive' }).click();
      await kenji.getByRole('heading', { name: 'Playbooks' }).waitFor();
    }
    await kenji.getByText('No playbooks yet.').waitFor();
    await look(kenji, '45-playbooks-none');
    await kenji.getByRole('link', { name: 'New playbook' }).last().click();
    await kenji.getByRole('heading', { name: 'New playbook' }).waitFor();
  });

  test('no page complained', () => {
    expect(complaints).toEqual([]);
  });
});
