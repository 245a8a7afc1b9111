import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../../dev/free-port.ts';
import { AppBrowser, PlainApp } from '../support/app-oauth.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';
import { run } from './run-program.ts';

const suite = '@modelcontextprotocol/conformance@0.2.0-alpha.12';

let api: TestApi;
let acme: TestTenant;

beforeAll(async () => {
  api = await startTestApi({ ownAddress: true });
  acme = await api.tenant();
});
afterAll(() => api.close());

test.each(['2025-11-25', '2026-07-28'])(
  'the official suite of authorization servers of %s: metadata and the code grant',
  async (revision) => {
    const port = await freePort('the callback of the suite', 0);
    const app = new PlainApp(api);
    const { body } = await app.register({ redirect_uris: [`http://127.0.0.1:${port}/callback`] });
    const browser = new AppBrowser(api);
    await browser.signIn(acme.email, acme.password);
    // The suite prints where a person has to go, and waits for them.
    let going: Promise<unknown> | undefined;
    const output = await run(
      [
        ...[suite, 'authorization', '--url', api.url, '--client-id', body.client_id],
        ...['--resource', `${api.url}/mcp`, '--port', String(port), '--spec-version', revision],
      ],
      (printed) => {
        const url = /^(http\S+\/oauth\/authorize\?\S+)$/m.exec(printed)?.[1];
        if (url === undefined || going) return;
        going = browser
          .allow(url, acme.slug, ['tools.read', 'tools.execute'])
          .then((back) => fetch(`http://127.0.0.1:${port}/callback?${back}`));
      },
    );
    await going;
    // One that is skipped counts as none.
    expect(output, output).toMatch(/^Total: 3 passed, 0 failed$/m);
  },
);
