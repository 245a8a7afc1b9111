import { readFile } from 'node:fs/promises';
import type pg from 'pg';
import type { Browser, Page } from 'playwright-core';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { countLog } from '../../shared/usage/server/count-log.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { connectTo } from '../support/connect-admin.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { complete, publishPlaybook, startRun, stepWhen } from '../support/playbook-runs.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const hour = 3_600_000;

describe('the pictures of usage', () => {
  let api: TestApi;
  let acme: TestTenant;
  let browser: Browser;
  let page: Page;
  let admin: pg.Client;
  let tool: string;
  let connector: string;
  let playbook: string;

  beforeAll(async () => {
    const own = await createOwnDatabase();
    [browser, admin] = await Promise.all([startBrowser(), connectTo(own.adminUrl), oneAtATime(buildWeb)]);
    api = await startTestApi({ webDist, databaseUrl: own.databaseUrl });
    acme = await api.tenant();
    const make = async (path: string, body: unknown) => {
      const made = await acme.as.tool_admin('POST', path, body);
      expect(made.status, JSON.stringify(made.body)).toBe(201);
      return made.body.id as string;
    };
    connector = await make('/api/connectors', {
      name: 'payments',
      title: 'Payments',
      baseUrl: 'https://pay.example',
    });
    tool = await make('/api/tools', {
      name: 'refund_payment',
      title: 'Refund a payment',
      type: 'http',
      config: { method: 'POST', connectorId: connector, path: '/refunds' },
    });
    playbook = await publishPlaybook(acme.as.tool_admin, {
      name: 'refund',
      title: 'Refund',
      steps: [
        { id: 'check', type: 'manual', title: 'Check the payment', assignee: { role: 'operator' } },
        { id: 'tell', type: 'manual', title: 'Tell the customer', assignee: { role: 'operator' } },
      ],
    });
    // Their events have the lowest ids, as they are the oldest.
    await admin.query('SET session_replication_role = replica');
    for (let i = 299; i >= 0; i--) await past(i);
    await admin.query('SET session_replication_role = DEFAULT');
    for (let i = 0; i < 3; i++) {
      const run = await startRun(acme.as.operator, playbook);
      await stepWhen(acme.as.viewer, run, 'check', 'waiting');
      if (i > 0) await complete(acme.as.operator, run, 'check');
    }
    for (let i = 0; i < 4; i++) {
      const { body } = await acme.as.operator('POST', '/api/exceptions', {
        title: `Refund ${i} is stuck`,
        domain: 'general',
        severity: 'high',
      });
      if (i < 2) await acme.as.operator('POST', `/api/exceptions/${body.id}/resolve`, { code: 'fixed' });
    }
    await countLog(api.services.db);
    page = await browser.newPage({ baseURL: api.url, viewport: { width: 1360, height: 1100 } });
    page.setDefaultTimeout(15_000);
    await signIn(page, acme);
  });
  afterAll(async () => {
    await browser?.close();
    await api?.close();
    await admin?.end();
  });

  /** An execution of the last six days. */
  async function past(i: number): Promise<void> {
    const at = new Date(Date.now() - Math.floor((i * 144) / 300) * hour - 1000);
    const id = uuidv7({ msecs: at.getTime() });
    const code = i % 9 === 0 ? 'timeout' : i % 31 === 0 ? 'outcome_unknown' : null;
    await admin.query(
      `INSERT INTO tool_execution (id, tenant_id, tool_id, tool_name, tool_title, tool_version, status, failure_code, connector_id,
         requested_by_actor_type, requested_by_actor_id, requested_by_actor_name, attempts, max_attempts, deadline_at, created_at,
         started_at, completed_at)
       VALUES ($1, $2, $3, 'refund_payment', 'Refund a payment', 1, CASE WHEN $4::text IS NULL THEN 'succeeded' ELSE 'failed' END,
         $4, $7, 'user', 'u', 'U', 1, 1, $5, $5, $5, $5::timestamptz + $6 * interval '1 ms')`,
      [id, acme.id, tool, code, at, 40 + ((i * 53) % 900), connector],
    );
    await admin.query(
      `INSERT INTO event (tenant_id, type, subject_type, subject_id, actor_type, actor_id, actor_name, created_at)
       VALUES ($1, 'ToolExecutionRequested', 'execution', $2, 'user', 'u', 'U', $3)`,
      [acme.id, id, at],
    );
  }

  const link = (name: string | RegExp) => page.getByRole('link', { name, exact: typeof name === 'string' });
  const phone = async (name: string) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await look(page, name);
    expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
    await page.setViewportSize({ width: 1360, height: 1100 });
  };
  const drawn = () => page.locator('.uplot canvas').first().waitFor();

  test('home is where one arrives: what waits, what has changed, and numbers that lead to their lists', {
    timeout: 180_000,
  }, async () => {
    await page.waitForURL(/\/home$/);
    await page.getByRole('heading', { name: 'Needs you now' }).waitFor();
    await link(/Check the payment/)
      .first()
      .waitFor();
    await link('2 exceptions resolved').waitFor();
    await drawn();
    await look(page, 'usage-home');
    await phone('usage-home-phone');
    await link('Executions: 300').click();
    await page.waitForURL(/\/executions\?/);
    expect(page.url()).not.toContain('previous');
    await page.goBack();
    await link('Resolved: 2').click();
    await page.getByRole('link', { name: 'Refund 1 is stuck' }).waitFor();
    expect(await page.getByRole('link', { name: 'Refund 3 is stuck' }).count()).toBe(0);
    await page.goBack();
    await link('Refund a payment, failed: 42').click();
    await page.getByRole('heading', { name: 'Executions' }).waitFor();
    expect(page.url()).toContain('status=failed');
  });

  test('a chart is read by keys, as a table, and saved as CSV and PNG', { timeout: 180_000 }, async () => {
    await page.goto(`/t/${acme.slug}/home`);
    await drawn();
    const chart = page.getByRole('figure').filter({ hasText: 'Executions by outcome' });
    const picture = chart.getByRole('img', { name: /^Executions by outcome/ });
    await picture.focus();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    const { calls } = (await acme.as.viewer('GET', `/api/usage/home?timeZone=${await zone()}`)).body;
    await chart.getByText(String(calls.buckets.at(-2).succeeded), { exact: true }).waitFor();
    await look(page, 'usage-chart');
    const [csv] = await Promise.all([
      page.waitForEvent('download'),
      chart.getByRole('button', { name: 'Executions by outcome as CSV' }).click(),
    ]);
    const lines = (await readFile(await csv.path(), 'utf8')).trim().split('\r\n');
    expect(lines[0]).toBe('from,to,"Succeeded","Failed","Outcome unknown","Not ended"');
    expect(lines).toHaveLength(1 + calls.buckets.length);
    const sums = lines.slice(1).map((line) =>
      line
        .split(',')
        .slice(2)
        .reduce((sum, each) => sum + Number(each), 0),
    );
    expect(sums.reduce((sum, each) => sum + each, 0)).toBe(300);
    const [png] = await Promise.all([
      page.waitForEvent('download'),
      chart.getByRole('button', { name: 'Executions by outcome as PNG' }).click(),
    ]);
    expect((await readFile(await png.path())).subarray(1, 4).toString()).toBe('PNG');
    await chart.getByRole('button', { name: 'Table' }).click();
    await chart.getByRole('columnheader', { name: 'Succeeded' }).waitFor();
    await look(page, 'usage-table');
    await chart.getByRole('button', { name: 'Chart' }).click();
    await picture.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/executions\?.*from=/);
  });

  const zone = () =>
    page.evaluate(() => encodeURIComponent(Intl.DateTimeFormat().resolvedOptions().timeZone));

  test('a tool, a connector and a playbook each say how they are used', { timeout: 180_000 }, async () => {
    await page.goto(`/t/${acme.slug}/tools/${tool}?tab=usage`);
    await drawn();
    await page.getByRole('heading', { name: 'Why calls failed' }).waitFor();
    await look(page, 'usage-tool');
    await phone('usage-tool-phone');
    await link('30 days').click();
    await page.waitForURL(/period=30d/);
    await link('Timed out, executions: 34').click();
    await page.waitForURL(/failureCode=timeout/);
    await page.goto(`/t/${acme.slug}/connectors/${connector}?tab=usage`);
    await drawn();
    await page.getByRole('button', { name: 'Slowest' }).click();
    await link('Refund a payment, executions: 300').waitFor();
    await look(page, 'usage-connector');
    await page.goto(`/t/${acme.slug}/playbooks/${playbook}?tab=usage`);
    await drawn();
    // Over the graph, and as a table.
    const graph = page.getByRole('tree', { name: 'Steps as a graph' });
    const step = graph.getByRole('treeitem', { name: /Check the payment.*opened 3 times/ });
    await step.waitFor();
    await look(page, 'usage-playbook-graph');
    await phone('usage-playbook-graph-phone');
    await page.getByRole('button', { name: 'Runs that ended' }).click();
    await step.click();
    await page.getByText('in which the step check opened').waitFor();
    await page.getByRole('row').nth(3).waitFor();
    expect(await page.getByRole('row').count()).toBe(4);
    await page.goBack();
    await drawn();
    await page.getByRole('button', { name: 'List', exact: true }).click();
    const steps = page.getByRole('list', { name: 'Steps' });
    await steps.getByText('Check the payment').waitFor();
    await look(page, 'usage-playbook');
    await phone('usage-playbook-phone');
    await steps.getByRole('link', { name: 'Check the payment, completed: 2' }).click();
    await page.getByText('in which the step check was completed').waitFor();
    await page.getByRole('row').nth(2).waitFor();
    expect(await page.getByRole('row').count()).toBe(3);
    await link('Show all runs').click();
    await page.getByRole('row').nth(3).waitFor();
  });
});
