import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { complete, publishPlaybook, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('the pages of undo', () => {
  let api: TestApi;
  let acme: TestTenant;
  let provider: ProviderServer;
  let browser: Browser;
  let page: Page;
  let refuse: string | null = null;

  beforeAll(async () => {
    [browser, provider] = await Promise.all([
      startBrowser(),
      startProvider(({ body }, response) =>
        refuse !== null && body.includes(refuse)
          ? sendJson(response, 400, { error: 'This hold is used.' })
          : sendJson(response, 200, { holdId: `hold_${JSON.parse(body).text ?? ''}` }),
      ),
      oneAtATime(buildWeb),
    ]);
    api = await startTestApi({ webDist });
    acme = await api.tenant({ privateHosts: [provider.host] });
    await tool('release_hold', 'Release a hold', { holdId: { type: 'string' } });
    await tool('tell', 'Tell the customer', { text: { type: 'string' } });
    page = await browser.newPage({ baseURL: api.url, viewport: { width: 1360, height: 1000 } });
    page.setDefaultTimeout(60_000);
    await signIn(page, acme);
  });
  afterAll(async () => {
    await browser?.close();
    await api?.close();
    await provider?.close();
  });

  async function tool(name: string, title: string, properties: unknown): Promise<string> {
    const made = await acme.as.tenant_admin('POST', '/api/tools', {
      name,
      title,
      type: 'http',
      inputSchema: { type: 'object', properties },
      config: { method: 'POST', url: `${provider.url}/${name}` },
    });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    return made.body.id;
  }
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const releases = () => provider.requests.filter(({ url }) => url === '/release_hold').length;
  const hold = (id: string, more = {}) => ({ id, tool: 'hold', payload: { text: id }, ...more });

  test('someone names the undo of a tool, and undoes an execution that is shown to them before', {
    timeout: 180_000,
  }, async () => {
    const id = await tool('hold', 'Hold a payment', { text: { type: 'string' } });
    await page.goto(`/t/${acme.slug}/tools/${id}/edit`);
    await page.getByRole('switch', { name: 'Another tool undoes what this one has done' }).click();
    await page.getByLabel('Tool that undoes it').fill('release_hold');
    await page.getByLabel('Possible for').fill('24');
    await page.getByLabel('What stays').fill('The message to the customer.');
    const input = page.getByRole('textbox', { name: 'Its input' });
    await input.click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.insertText('{"holdId": "${{ output.holdId }}"}');
    await look(page, 'undo-of-a-tool');
    await button('Save…').or(button('Save')).first().click();
    await page.getByRole('dialog').getByRole('button', { name: /^Save/ }).first().click();
    await expect
      .poll(async () => (await acme.as.viewer('GET', `/api/tools/${id}`)).body.undo, { timeout: 30_000 })
      .toEqual({
        tool: 'release_hold',
        input: { holdId: '${{ output.holdId }}' },
        withinMs: 86_400_000,
        cannot: 'The message to the customer.',
      });

    const { body: done } = await acme.as.operator('POST', `/api/tools/${id}/execute`, {
      payload: { text: 'A1' },
    });
    await page.goto(`/t/${acme.slug}/executions/${done.id}`);
    await button('Undo…').click();
    const dialog = page.getByRole('dialog', { name: 'Undo this execution?' });
    await dialog.getByText('What stays: The message to the customer.').first().waitFor();
    await dialog.getByText('hold_A1').waitFor();
    await look(page, 'undo-dialog');
    expect(releases()).toBe(0);
    await dialog.getByLabel('Reason').fill('The wrong payment.');
    await dialog.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('heading', { name: 'Release a hold' }).waitFor();
    await page.getByText('Undoes', { exact: true }).waitFor();
    expect(await button('Run again').count()).toBe(0);
    expect(releases()).toBe(1);
    await page.goto(`/t/${acme.slug}/executions/${done.id}`);
    await page.getByText('Undone by', { exact: true }).waitFor();
    expect(await button('Undo…').count()).toBe(0);
  });

  test('a batch is undone; where it stops, someone continues without what failed', {
    timeout: 180_000,
  }, async () => {
    const { body: batch } = await acme.as.operator('POST', '/api/batches', {
      calls: [
        hold('one'),
        hold('two', { dependsOn: ['one'] }),
        { id: 'told', tool: 'tell', payload: { text: 'x' } },
      ],
    });
    expect(batch.status).toBe('succeeded');
    await page.goto(`/t/${acme.slug}/batches/${batch.id}`);
    await button('Undo…').waitFor();
    await page.keyboard.press('u');
    const dialog = page.getByRole('dialog', { name: 'Undo this batch?' });
    await dialog.getByText('2 will be undone, 1 cannot be.').waitFor();
    await dialog.getByText('Tell the customer names no tool that undoes it.').waitFor();
    await look(page, 'undo-batch-dialog');
    refuse = 'hold_two';
    await dialog.getByRole('button', { name: 'Undo', exact: true }).click();
    const undone = page.getByRole('list', { name: 'Undone, in this order' });
    await undone.getByText('Failed').waitFor();
    await page.getByText('Stopped', { exact: true }).waitFor();
    await look(page, 'undo-stopped');
    await page.setViewportSize({ width: 390, height: 844 });
    await look(page, 'undo-stopped-phone');
    expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
    await page.setViewportSize({ width: 1360, height: 1000 });
    await button('Continue without what failed').click();
    await undone.getByText('Undone', { exact: true }).waitFor();
    await page.getByText('Ended', { exact: true }).first().waitFor();
    refuse = null;
  });

  test('who cancels a run sees what is undone by it, and the run shows what was', {
    timeout: 180_000,
  }, async () => {
    const step = { type: 'call_tool', assignee: { role: 'operator' } };
    const playbook = await publishPlaybook(acme.as.tool_admin, {
      name: 'holds',
      steps: [
        { ...step, id: 'hold', title: 'Hold it', tool: 'hold', input: { text: 'R1' }, undoOnAbort: true },
        { id: 'look', type: 'manual', title: 'Look at it', assignee: { role: 'operator' } },
      ],
    });
    const run = await startRun(acme.as.operator, playbook);
    await stepWhen(acme.as.operator, run, 'hold', 'waiting');
    await complete(acme.as.operator, run, 'hold');
    await stepWhen(acme.as.operator, run, 'look', 'waiting');
    await page.goto(`/t/${acme.slug}/playbook-runs/${run}`);
    await button('Cancel').click();
    const dialog = page.getByRole('dialog', { name: 'Cancel run' });
    await dialog.getByText('Then its steps are undone, the last first: 1 will be undone.').waitFor();
    await dialog.getByText('Hold it').waitFor();
    await look(page, 'undo-on-cancel');
    await dialog.getByLabel('Reason').fill('Not needed.');
    await dialog.getByRole('button', { name: 'Cancel run' }).click();
    await page
      .getByRole('list', { name: 'Undone, in this order' })
      .getByText('Undone', { exact: true })
      .waitFor();
    await look(page, 'undo-of-a-run');
    expect(
      provider.requests.some(({ url, body }) => url === '/release_hold' && body.includes('hold_R1')),
    ).toBe(true);
  });
});
