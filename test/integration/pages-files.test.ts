import { readFileSync } from 'node:fs';
import { strToU8, unzipSync, zipSync } from 'fflate';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const files = [
  {
    path: 'connectors/hooks.yaml',
    text: 'name: hooks\nkind: rest\nbaseUrl: https://hooks.example\nauth:\n  type: bearer\n  credential: Hooks token\n',
  },
  {
    path: 'tools/call_hook.yaml',
    text: 'name: call_hook\ntitle: Call a hook\ntype: http\nconnector: hooks\nconfig:\n  method: POST\n  path: /ping\n',
  },
  { path: 'tools/greet.yaml', text: 'name: greet\ntitle: Greet\ntype: dummy\n' },
];

describe('the pages of definitions as files', () => {
  let api: TestApi;
  let acme: TestTenant;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    [browser] = await Promise.all([startBrowser(), oneAtATime(buildWeb)]);
    api = await startTestApi({ webDist });
    acme = await api.tenant();
    const admin = acme.as.tool_admin;
    const { planDigest } = (await admin('POST', '/api/files/plan', { files })).body;
    const applied = await admin('POST', '/api/files/apply', { files, planDigest });
    expect(applied.status, JSON.stringify(applied.body)).toBe(200);
    page = await browser.newPage({ baseURL: api.url, viewport: { width: 1360, height: 850 } });
    page.setDefaultTimeout(60_000);
    await signIn(page, acme);
  });
  afterAll(async () => {
    await browser?.close();
    await api?.close();
  });

  const download = async (name: string) => {
    const started = page.waitForEvent('download');
    await page.getByRole('button', { name }).click();
    const saved = await started;
    return { name: saved.suggestedFilename(), bytes: readFileSync(await saved.path()) };
  };

  test('definitions are seen as files, chosen, and downloaded as the API gives them', async () => {
    await page.goto(`/t/${acme.slug}/tools`);
    await page.getByRole('link', { name: 'Export' }).click();
    await page.getByRole('button', { name: 'Show tools/greet.yaml' }).click();
    await page.getByText('title: Greet').waitFor();
    await look(page, 'export');
    const all = await download('Download 3 files');
    expect(all.name).toBe(`${acme.slug}-definitions.zip`);
    const texts = Object.entries(unzipSync(all.bytes)).map(([path, bytes]) => ({
      path,
      text: Buffer.from(bytes).toString(),
    }));
    expect(texts).toEqual((await acme.as.tool_admin('GET', '/api/files')).body.files);

    await page.getByLabel('All (3)').uncheck();
    await page.getByLabel('Search').fill('greet');
    await page.getByRole('checkbox', { name: 'tools/greet.yaml' }).check();
    const one = await download('Download the file');
    expect(one).toMatchObject({ name: 'greet.yaml', bytes: Buffer.from(files[2]!.text) });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.reload();
    await page.getByRole('button', { name: 'Download 3 files' }).waitFor();
    await look(page, 'export-phone');
    await page.setViewportSize({ width: 1360, height: 850 });
  });

  test('a .zip is compared with the organization, and applied', async () => {
    const next = [
      { path: 'tools/greet.yaml', text: 'name: greet\ntitle: Greet them\ntype: dummy\n' },
      { path: 'tools/part.yaml', text: 'name: part\ntype: dummy\n' },
    ];
    const zip = (those: typeof next) =>
      Buffer.from(
        zipSync(Object.fromEntries(those.map(({ path, text }) => [`definitions/${path}`, strToU8(text)]))),
      );
    const choose = (buffer: Buffer) =>
      page
        .getByLabel('File', { exact: true })
        .setInputFiles({ name: 'definitions.zip', mimeType: 'application/zip', buffer });
    await page.goto(`/t/${acme.slug}/tools/export`);
    await page.getByRole('link', { name: 'Apply files' }).click();
    await choose(Buffer.from('no zip'));
    await page.getByText('The file is no .zip, or it is damaged. Nothing was changed.').waitFor();
    await choose(zip([{ path: 'tools/greet.yaml', text: 'name: greet\ntype: dumy\n' }]));
    await page.getByText('tools/greet.yaml:2 must be one of http, ').waitFor();
    await look(page, 'apply-files-problem');
    expect(await page.getByRole('button', { name: 'Apply', exact: true }).isDisabled()).toBe(true);
    await choose(zip(next));
    await page.getByText('1 new, 1 changed, 0 archived, 0 as they are.').waitFor();
    await page.getByText('2 definitions are not in the files, and stay.').waitFor();
    await page.getByRole('button', { name: 'Show tools/greet.yaml' }).click();
    await page.getByText('title: Greet them').waitFor();
    await look(page, 'apply-files');
    await page.setViewportSize({ width: 390, height: 844 });
    await look(page, 'apply-files-phone');
    await page.setViewportSize({ width: 1360, height: 850 });
    await page.getByLabel('Archive what the organization has').check();
    await page.getByText('1 new, 1 changed, 2 archived, 0 as they are.').waitFor();
    await page.getByLabel('Archive what the organization has').uncheck();
    await page.getByRole('button', { name: 'Apply 2 changes' }).click();
    await page.getByText('1 created, 1 changed, 0 archived, 0 as they were.').waitFor();
    const exported = (await acme.as.tool_admin('GET', '/api/files')).body.files;
    expect(exported).toEqual(expect.arrayContaining(next));
    expect(exported).toHaveLength(4);
  });

  test('a credential that files have created says that it has no value, and takes one', async () => {
    await page.goto(`/t/${acme.slug}/settings/credentials`);
    await page.getByText('No value yet').first().waitFor();
    await look(page, 'credentials-without-value');
    await page.getByRole('link', { name: 'Hooks token' }).click();
    await page.getByText('Calls with it are refused until its value is entered.').waitFor();
    const dialog = page.getByRole('dialog');
    await page.getByRole('button', { name: 'Enter value' }).click();
    await dialog.getByLabel('Value').fill('hooks-token-9173');
    await look(page, 'credential-first-value');
    await dialog.getByRole('button', { name: 'Store' }).click();
    await page.getByText('Not tested').first().waitFor();
    const [credential] = (await acme.as.tool_admin('GET', '/api/credentials')).body.items;
    expect(credential).toMatchObject({ name: 'Hooks token', hasValue: true, version: 2, previous: null });
    await eventually(async () => {
      const { items } = (await acme.as.viewer('GET', '/api/events?limit=20')).body;
      return items.some(({ type }: { type: string }) => type === 'CredentialRotated');
    });
  });
});
