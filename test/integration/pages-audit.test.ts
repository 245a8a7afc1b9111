import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { verifyExport } from '../../shared/events/server/audit/verify-export.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { connectTo } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('the page of the audit trail', () => {
  let api: TestApi;
  let acme: TestTenant;
  let browser: Browser;
  let page: Page;
  let adminUrl: string;

  beforeAll(async () => {
    const own = await createOwnDatabase();
    adminUrl = own.adminUrl;
    [browser] = await Promise.all([startBrowser(), oneAtATime(buildWeb)]);
    api = await startTestApi({ webDist, worker: false, databaseUrl: own.databaseUrl });
    acme = await api.tenant();
    page = await browser.newPage({ baseURL: api.url, viewport: { width: 1360, height: 850 } });
    page.setDefaultTimeout(30_000);
    await signIn(page, acme);
    await acme.as.operator('POST', '/api/exceptions', { title: 'Card payment failed twice' });
    await acme.as.tenant_admin('POST', '/api/tools', {
      name: 'refund_payment',
      title: 'Refund',
      type: 'dummy',
    });
    await acme.as.viewer('POST', '/api/exceptions', { title: 'Refused' });
  });
  afterAll(async () => {
    await browser?.close();
    await api?.close();
  });

  const rows = () => page.getByRole('table', { name: 'Audit' }).locator('tbody').getByRole('row');

  test('shows who did what through which door, filters in the URL, and an event by keyboard', async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('a');
    await page.waitForURL(/\/audit$/);
    await rows().filter({ hasText: 'Tool created' }).getByText('REST API, from 127.0.0.1').waitFor();
    await page.getByText('Nothing is sealed yet').waitFor();
    await eventually(async () => {
      await api.services.auditSeal.seal();
      return (await acme.as.tenant_admin('GET', '/api/audit/head')).body.sequence >= 3;
    });
    await api.services.auditSeal.signHeads();
    await api.services.auditSeal.check({ restMs: 0 });
    await page.reload();
    await page.getByText('As sealed, compared').waitFor();
    await look(page, '40-audit');

    await page.getByRole('button', { name: 'Filter by What' }).click();
    await page.getByRole('menuitem', { name: 'Tool created' }).click();
    await page.waitForURL(/type=ToolCreated/);
    await expect.poll(() => rows().count()).toBe(1);
    await page.goBack();
    await page.goForward();
    await page.goto(`/t/${acme.slug}/audit?actor=operator&door=rest`);
    await rows().getByText('Exception created').waitFor();
    expect(await rows().count()).toBe(1);

    await page.getByRole('link', { name: 'Exception created' }).focus();
    await page.keyboard.press('Enter');
    const event = page.getByRole('dialog', { name: 'Exception created' });
    await event.getByText('REST API, from 127.0.0.1').waitFor();
    await look(page, '40-audit-event');
    await event.getByRole('link', { name: 'EX-1' }).waitFor();
    await page.keyboard.press('Escape');
    await event.waitFor({ state: 'hidden' });
    expect(page.url()).not.toContain('event=');
  });

  test('an export for the offline check comes as a file, and the export is in the trail', async () => {
    await page.goto(`/t/${acme.slug}/audit`);
    await page.getByRole('button', { name: 'Export' }).focus();
    await page.keyboard.press('Enter');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'To verify' }).press('Enter'),
    ]);
    const text = await readFile(await download.path(), 'utf8');
    const verified = await verifyExport(Readable.from(text.trimEnd().split('\n')));
    expect(verified).toMatchObject({ tenant: acme.slug, fromStart: true, leftOut: 0 });
    await page.reload();
    await rows().filter({ hasText: 'Audit exported' }).getByText('Page, from 127.0.0.1').waitFor();
  });

  test('a row that someone changed in the database is shown in words, also on a phone', async () => {
    const admin = await connectTo(adminUrl);
    await admin.query('SET session_replication_role = replica');
    await admin.query(`UPDATE event SET actor_name = 'Nobody' WHERE type = 'ToolCreated'`);
    await admin.end();
    await expect
      .poll(async () => {
        await api.services.auditSeal.check({ restMs: 0 });
        return (await acme.as.tenant_admin('GET', '/api/audit/head')).body.check.problems.length;
      })
      .toBe(1);
    await page.setViewportSize({ width: 390, height: 800 });
    await page.goto(`/t/${acme.slug}/audit`);
    await page.getByText('The audit trail is not as it was sealed').waitFor();
    await page.getByText(/Event \d+ was changed after it was sealed/).waitFor();
    await look(page, '40-audit-changed');
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width: 1360, height: 850 });
    await look(page, '40-audit-changed-wide');
  });

  test('a finding is acknowledged with a reason and stays listed; a new one is shown again', async () => {
    const alert = page.getByRole('alert').filter({ hasText: 'not as it was sealed' });
    await alert.getByRole('button', { name: 'Acknowledge' }).press('Enter');
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByRole('button', { name: 'Acknowledge' }).isDisabled()).toBe(true);
    await dialog.getByLabel('What you found out').fill('A test of our backups by the platform team');
    await look(page, '40-audit-acknowledge');
    await page.keyboard.press('Control+Enter');
    await alert.waitFor({ state: 'detached' });
    await page.getByText('1 acknowledged finding').click();
    await page.getByText('A test of our backups by the platform team').waitFor();
    await look(page, '40-audit-acknowledged');
    await page.reload();
    await rows().filter({ hasText: 'Audit problems acknowledged' }).first().waitFor();
    const admin = await connectTo(adminUrl);
    await admin.query('SET session_replication_role = replica');
    await admin.query(`UPDATE event SET actor_name = 'Nobody' WHERE type = 'AuditExported'`);
    await admin.end();
    await expect
      .poll(
        async () => {
          await api.services.auditSeal.check({ restMs: 0 });
          await page.reload();
          await page.getByText('1 acknowledged finding').waitFor();
          return alert.count();
        },
        { timeout: 60_000 },
      )
      .toBe(1);
    const { body } = await acme.as.tenant_admin('GET', '/api/audit/head');
    const [found, seen] = body.check.problems;
    expect([found.acknowledged, seen.acknowledged.reason]).toEqual([null, expect.stringMatching(/backups/)]);
    const again = await acme.as.tenant_admin('POST', '/api/audit/acknowledge', {
      problems: [{ kind: seen.kind, block: seen.block, eventId: seen.eventId }],
      reason: 'Twice',
    });
    expect([again.status, again.body.error.message]).toEqual([409, expect.stringMatching(/already/)]);
  });

  test('who may not read it does not see the place', async () => {
    const { rows: known } = await connectTo(adminUrl).then(async (admin) => {
      const result = await admin.query(`UPDATE auth.member SET role = 'operator' RETURNING role`);
      await admin.end();
      return result;
    });
    expect(known.length).toBeGreaterThan(0);
    await page.goto(`/t/${acme.slug}/exceptions`);
    await expect
      .poll(
        async () => {
          await page.reload();
          await page.getByRole('link', { name: 'Executions' }).waitFor();
          return page.getByRole('link', { name: 'Audit' }).count();
        },
        { timeout: 20_000, interval: 1_000 },
      )
      .toBe(0);
  });
});
