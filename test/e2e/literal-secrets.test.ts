import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { look, startBrowser } from '../support/browser.ts';
import { freshFolder, type Product, removeFolder, startProduct } from '../support/product.ts';

describe('literal secrets in the tool editor', () => {
  let dir: string;
  let product: Product;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    dir = await freshFolder();
    [product, browser] = await Promise.all([startProduct(dir), startBrowser()]);
    const context = await browser.newContext({
      viewport: { width: 1360, height: 850 },
      baseURL: product.dev.webUrl,
    });
    page = await context.newPage();
    page.setDefaultTimeout(15_000);
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
    removeFolder(dir);
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
