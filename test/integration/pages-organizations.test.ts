import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { createAuth } from '../../shared/identity/server/auth.ts';
import { seedIdentity } from '../../shared/identity/server/seed-identity.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { startTestApi, type TestApi, type TestTenant, testPassword } from '../support/test-api.ts';

describe('organizations, in a browser', () => {
  let api: TestApi;
  let acme: TestTenant;
  let browser: Browser;
  const contexts: BrowserContext[] = [];
  const nameField = /^Name(?! in URLs)/;

  beforeAll(async () => {
    [browser] = await Promise.all([startBrowser(), oneAtATime(buildWeb)]);
    api = await startTestApi({ webDist, worker: false });
    acme = await api.tenant();
  });
  afterAll(async () => {
    await Promise.all(contexts.map((context) => context.close()));
    await browser?.close();
    await api?.close();
  });

  /** Of someone else: a context of its own. */
  async function newPage(viewport = { width: 1360, height: 850 }): Promise<Page> {
    const context = await browser.newContext({ baseURL: api.url, viewport });
    contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    return page;
  }

  test('one is created on a phone and renamed by its first admin, and neither sees the people of the other', async () => {
    const email = `root@${acme.slug}.test`;
    const { environment, db } = api.services;
    const auth = createAuth({
      pool: db.authPool,
      secret: environment.INTERLOCK_AUTH_SECRET,
      publicUrl: environment.publicUrl,
    });
    const person = { email, name: 'Root', password: testPassword, memberships: [], platformAdmin: true };
    await seedIdentity(auth, { tenants: [{ slug: acme.slug, name: 'Acme' }], users: [person] });
    const root = await newPage({ width: 390, height: 844 });
    await signIn(root, { email, password: testPassword });
    await root.goto(`/t/${acme.slug}/settings/organizations`);
    const slug = `nordic-${acme.slug}`;
    await root.getByRole('textbox', { name: nameField }).fill('Nordic Desk');
    expect(await root.getByLabel('Name in URLs').inputValue()).toBe('nordic-desk');
    await root.getByLabel('Name in URLs').fill(slug);
    await root.getByLabel('Email address of the first tenant admin').fill('nils@nordic.test');
    await look(root, 'organizations-create-phone');
    const overflow = await root.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
    await root.keyboard.press('Enter');
    await root.getByText('Nordic Desk was created').waitFor();
    const link = (await root.locator('[data-secret]').textContent()) ?? '';
    await look(root, 'organizations-created-phone');
    await root.getByRole('button', { name: 'Done' }).click();
    await root.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await root.content()).not.toContain(link.split('#')[1]);

    const nils = await newPage();
    await nils.goto(link);
    await nils.getByRole('heading', { name: 'Join Nordic Desk' }).waitFor();
    await nils.getByLabel('Your name').fill('Nils Nord');
    await nils.getByLabel('Choose a password').fill('kettle orbit nine');
    await nils.keyboard.press('Enter');
    await nils.waitForURL(new RegExp(`/t/${slug}/home`));
    await nils.goto(`/t/${slug}/settings/organization`);
    const settings = nils.getByRole('navigation', { name: 'Settings' });
    await settings.getByRole('link', { name: 'Organization', exact: true }).waitFor();
    expect(await settings.getByRole('link', { name: 'Organizations' }).count()).toBe(0);
    await nils.getByRole('textbox', { name: nameField }).fill('Nordic Service Desk');
    await look(nils, 'organizations-rename');
    await nils.getByRole('button', { name: 'Rename' }).press('Enter');
    await nils.getByText('Organization renamed').waitFor();
    await nils.getByText('Nordic Service Desk').first().waitFor();

    await nils.goto(`/t/${slug}/settings/members`);
    await nils.getByRole('row', { name: /Nils Nord/ }).waitFor();
    const text = (page: Page) => page.locator('body').textContent();
    for (const stranger of [email, acme.email]) expect(await text(nils)).not.toContain(stranger);
    const ana = await newPage();
    await signIn(ana, acme);
    await ana.goto(`/t/${acme.slug}/settings/members`);
    await ana.getByText(acme.email).first().waitFor();
    expect(await text(ana)).not.toMatch(/nils/i);
    // Not by the address of the other organization either.
    const members = (page: Page, of: string) =>
      page.request.get('/api/members', { headers: { 'x-tenant': of } });
    expect((await members(nils, slug)).status()).toBe(200);
    expect((await members(nils, acme.slug)).status()).toBe(403);
    expect((await members(ana, slug)).status()).toBe(403);
  }, 180_000);
});
