import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { readServerEnvironment } from '../../shared/platform/server/environment.ts';
import { createLogger } from '../../shared/platform/server/logger.ts';
import { startTracing, type Tracing } from '../../shared/platform/server/tracing/start-tracing.ts';
import { signIn, startBrowser } from '../support/browser.ts';
import { type Collector, startCollector } from '../support/collector-server.ts';
import { eventually } from '../support/eventually.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

let api: TestApi;
let acme: TestTenant;
let collector: Collector;
let tracing: Tracing;
let browser: Awaited<ReturnType<typeof startBrowser>>;

beforeAll(async () => {
  await oneAtATime(buildWeb);
  [browser, collector] = await Promise.all([startBrowser(), startCollector()]);
  const environment = readServerEnvironment({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
  tracing = startTracing(environment, 'pages', createLogger('silent'))!;
  api = await startTestApi({ webDist });
  acme = await api.tenant();
});
afterAll(async () => {
  await browser?.close();
  await tracing?.stop();
  await api?.close();
  await collector?.close();
});

test('what a person clicks on a page is the beginning of the trace of the call', async () => {
  const { body: tool } = await acme.as.tool_admin('POST', '/api/tools', { name: 'clicked', type: 'dummy' });
  const page = await browser.newPage({ baseURL: api.url });
  page.setDefaultTimeout(60_000);
  await signIn(page, acme);
  await page.goto(`/t/${acme.slug}/tools/${tool.id}/run`);
  const sent = page.waitForRequest((request) => request.url().includes('/trpc/tools.execute'));
  await page.getByRole('button', { name: /^Execute/ }).click();
  const traceId = (await sent).headers().traceparent!.split('-')[1]!;
  await eventually(() => collector.trace(traceId).some(({ name }) => name === 'call dummy'), {
    timeoutMs: 60_000,
  });
  const call = collector.trace(traceId).find(({ name }) => name === 'call dummy')!;
  await eventually(() => collector.pathTo(call)[0] === 'click', { timeoutMs: 60_000 });
  expect(collector.pathTo(call)).toEqual([
    'click',
    'POST /trpc/:path',
    'tools.execute',
    'execute tool',
    'attempt',
    'call dummy',
  ]);
});
