import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { startGraphql } from '../support/graphql-server.ts';
import { type McpTestServer, startMcp } from '../support/mcp-server.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import type { ProviderServer } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('tools of a system that describes itself', () => {
  let api: TestApi;
  let acme: TestTenant;
  let graphql: ProviderServer;
  let mcp: McpTestServer;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    [browser, graphql, mcp] = await Promise.all([
      startBrowser(),
      startGraphql(),
      startMcp('stateless'),
      oneAtATime(buildWeb),
    ]);
    api = await startTestApi({ webDist });
    acme = await api.tenant({ privateHosts: [graphql.host, mcp.host] });
    page = await browser.newPage({ baseURL: api.url, viewport: { width: 1360, height: 850 } });
    page.setDefaultTimeout(45_000);
    await signIn(page, acme);
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all([api?.close(), graphql?.close(), mcp?.close()]);
  });

  const newConnector = async (kind: string, title: string, endpoint: string) => {
    await page.goto(`/t/${acme.slug}/connectors/new`);
    await page.getByLabel('Title').fill(title);
    const basics = page.getByRole('region', { name: 'Basics' });
    await basics.getByLabel('Kind').selectOption({ label: kind });
    await page.getByLabel('Endpoint').fill(endpoint);
    await page.getByRole('button', { name: 'Fetch from the server' }).click();
    await page.getByText(/was fetched/).waitFor();
  };
  const save = async (saved: RegExp) => {
    await page.keyboard.press('Control+s');
    await page.waitForURL(saved);
  };
  const execute = async (input: Record<string, string>) => {
    // The address changes before the page.
    await page.getByText('Latest executions').waitFor();
    await page.keyboard.press('r');
    await page.waitForURL(/\/run/);
    await page.getByRole('button', { name: /Execute/ }).waitFor();
    const sheet = page.getByRole('dialog');
    for (const [label, value] of Object.entries(input))
      await sheet.getByRole('textbox', { name: new RegExp(`^${label}`) }).fill(value);
    await page.getByRole('button', { name: /Preview/ }).click();
    await sheet.getByText(/POST/).first().waitFor();
    await page.keyboard.press('Control+Enter');
    const result = sheet.getByRole('region', { name: 'Execution', exact: true });
    await result.getByText('Succeeded', { exact: true }).first().waitFor();
  };

  test('a GraphQL schema is fetched, and one of its operations made a tool, previewed and run', async () => {
    await newConnector('GraphQL', 'Orders', `${graphql.url}/graphql`);
    await look(page, 'graphql-connector');
    await save(/connectors\/[0-9a-f-]{36}$/);
    await page.getByLabel('Search operations').fill('number');
    await page.getByText('One order by its number.', { exact: true }).waitFor();
    await look(page, 'connector-operations');
    await page.getByRole('link', { name: 'Make a tool of Order', exact: true }).click();
    await page.getByLabel('Document').first().waitFor();
    await look(page, 'graphql-tool-form');
    await save(/tools\/[0-9a-f-]{36}$/);
    await page.getByText('Safe to retry: a query only reads').first().waitFor();
    await look(page, 'graphql-tool');
    await execute({ id: '7' });
    await page.getByText('12.5').first().waitFor();
    await look(page, 'graphql-execution');
  }, 240_000);

  test('the tools of an MCP server are fetched, one is chosen and run, and a changed schema is shown first', async () => {
    await newConnector('MCP server', 'Order desk', `${mcp.url}/mcp`);
    await save(/connectors\/[0-9a-f-]{36}$/);
    const connectorId = /connectors\/([0-9a-f-]{36})/.exec(page.url())![1]!;
    await page.goto(`/t/${acme.slug}/tools/new`);
    await page.getByLabel('Type', { exact: true }).selectOption({ label: 'MCP tool' });
    await page.getByLabel('Send to').selectOption({ label: 'Connector: Order desk' });
    await page.getByRole('button', { name: 'Choose an operation' }).click();
    await page.getByRole('button', { name: 'Use Find an order', exact: true }).click();
    await page.getByText('The server says that this tool only reads.').waitFor();
    await look(page, 'mcp-tool-form');
    await save(/tools\/[0-9a-f-]{36}$/);
    await execute({ id: '7' });
    await page.getByText('12.5').first().waitFor();

    mcp.without.add('gone');
    await page.goto(`/t/${acme.slug}/connectors/${connectorId}/edit`);
    await page.getByRole('button', { name: 'Fetch from the server' }).click();
    await page.getByText('The server has another list of tools.').waitFor();
    await page.getByRole('button', { name: 'Use the new list of tools' }).waitFor();
    await look(page, 'mcp-changed');
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('button', { name: 'Use the new list of tools' }).click();
    await page.getByText(/was fetched/).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    await page.setViewportSize({ width: 1360, height: 850 });
  }, 240_000);
});
