import '../support/toys/register.ts';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { registerStepType } from '../../shared/playbooks/server/step-runners.ts';
import { signIn, startBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { publishPlaybook, startRun, stepWhen } from '../support/playbook-runs.ts';
import { startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';
import { toyStep } from '../support/toys/step/definition.ts';
import { toy } from '../support/toys/step/run.ts';

registerStepType('toy', toyStep, toy);

test('what every page waits for is at most 120 kB of scripts, with brotli and with gzip', async () => {
  await oneAtATime(buildWeb);
  const index = readFileSync(join(webDist, 'index.html'), 'utf8');
  const scripts = [...index.matchAll(/<(?:script|link)\b[^>]* (?:src|href)="([^"]+\.js)"/g)].map(([, path]) =>
    join(webDist, path!),
  );
  // Small files have no other form.
  const bytes = (file: string, form: string) =>
    statSync(existsSync(`${file}.${form}`) ? `${file}.${form}` : file).size;
  for (const form of ['br', 'gz']) {
    const total = scripts.reduce((sum, file) => sum + bytes(file, form), 0);
    expect(total, form).toBeGreaterThan(20_000);
    expect(total, form).toBeLessThanOrEqual(120_000);
  }
}, 300_000);

/** The pages are built without the toys. They learn about them from the API and edit them as JSON. */
describe('the pages with variants that are only registered in the API', () => {
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

  const writeJson = async (label: string, document: object) => {
    await page.getByRole('textbox', { name: label }).click();
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText(JSON.stringify(document));
  };

  test('a tool of a registered type and auth kind is written as JSON, shown, and executed', async () => {
    await page.goto(`/t/${acme.slug}/tools/new`);
    await writeJson('Definition as JSON', {
      name: 'leave_a_message',
      type: 'toy_mailbox',
      inputSchema: { type: 'object', properties: { paymentId: { type: 'string' } } },
      auth: { type: 'toy_seal', sealedBy: 'ana', sealingKey: 'a sealing key that must not be seen' },
      config: { mailbox: 'desk.example', message: 'Look at {paymentId}' },
    });
    await page.keyboard.press('Control+s');
    await page.getByRole('heading', { name: /leave_a_message/ }).waitFor();
    await page.getByText('desk.example').first().waitFor();
    expect(await page.content()).not.toContain('a sealing key');

    await page.keyboard.press('r');
    await page.getByLabel('paymentId').fill('pay_1');
    await page.keyboard.press('Control+Enter');
    await page
      .getByText(/^Succeeded$/)
      .last()
      .waitFor();
  });

  test('numbers are typed, sent and shown with all their digits', async () => {
    const orders = await startProvider((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{"balance":12345678901234567890.10,"id":9007199254740995}');
    });
    try {
      const allowed = await acme.as.tenant_admin('PUT', '/api/settings/egress', {
        privateHosts: [orders.host],
      });
      expect(allowed.status).toBe(200);
      const { body: tool } = await acme.as.tenant_admin('POST', '/api/tools', {
        name: 'pay_order',
        type: 'http',
        inputSchema: {
          type: 'object',
          properties: {
            order: { type: 'integer' },
            amount: { type: 'number', multipleOf: 0.01 },
          },
        },
        config: { method: 'POST', url: `${orders.url}/orders` },
      });
      await page.goto(`/t/${acme.slug}/tools/${tool.id}`);
      await page.getByRole('heading', { name: /pay_order/ }).waitFor();
      await page.keyboard.press('r');
      await page.getByRole('textbox', { name: 'order' }).fill('9007199254740993');
      await page.getByRole('textbox', { name: 'amount' }).fill('19.90');
      // A press too soon after the form has appeared sends nothing.
      await eventually(
        async () => {
          if (orders.requests.length === 0) await page.keyboard.press('Control+Enter');
          return orders.requests.length > 0;
        },
        { everyMs: 1500 },
      );
      await page.getByText('12345678901234567890.10').first().waitFor();
      await page.getByText('9007199254740995').first().waitFor();
      expect(orders.requests.map(({ body }) => body)).toEqual(['{"order":9007199254740993,"amount":19.90}']);
    } finally {
      await orders.close();
    }
  });

  test('a step of a registered type is written as JSON, published, shown, and completed', async () => {
    await page.goto(`/t/${acme.slug}/playbooks/new`);
    await page.getByRole('button', { name: 'JSON', exact: true }).click();
    await writeJson('Playbook as JSON', {
      name: 'with_a_toy',
      title: 'With a toy',
      steps: [{ id: 'score', type: 'toy', title: 'Score it', question: 'How was it?' }],
    });
    await page.getByText('Score it').first().waitFor();
    await page.keyboard.press('Control+s');
    await page.waitForURL(/playbooks\/[0-9a-f-]{36}/);
    const id = /playbooks\/([0-9a-f-]{36})/.exec(page.url())![1]!;
    const published = await acme.as.tenant_admin('POST', `/api/playbooks/${id}/publish`, {});
    expect(published.status).toBe(200);

    const runId = await startRun(acme.as.operator, id);
    await stepWhen(acme.as.operator, runId, 'score', 'waiting');
    await page.goto(`/t/${acme.slug}/playbook-runs/${runId}`);
    await page.getByRole('textbox', { name: /^score/ }).fill('7');
    await page.getByRole('button', { name: 'Give a score' }).click();
    const done = await stepWhen(acme.as.operator, runId, 'score', 'completed');
    expect(done).toMatchObject({ outcome: 'scored', output: { score: 7 } });
  });

  test('new steps in the inbox do not take the focus from the form that a person fills in', async () => {
    const playbook = await publishPlaybook(acme.as.tool_admin, {
      name: 'noted',
      title: 'Noted',
      steps: [
        {
          id: 'note',
          type: 'manual',
          title: 'Write a note',
          form: { type: 'object', properties: { note: { type: 'string' } } },
        },
      ],
    });
    const wait = async () =>
      stepWhen(acme.as.operator, await startRun(acme.as.operator, playbook), 'note', 'waiting');
    await wait();
    // The count in the sidebar is loaded before the inbox opens.
    await page.goto(`/t/${acme.slug}/tools`);
    await page.locator('nav a', { hasText: /Inbox.*1/ }).click();
    const note = page.getByRole('textbox', { name: /^note/ });
    await note.focus();
    await page.evaluate(() => {
      Object.assign(window, { lost: 0 });
      document.addEventListener('focusout', () =>
        Object.assign(window, { lost: Reflect.get(window, 'lost') + 1 }),
      );
    });
    const rows = page.getByRole('list', { name: 'Waiting steps' }).getByRole('button');
    for (const count of [2, 3, 4]) {
      await page.keyboard.type(`${count} `);
      await wait();
      await rows.nth(count - 1).waitFor();
    }
    expect(await page.evaluate(() => Reflect.get(window, 'lost'))).toBe(0);
    expect(await note.inputValue()).toBe('2 3 4 ');
  });
});
