import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { forgetStalled, noteStalled } from '../../shared/executions/db/stalled-workflows.ts';
import { signIn, startBrowser } from '../support/browser.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { publishPlaybook, startRun, stepWhen } from '../support/playbook-runs.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

let api: TestApi;
let acme: TestTenant;
let browser: Awaited<ReturnType<typeof startBrowser>>;

beforeAll(async () => {
  const [own] = await Promise.all([createOwnDatabase(), oneAtATime(buildWeb)]);
  browser = await startBrowser();
  api = await startTestApi({ webDist, databaseUrl: own.databaseUrl });
  acme = await api.tenant();
});
afterAll(async () => {
  await browser?.close();
  await api?.close();
});

test('the page of a run whose workflow cannot go on says since when, why, and who has to act', async () => {
  await publishPlaybook(acme.as.tool_admin, {
    name: 'looks',
    steps: [{ id: 'look', type: 'manual', title: 'Look' }],
  });
  const id = await startRun(acme.as.operator, 'looks');
  await stepWhen(acme.as.operator, id, 'look', 'waiting');
  await api.services.db.system((connection) =>
    noteStalled(
      connection,
      { id, tenantId: acme.id, type: 'run' },
      { cause: 'changed_code', since: new Date() },
    ),
  );
  const page = await browser.newPage({ baseURL: api.url });
  page.setDefaultTimeout(30_000);
  await signIn(page, acme);
  await page.goto(`/t/${acme.slug}/playbook-runs/${id}`);
  const alert = page.getByRole('alert').filter({ hasText: 'This run has not gone on since' });
  await alert.waitFor();
  expect(await alert.textContent()).toMatch(/began with other workflow code.*has to start workers/);
  await api.services.db.system((connection) => forgetStalled(connection, id));
  await page.reload();
  await page.getByText('Look').first().waitFor();
  expect(await alert.count()).toBe(0);
});
