import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('the editor of a playbook', () => {
  let api: TestApi;
  let acme: TestTenant;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    [browser] = await Promise.all([startBrowser(), oneAtATime(buildWeb)]);
    api = await startTestApi({ webDist });
    acme = await api.tenant();
    page = await browser.newPage({ baseURL: api.url, viewport: { width: 1360, height: 850 } });
    page.setDefaultTimeout(15_000);
    await signIn(page, acme);
  });
  afterAll(async () => {
    await browser?.close();
    await api?.close();
  });

  test('shows four eyes as on and completion through Temporal as off, and saves what is switched', async () => {
    const { tool_admin } = acme.as;
    const { body } = await tool_admin('POST', '/api/playbooks', {
      name: 'signed',
      title: 'Signed',
      steps: [{ id: 'sign', type: 'approval', title: 'Sign it' }],
    });
    const draft = async () => (await tool_admin('GET', `/api/playbooks/${body.id}`)).body.draft;
    await page.goto(`/t/${acme.slug}/playbooks/${body.id}/edit`);
    const direct = page.getByRole('switch', { name: 'Completion through Temporal' });
    expect(await direct.getAttribute('aria-checked')).toBe('false');
    await direct.click();
    await page
      .getByRole('button', { name: /Sign it/ })
      .first()
      .click();
    const fourEyes = page.getByRole('switch', { name: 'No self-approval' });
    expect(await fourEyes.getAttribute('aria-checked')).toBe('true');
    await look(page, 'four-eyes-editor');
    await fourEyes.click();
    await page.keyboard.press('Control+s');
    await eventually(async () => {
      const saved = await draft();
      return saved.directCompletion === true && saved.steps[0].noSelfApproval === false;
    });
    expect(await fourEyes.getAttribute('aria-checked')).toBe('false');
  });
});
