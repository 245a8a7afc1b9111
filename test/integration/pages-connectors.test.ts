import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('the pages of connectors, and editing what someone else has changed', () => {
  let api: TestApi;
  let acme: TestTenant;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    [browser] = await Promise.all([startBrowser(), oneAtATime(buildWeb)]);
    api = await startTestApi({ webDist, worker: false });
    acme = await api.tenant();
    page = await browser.newPage({ baseURL: api.url, viewport: { width: 1360, height: 850 } });
    page.setDefaultTimeout(30_000);
    await signIn(page, acme);
  });
  afterAll(async () => {
    await browser?.close();
    await api?.close();
  });

  const admin = async (method: string, path: string, body?: unknown) => {
    const response = await acme.as.tenant_admin(method, path, body);
    expect(response.status, JSON.stringify(response.body)).toBeLessThan(300);
    return response.body;
  };

  test('a connector is created, changed with a look at its tools, compared and restored', async () => {
    await page.goto(`/t/${acme.slug}/connectors`);
    await page.getByRole('link', { name: 'New connector' }).first().click();
    await page.getByLabel('Title').fill('Payments');
    await page.getByLabel('Base URL').fill('https://pay.example/v1');
    await page.keyboard.press('Control+s');
    await page.waitForURL(/connectors\/[0-9a-f-]{36}/);
    const id = /connectors\/([0-9a-f-]{36})/.exec(page.url())![1]!;
    const tool = await admin('POST', '/api/tools', {
      name: 'status',
      title: 'Look up a status',
      type: 'http',
      config: { method: 'GET', connectorId: id, path: '/status' },
    });
    await page.getByRole('link', { name: 'Look up a status' }).waitFor();

    await page.getByRole('link', { name: 'Edit' }).click();
    await page.getByLabel('Base URL').fill('https://pay.example.org/v2');
    await page.keyboard.press('Control+s');
    await page.getByText('1 tool changes').waitFor();
    await page.getByLabel('Change note').fill('Moved');
    await page.keyboard.press('Control+s');
    await page.waitForURL(/connectors\/[0-9a-f-]{36}$/);
    await page.getByText('https://pay.example.org/v2', { exact: true }).waitFor();
    expect((await admin('GET', `/api/connectors/${id}`)).revision).toBe(2);

    await page.getByRole('link', { name: 'Versions' }).click();
    await page.getByText('· Moved').waitFor();
    await page.getByText('Calls go to pay.example.org:443 instead of pay.example:443').first().waitFor();
    await look(page, 'connector-versions');
    await page.getByRole('list', { name: 'Versions' }).getByRole('button', { name: /^v1/ }).click();
    await page.getByRole('button', { name: 'Restore v1' }).click();
    await page.getByRole('button', { name: 'Restore as v3' }).click();
    await page.getByText('v1 restored as v3').first().waitFor();
    expect(await admin('GET', `/api/connectors/${id}`)).toMatchObject({
      revision: 3,
      baseUrl: 'https://pay.example/v1',
    });

    await page.goto(`/t/${acme.slug}/tools/${tool.id}`);
    await page.getByText('inherited from the connector').waitFor();
  });

  test('a tool that someone else publishes meanwhile keeps what was typed, and shows the difference', async () => {
    const { id } = await admin('POST', '/api/tools', { name: 'shared', title: 'Shared', type: 'dummy' });
    await page.goto(`/t/${acme.slug}/tools/${id}/edit`);
    await page.getByLabel('Description').fill('Mine');
    await admin('PUT', `/api/tools/${id}`, { name: 'shared', title: 'Theirs', type: 'dummy' });
    await page.getByText(/saved v2 .*Your changes are not saved, and still here/).waitFor();
    await page.getByRole('button', { name: 'See the difference' }).click();
    await page.getByRole('dialog').getByText('"description": "Mine"').waitFor();
    await look(page, 'stale-tool');
    await page.getByRole('dialog').getByRole('button', { name: 'Keep my changes' }).click();
    await page.getByRole('heading', { name: 'Save as a new version' }).waitFor();
    await page.getByLabel('Change note').fill('Both');
    await page.keyboard.press('Control+s');
    await page.waitForURL(/tools\/[0-9a-f-]{36}$/);
    expect(await admin('GET', `/api/tools/${id}`)).toMatchObject({
      version: 3,
      title: 'Shared',
      description: 'Mine',
    });
  });

  test('a playbook and an exception do the same', async () => {
    const steps = [{ id: 'check', type: 'manual', title: 'Check', assignee: { role: 'operator' } }];
    const playbook = await admin('POST', '/api/playbooks', { name: 'shared', title: 'Shared', steps });
    await page.goto(`/t/${acme.slug}/playbooks/${playbook.id}/edit`);
    await page.getByLabel('Title').first().fill('Mine');
    await admin('PUT', `/api/playbooks/${playbook.id}`, { name: 'shared', title: 'Theirs', steps });
    await page.keyboard.press('Control+s');
    await page.getByText(/saved a draft .*Your changes are not saved, and still here/).waitFor();
    await page.getByRole('button', { name: 'Overwrite their version' }).click();
    await page.getByText('Draft saved').first().waitFor();
    expect((await admin('GET', `/api/playbooks/${playbook.id}`)).draft.title).toBe('Mine');

    const exception = await admin('POST', '/api/exceptions', { title: 'Shared' });
    await page.goto(`/t/${acme.slug}/exceptions/${exception.id}`);
    await page.getByRole('button', { name: 'Edit' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Title').fill('Mine');
    await admin('PUT', `/api/exceptions/${exception.id}`, { title: 'Theirs', severity: 'critical' });
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Shared → Theirs').waitFor();
    await dialog.getByRole('button', { name: 'Save my changes over theirs' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await admin('GET', `/api/exceptions/${exception.id}`)).toMatchObject({
      title: 'Mine',
      severity: 'critical',
    });
  });
});
