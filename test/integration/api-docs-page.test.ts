import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBrowser } from '../support/browser.ts';
import { startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
let browser: Browser;
beforeAll(async () => {
  [api, browser] = await Promise.all([startTestApi({ worker: false }), startBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await api?.close();
});

test('the API page shows the operations, asks no other server, and leads to no other service', async () => {
  const page = await browser.newPage();
  const requested: string[] = [];
  page.on('request', (request) => requested.push(request.url()));
  await page.goto(`${api.url}/api/docs`);
  await page.getByRole('heading', { name: 'Interlock' }).first().waitFor({ timeout: 45_000 });
  await page
    .getByRole('button', { name: /Test Request/ })
    .first()
    .waitFor({ timeout: 45_000 });
  const own = [api.url, api.services.environment.publicUrl];
  const elsewhere = (url: string) => /^(https?|wss?):/.test(url) && !own.some((each) => url.startsWith(each));
  expect(requested).toContain(`${api.url}/api/openapi.json`);
  expect(requested.filter(elsewhere)).toEqual([]);
  const links = await page
    .getByRole('link')
    .evaluateAll((all) => all.map((each) => String(Reflect.get(each, 'href'))));
  expect(links.filter(elsewhere)).toEqual([]);
  const buttons = await page.getByRole('button').allInnerTexts();
  expect(
    buttons.filter((text) => /scalar|mcp|api client|cursor|vs code|agent|developer/i.test(text)),
  ).toEqual([]);
  await page.close();
}, 120_000);
