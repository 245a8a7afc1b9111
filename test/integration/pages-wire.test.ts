import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { type ShopServer, serveShop, shopProto } from '../support/grpc-shop.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { type SoapShop, serveSoapShop } from '../support/soap-shop.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

let api: TestApi;
let acme: TestTenant;
let browser: Browser;
let page: Page;
let grpc: ShopServer;
let soap: SoapShop;

beforeAll(async () => {
  [browser, grpc, soap] = await Promise.all([
    startBrowser(),
    serveShop(),
    serveSoapShop((order) => order),
    oneAtATime(buildWeb),
  ]);
  api = await startTestApi({ webDist });
  acme = await api.tenant({ privateHosts: [grpc.hostPort, soap.hostPort] });
  page = await browser.newPage({ baseURL: api.url, viewport: { width: 1360, height: 850 } });
  page.setDefaultTimeout(60_000);
  await signIn(page, acme);
});
afterAll(async () => {
  await browser?.close();
  await api?.close();
  await grpc?.close();
  await soap?.close();
});

const field = (name: string | RegExp) => page.getByRole('textbox', { name });

async function addInput(name: string): Promise<void> {
  await page.getByRole('button', { name: 'Add input' }).click();
  const row = page.getByRole('group', { name: 'Inputs' }).getByLabel('Name', { exact: true }).last();
  await row.fill(name);
  await row.press('Tab');
}

/** Previews the open tool with one input, and executes it. */
async function run(input: string, value: string, shown: RegExp): Promise<void> {
  await page.keyboard.press('r');
  await page.getByRole('textbox', { name: input, exact: true }).fill(value);
  await page.getByRole('button', { name: /^Preview/ }).click();
  await page.getByText(shown).first().waitFor();
  // A press too soon after the form has appeared sends nothing.
  await eventually(
    async () => {
      const done = await page.getByText(/^Succeeded$/).count();
      if (done === 0) await page.keyboard.press('Control+Enter');
      return done > 0;
    },
    { everyMs: 2000, timeoutMs: 60_000 },
  );
}

test('a gRPC tool is made with fields alone, previewed and executed', async () => {
  await page.goto(`/t/${acme.slug}/tools/new`);
  await field(/^Name/).first().fill('get_order');
  await page.getByLabel('Type', { exact: true }).selectOption('gRPC method');
  await field(/^Target/).fill(grpc.hostPort);
  await field(/^Service/).fill('shop.v1.Orders');
  await field(/^Method/).fill('GetOrder');
  await field(/^\.proto files/).fill(shopProto);
  await addInput('orderId');
  await look(page, 'wire-grpc-form');
  await page.keyboard.press('Control+s');
  await page.getByRole('heading', { name: /get_order/ }).waitFor();
  await page.getByText('Its documents, as they were when this version was saved').waitFor();
  await look(page, 'wire-grpc-tool');
  await run('orderId', 'o-42', /grpc:\/\/127\.0\.0\.1:\d+\/shop\.v1\.Orders\/GetOrder/);
  expect(grpc.received).toMatchObject([{ method: 'GetOrder', message: { order_id: 'o-42' } }]);
  await look(page, 'wire-grpc-run');
});

test('a SOAP tool is made from a WSDL with fields alone, and what it does not have is said at its place', async () => {
  await page.goto(`/t/${acme.slug}/tools/new`);
  await field(/^Name/).first().fill('place_order');
  await page.getByLabel('Type', { exact: true }).selectOption('SOAP operation');
  await field(/^WSDL/).fill(soap.wsdl);
  await field(/^Operation/).fill('PlaceOrders');
  await addInput('id');
  await page.keyboard.press('Control+s');
  await page.getByText('Unknown operation "PlaceOrders" (there are PlaceOrder)').first().waitFor();
  await look(page, 'wire-soap-form');
  await field(/^Operation/).fill('PlaceOrder');
  await page.keyboard.press('Control+s');
  await page.getByRole('heading', { name: /place_order/ }).waitFor();
  await run('id', 'o-<9>', /<n0:id>o-&lt;9&gt;<\/n0:id>/);
  expect(soap.received).toHaveLength(1);
  await page.setViewportSize({ width: 390, height: 800 });
  await look(page, 'wire-soap-run-phone');
  await page.setViewportSize({ width: 1360, height: 850 });
});
