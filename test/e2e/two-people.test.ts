import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { look, startBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { freshFolder, type Product, removeFolder, startProduct } from '../support/product.ts';

/** The demo case: two people in two windows of two browsers. */
describe('a case and its playbook, in two windows', () => {
  let dir: string;
  let product: Product;
  let browser: Browser;
  let ben: Page;
  let ana: Page;
  let exception: { id: string; number: number };
  /** Whatever the pages complained about. */
  const complaints: string[] = [];

  beforeAll(async () => {
    dir = await freshFolder();
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
      viewport: { width: 1360, height: 900 },
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
    await page.getByRole('heading', { name: 'Inbox' }).waitFor();
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
    if (!response.ok) throw new Error(await response.text());
    return response.json();
  };
  const runOf = async (exceptionId: string) => {
    const { items } = await rest('GET', `/api/playbook-runs?exceptionId=${exceptionId}`);
    return rest('GET', `/api/playbook-runs/${items[0].id}`);
  };
  const waitsAt = (stepId: string) =>
    eventually(async () => (await runOf(exception.id)).currentSteps.includes(stepId));

  test('Ben opens the case and starts its playbook; Ana sees it in her window without asking', async () => {
    const { items } = await rest('GET', '/api/tools?q=list_payments');
    const listed = await rest('POST', `/api/tools/${items[0].id}/execute`, { payload: {} });
    const payments: { id: string; status: string; amount: number; currency: string }[] =
      listed.output.items ?? listed.output.payments ?? listed.output;
    const payment = payments.findLast(({ status }) => status === 'succeeded')!;
    exception = await rest('POST', '/api/exceptions', {
      title: 'Charged, and nothing was delivered',
      domain: 'payments',
      severity: 'high',
      attributes: { paymentId: payment.id, amount: 1, currency: payment.currency },
    });
    await ben.keyboard.press('g');
    await ben.keyboard.press('x');
    await ben.getByRole('heading', { name: 'Exceptions' }).waitFor();
    await ben.getByText('Charged, and nothing was delivered').waitFor();
    await look(ben, '20-exceptions');
    await ben.getByText('Charged, and nothing was delivered').click();
    await ana.goto(`/t/acme/exceptions/${exception.id}`);
    await ana.getByRole('heading', { name: 'Charged, and nothing was delivered' }).waitFor();
    await ben.getByRole('heading', { name: 'Charged, and nothing was delivered' }).waitFor();
    await ben.getByRole('button', { name: /Start playbook/ }).click();
    await ben.getByRole('menuitem', { name: /Failed payment/ }).click();
    await ben.getByRole('heading', { name: 'Check the account' }).waitFor();
    await ana.getByRole('heading', { name: 'Check the account' }).waitFor();
    await look(ben, '21-exception-waiting');
  });

  test('he completes the check in place, sees the exact request of the refund and runs it; her time line grows', async () => {
    await ben.getByLabel(/What happened/).selectOption('order_failed');
    const owed = ben.getByLabel(/customer is owed money/);
    if ((await owed.evaluate((element) => element.tagName)) === 'SELECT')
      await owed.selectOption({ index: 1 });
    else await owed.check();
    await ben.getByRole('button', { name: 'Complete step', exact: false }).last().click();
    await ben.getByRole('heading', { name: 'What does the customer get?' }).waitFor();
    await ben.getByRole('button', { name: 'Give the money back' }).click();
    await ben.getByRole('heading', { name: 'Refund the payment' }).waitFor();
    await ben.getByText(/\/refunds/).waitFor();
    await look(ben, '22-refund-request');
    const before = (await rest('GET', `/api/tools/executions?exceptionId=${exception.id}`)).items.length;
    expect(before).toBe(0);
    await ben.keyboard.press('a');
    await waitsAt('tell_customer');
    await ben.getByRole('heading', { name: 'Tell the customer' }).waitFor();
    await ana
      .getByText(/completed/)
      .filter({ hasText: 'Ben' })
      .first()
      .waitFor();
    await ana.getByText('Refund the payment').first().waitFor();
    await look(ana, '23-time-line');
    const { items } = await rest('GET', `/api/tools/executions?exceptionId=${exception.id}`);
    expect(items).toMatchObject([{ status: 'succeeded', actor: { name: 'Ben Okafor' } }]);
  });

  test('both complete the last step at once: one wins, the other learns who it was', async () => {
    for (const page of [ben, ana]) {
      await page.getByRole('heading', { name: 'Tell the customer' }).waitFor();
      await page.getByLabel(/Channel/).selectOption('email');
    }
    await Promise.all(
      [ben, ana].map((page) => page.getByRole('button', { name: 'Complete step' }).last().click()),
    );
    const run = await eventually(async () => {
      const seen = await runOf(exception.id);
      return seen.status === 'completed' && seen;
    });
    const last = run.steps.find((step: { id: string }) => step.id === 'tell_customer');
    const [winner, loser] = last.completedBy.name === 'Ben Okafor' ? [ben, ana] : [ana, ben];
    await loser
      .getByText(new RegExp(`completed by ${last.completedBy.name}`, 'i'))
      .first()
      .waitFor();
    await look(winner, '24-run-done');
    await look(loser, '25-already-completed');
  });

  test('whoever started a sanction review cannot approve it; another person can', async () => {
    const { body } = (await ana.evaluate(`(async () => {
      const send = (path, body) => fetch(path, { method: 'POST', body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', 'x-tenant': 'acme' } }).then((r) => r.json());
      return { body: await send('/api/playbook-runs', { playbookId: 'sanction_hit' }) };
    })()`)) as { body: { id: string } };
    const step = async () => (await rest('GET', `/api/playbook-runs/${body.id}`)).currentSteps[0];
    await eventually(async () => (await step()) === 'review');
    await ana.goto(`/t/acme/playbook-runs/${body.id}`);
    const { steps } = await rest('GET', `/api/playbook-runs/${body.id}`);
    const [first] = steps;
    const input = Object.fromEntries(
      Object.entries(
        (first.form?.properties ?? {}) as Record<string, { enum?: unknown[]; type?: string }>,
      ).map(([name, schema]) => [
        name,
        schema.enum?.[0] ?? (schema.type === 'boolean' ? true : 'Seen in the register.'),
      ]),
    );
    await rest('POST', `/api/playbook-runs/${body.id}/steps/review/complete`, { input });
    await ana.getByText('You took part in what is to be approved: somebody else has to.').waitFor();
    await look(ana, '26-no-self-approval');
    const carla = await signIn('carla@acme.test');
    await carla.goto(`/playbook-runs/${body.id}`);
    await carla.waitForURL(/\/t\/acme\/playbook-runs\//);
    await carla.getByRole('button', { name: 'Approve', exact: true }).waitFor();
    await carla.keyboard.press('a');
    await carla.getByText('1 of 2 approved').waitFor();
    await look(carla, '27-one-of-two');
  });

  test('the inbox by keyboard alone: the count follows, a step is claimed, completed and makes room for the next', async () => {
    await rest('POST', '/api/playbook-runs', { playbookId: 'failed_payment', exceptionId: exception.id });
    await waitsAt('check');
    await ben.keyboard.press('g');
    await ben.keyboard.press('i');
    await ben.getByRole('heading', { name: 'Inbox' }).waitFor();
    await ben.getByRole('list', { name: 'Waiting steps' }).getByRole('button').first().waitFor();
    await look(ben, '28-inbox');
    const count = async () =>
      Number(/\d+/.exec((await ben.getByRole('link', { name: /Inbox/ }).textContent()) ?? '')?.[0] ?? 0);
    const before = await count();
    expect(before).toBeGreaterThan(0);
    const current = () => ben.locator('[aria-label="Waiting steps"] [aria-current="true"]').textContent();
    for (let moves = 0; moves < 40 && !(await current())?.includes('Charged, and nothing'); moves++)
      await ben.keyboard.press('j');
    expect(await current()).toContain('Charged, and nothing');
    await ben.getByRole('button', { name: 'Claim', exact: true }).waitFor();
    await ben.keyboard.press('c');
    await ben.getByText('You are at it.').waitFor();
    await look(ben, '29-inbox-claimed');
    await ben.keyboard.press('Enter');
    await ben.keyboard.type('declined');
    await ben.keyboard.press('Tab');
    await ben.keyboard.type('No');
    await ben.keyboard.press('Control+Enter');
    await waitsAt('decide');
    await eventually(async () => (await count()) === before);
  });

  test('nothing complained in a console', () => {
    expect(complaints).toEqual([]);
  });
});
