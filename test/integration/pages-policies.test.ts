import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('the pages of policies', () => {
  let api: TestApi;
  let acme: TestTenant;
  let browser: Browser;
  let page: Page;
  let tool: string;

  beforeAll(async () => {
    [browser] = await Promise.all([startBrowser(), oneAtATime(buildWeb)]);
    api = await startTestApi({ webDist });
    acme = await api.tenant();
    const definition = {
      name: 'refund_payment',
      type: 'dummy',
      inputSchema: {
        type: 'object',
        required: ['amount'],
        properties: { amount: { type: 'number', title: 'Amount' }, note: { type: 'string', title: 'Note' } },
      },
    };
    tool = (await acme.as.tool_admin('POST', '/api/tools', definition)).body.id;
    for (const amount of [20, 900])
      await acme.as.operator('POST', `/api/tools/${tool}/execute`, { payload: { amount } });
    page = await browser.newPage({ baseURL: api.url, viewport: { width: 1360, height: 850 } });
    page.setDefaultTimeout(20_000);
    await signIn(page, acme);
  });
  afterAll(async () => {
    await browser?.close();
    await api?.close();
  });

  test('a person who writes no JSON makes a policy, sees what it would have changed, and tries a call', async () => {
    await page.goto(`/t/${acme.slug}/settings/policies`);
    await page.getByText('No policies yet.').waitFor();
    await page.getByRole('button', { name: 'Add policy' }).click();
    const sheet = page.getByRole('dialog', { name: 'Add policy' });
    await sheet.getByLabel('What happens').selectOption('deny');
    await sheet.getByLabel('Tool', { exact: true }).selectOption({ label: 'refund_payment' });
    await sheet.getByRole('checkbox', { name: 'operators' }).first().check();
    // What is wrong is said while it is typed.
    await sheet.getByLabel('Only when').fill('amont > 500');
    await sheet.getByText('refund_payment has no input “amont”').waitFor();
    await sheet.getByLabel('Only when').fill('');
    await sheet.getByLabel('Field').selectOption('amount');
    await sheet.getByLabel('Value').fill('500');
    await sheet.getByRole('button', { name: 'Add', exact: true }).click();
    expect(await sheet.getByLabel('Only when').inputValue()).toBe('amount > 500');
    await sheet.getByRole('button', { name: 'Show what would change' }).click();
    await sheet.getByText('2 executions judged.').waitFor();
    await sheet.getByText('Allowed → denied: 1').waitFor();
    await look(page, 'policy-editor');
    await sheet.getByRole('button', { name: 'Save' }).click();
    const row = page
      .getByRole('list', { name: 'Policies' })
      .getByRole('listitem')
      .filter({ hasText: 'Deny refund_payment for operators when amount > 500' });
    await row.waitFor();

    await page.getByRole('button', { name: 'Try a call' }).click();
    const simulator = page.getByRole('dialog', { name: 'Try a call' });
    await simulator.getByLabel('Tool', { exact: true }).selectOption({ label: 'refund_payment' });
    await simulator.getByLabel(/^Amount/).fill('612');
    await simulator.getByRole('button', { name: 'Decide' }).click();
    const decision = simulator.getByRole('region', { name: 'Decision' });
    await decision.getByText('Denied', { exact: true }).waitFor();
    await decision.getByText('concerns this call').waitFor();
    await look(page, 'policy-simulator');
    await simulator.getByRole('button', { name: 'Close' }).first().click();

    await page.setViewportSize({ width: 390, height: 800 });
    await row.waitFor();
    await look(page, 'policies-phone');
    await page.setViewportSize({ width: 1360, height: 850 });
    await row.getByRole('switch').click();
    await row.getByText('Disabled').waitFor();
    await look(page, 'policies');
  });

  test('a tool shows the policies that are about it, and an execution the one that decided', async () => {
    await acme.as.tenant_admin('POST', '/api/policies', {
      name: 'Operators may refund',
      effect: 'allow',
      tools: { id: tool },
      roles: ['operator'],
    });
    await page.goto(`/t/${acme.slug}/tools/${tool}?tab=policy`);
    await page.getByText('This tool runs only what a policy allows.').waitFor();
    await look(page, 'tool-policy');
    const { body } = await acme.as.operator('POST', `/api/tools/${tool}/execute`, { payload: { amount: 1 } });
    await page.goto(`/t/${acme.slug}/executions/${body.id}`);
    await page.getByText('“Operators may refund” allows this call.').waitFor();
    await look(page, 'execution-policy');
  });
});
