import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { writePrivateHosts } from '../../shared/identity/db/tenant-settings.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { dumpDatabase, findSecret } from '../support/secret-scan.ts';
import { type ShopDatabase, startShopDatabase } from '../support/shop-database.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('a tool that asks a database', () => {
  let shop: ShopDatabase;
  let api: TestApi;
  let acme: TestTenant;
  let browser: Browser;
  let page: Page;
  let adminUrl: string;
  const logs: string[] = [];

  beforeAll(async () => {
    const [own, found, started] = await Promise.all([
      createOwnDatabase(),
      startShopDatabase(`
        CREATE TABLE orders (id bigint PRIMARY KEY, customer text, status text, total numeric(20,2));
        INSERT INTO orders VALUES (9007199254740993, 'Ana', 'paid', 19.90), (2, 'Ben', 'open', 5);
        GRANT SELECT, INSERT ON orders TO shop;`),
      startBrowser(),
      oneAtATime(buildWeb),
    ]);
    [shop, browser, adminUrl] = [found, started, own.adminUrl];
    api = await startTestApi({ webDist, databaseUrl: own.databaseUrl, onLog: (line) => logs.push(line) });
    acme = await api.tenant({ privateHosts: [`127.0.0.1:${shop.port}`] });
    page = await browser.newPage({ baseURL: api.url, viewport: { width: 1360, height: 1000 } });
    page.setDefaultTimeout(45_000);
    await signIn(page, acme);
    // The pages may have to be built first.
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await api?.close();
    await shop?.stop();
  });

  const send = async (method: string, path: string, body?: unknown) => {
    const response = await acme.as.tenant_admin(method, path, body);
    expect(response.status, JSON.stringify(response.body)).toBeLessThan(300);
    return response.body;
  };
  const execute = async (definition: Record<string, unknown>, payload = {}) => {
    const tool = await send('POST', '/api/tools', {
      type: 'database',
      retry: { maxAttempts: 1 },
      ...definition,
    });
    const { body } = await acme.as.tenant_admin('POST', `/api/tools/${tool.id}/execute`, {
      payload,
      waitMs: 60_000,
    });
    return { tool, execution: body };
  };
  const auth = () => ({ type: 'basic', username: 'shop', password: shop.password });

  test('is made with the form, shows its statement and parameters, and its rows', async () => {
    await page.goto(`/t/${acme.slug}/tools/new`);
    await page.getByLabel('Title').fill('Look up orders');
    await page.getByLabel('Type', { exact: true }).selectOption('database');
    await page.getByRole('textbox', { name: /^URL/ }).fill(shop.url);
    await page
      .getByRole('textbox', { name: /^SQL/ })
      .fill("SELECT id, status, total, '{status}' AS note\nFROM orders\nWHERE customer = {customer}");
    await page.getByRole('button', { name: 'Add the input customer' }).click();
    await page.getByLabel('Kind', { exact: true }).selectOption('basic');
    await page.getByLabel(/^User name/).fill('shop');
    await page.getByLabel('Password').fill(shop.password);
    await look(page, 'database-form');
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('textbox', { name: /^SQL/ }).scrollIntoViewIfNeeded();
    await look(page, 'database-form-phone');
    await page.setViewportSize({ width: 1360, height: 1000 });
    await page.keyboard.press('Control+Enter');
    await page.getByRole('textbox', { name: /^customer/ }).fill("Ana' OR 'a' = 'a");
    await page.getByRole('button', { name: 'Preview' }).first().click();
    await page.getByLabel('Statement', { exact: true }).getByText('WHERE customer = $1').waitFor();
    await page.getByLabel('Parameters', { exact: true }).getByText("Ana' OR 'a' = 'a").waitFor();
    await page.getByText('Safe to retry: read-only').first().waitFor();
    await look(page, 'database-preview');
    await page.getByRole('textbox', { name: /^customer/ }).fill('Ana');
    await page.getByRole('button', { name: /Execute/ }).click();
    await page
      .getByText(/^Succeeded$/)
      .last()
      .waitFor();
    await look(page, 'database-result');
    const [{ id }] = (await send('GET', '/api/tools/executions?limit=1')).items;
    expect((await send('GET', `/api/tools/executions/${id}`)).output).toMatchObject({
      rows: [{ status: 'paid', note: '{status}' }],
      rowCount: 1,
    });
  }, 300_000);

  test('shares its connection by a connector, and its page says what it does', async () => {
    await page.goto(`/t/${acme.slug}/connectors/new`);
    await page.getByLabel('Title').fill('Shop');
    await page.getByLabel('Kind', { exact: true }).first().selectOption('database');
    await page.getByRole('textbox', { name: /^URL/ }).fill(shop.url);
    await page.getByLabel('Kind', { exact: true }).last().selectOption('basic');
    await page.getByLabel(/^User name/).fill('shop');
    await page.getByLabel('Password').fill(shop.password);
    await look(page, 'database-connector-form');
    await page.keyboard.press('Control+s');
    await page.waitForURL(/connectors\/[0-9a-f-]{36}$/);
    await page.getByText(shop.url).first().waitFor();
    const connectorId = /connectors\/([0-9a-f-]{36})/.exec(page.url())?.[1];
    const config = { engine: 'postgresql', connectorId, statement: 'SELECT count(*) AS orders FROM orders' };
    const { tool, execution } = await execute({ name: 'count_orders', config });
    expect(execution).toMatchObject({
      status: 'succeeded',
      output: { rows: [{ orders: 2 }], rowCount: 1, truncated: false },
    });
    await page.goto(`/t/${acme.slug}/tools/${tool.id}`);
    await page.getByText('inherited from the connector').waitFor();
    await page.getByText('Read only', { exact: true }).waitFor();
    await look(page, 'database-tool');
    const mismatch = await acme.as.tenant_admin('POST', '/api/tools', {
      name: 'other_engine',
      type: 'database',
      config: { ...config, engine: 'mysql' },
    });
    expect(mismatch.body.error.issues).toEqual([
      expect.objectContaining({
        path: '/config/engine',
        message: 'The connector is not one for MySQL or MariaDB',
      }),
    ]);
  });

  test('says what a refused statement was refused for, in words and in those of the database', async () => {
    const config = {
      engine: 'postgresql',
      url: shop.url,
      statement: 'INSERT INTO orders (id) VALUES ({id})',
    };
    const inputSchema = { type: 'object', properties: { id: { type: 'integer' } } };
    const readOnly = await execute({ name: 'add_order', config, inputSchema, auth: auth() }, { id: 7 });
    expect(readOnly.execution).toMatchObject({
      status: 'failed',
      failure: { code: 'provider_error', message: expect.stringContaining('the tool is read-only (25006)') },
    });
    const writing = { ...config, readOnly: false };
    const twice = await execute(
      { name: 'add_order_2', config: writing, inputSchema, auth: auth() },
      { id: 2 },
    );
    expect(twice.execution).toMatchObject({ status: 'failed', failure: { retryable: true } });
    await page.goto(`/t/${acme.slug}/executions/${twice.execution.id}`);
    await page
      .getByText(/duplicate key value violates unique constraint/)
      .first()
      .waitFor();
    await look(page, 'database-refused');
    const written = await execute(
      { name: 'add_order_3', config: writing, inputSchema, auth: auth() },
      { id: 7 },
    );
    expect(written.execution).toMatchObject({ status: 'succeeded', output: { rows: [], rowCount: 1 } });
  });

  test('our own database is out of reach, by its address and by a name', async () => {
    const { port } = new URL(inject('servers').databaseUrl);
    const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
    await api.services.db.tenant(acme.id, (connection) =>
      writePrivateHosts(connection, [...hosts, `127.0.0.1:${shop.port}`]),
    );
    for (const [index, host] of hosts.entries()) {
      const config = { engine: 'postgresql', url: `postgresql://${host}/postgres`, statement: 'SELECT 1' };
      const { execution } = await execute({ name: `attack_${index}`, config, auth: auth() });
      expect(execution).toMatchObject({ status: 'failed', failure: { code: 'denied' } });
      expect(execution.failure.message).toContain('belongs to Interlock itself');
    }
  });

  test('the password is in no row, response or log, also where the database returns it', async () => {
    const { execution } = await execute(
      {
        name: 'echo_password',
        config: { engine: 'postgresql', url: shop.url, statement: 'SELECT {text}::text AS said' },
        inputSchema: { type: 'object', properties: { text: { type: 'string' } } },
        auth: auth(),
      },
      { text: `it is ${shop.password}` },
    );
    expect(execution.output.rows[0].said).toContain('[redacted');
    const places = {
      ...(await dumpDatabase(adminUrl)),
      log: logs.join('\n'),
      response: JSON.stringify(execution),
    };
    expect(findSecret(places, shop.password)).toEqual([]);
  });
});
