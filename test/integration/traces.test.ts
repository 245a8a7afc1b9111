import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readServerEnvironment } from '../../shared/platform/server/environment.ts';
import { createLogger } from '../../shared/platform/server/logger.ts';
import { startTracing, type Tracing } from '../../shared/platform/server/tracing/start-tracing.ts';
import { randomTraceId } from '../../shared/platform/trace-context.ts';
import { type Collector, startCollector } from '../support/collector-server.ts';
import { eventually } from '../support/eventually.ts';
import { complete, publishPlaybook, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const patience = { timeoutMs: 60_000 };

describe('traces', () => {
  let collector: Collector;
  let provider: ProviderServer;
  let tracing: Tracing;
  let api: TestApi;
  let acme: TestTenant;

  beforeAll(async () => {
    collector = await startCollector();
    // The first call of each path fails, so that a retry comes from Temporal.
    const seen = new Set<string>();
    provider = await startProvider(({ url }, response) => {
      if (seen.has(url) || url.startsWith('/once')) return sendJson(response, 200, { ok: true });
      seen.add(url);
      return sendJson(response, 503, {});
    });
    tracing = startTracing(
      readServerEnvironment({
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
        OTEL_BSP_SCHEDULE_DELAY: '50',
        OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
      }),
      '1.2.3',
      createLogger('silent'),
    )!;
    api = await startTestApi();
    acme = await api.tenant({ privateHosts: [provider.host] });
  });
  afterAll(async () => {
    await tracing?.stop();
    await api?.close();
    await Promise.all([provider?.close(), collector?.close()]);
  });

  async function createTool(name: string, more: object = {}): Promise<string> {
    const { status, body } = await acme.as.tool_admin('POST', '/api/tools', {
      name,
      type: 'http',
      retry: { maxAttempts: 3, initialMs: 20, factor: 1, maxMs: 50 },
      config: { method: 'GET', url: `${provider.url}/${name}` },
      ...more,
    });
    expect(status, JSON.stringify(body)).toBe(201);
    return body.id;
  }

  const collected = (traceId: string, last: string) =>
    eventually(() => collector.trace(traceId).some(({ name }) => name === last), patience);
  const sentTo = (path: string) => provider.requests.filter(({ url }) => url === path);

  test('a click is one trace: page, API, workflow, activity, provider', async () => {
    const toolId = await createTool('traced', { propagateTrace: true });
    const [traceId, clickId] = [randomTraceId(16), randomTraceId(8)];
    const response = await acme.as.operator(
      'POST',
      '/trpc/tools.execute',
      { id: toolId, payload: {} },
      { traceparent: `00-${traceId}-${clickId}-01`, 'x-click-age': '40' },
    );
    expect(response.status, JSON.stringify(response.body)).toBe(200);
    await collected(traceId, 'executeToolWorkflow');
    const spans = collector.trace(traceId);
    const last = spans.filter(({ name }) => name === 'call http').at(-1)!;
    expect(collector.pathTo(last)).toEqual([
      'click',
      'POST /trpc/:path',
      'tools.execute',
      'execute tool',
      'start workflow',
      'executeToolWorkflow',
      'retryExecution',
      'attempt',
      'call http',
    ]);
    expect(last.attributes).toMatchObject({
      'server.address': provider.host,
      'http.response.status_code': 200,
    });
    const [first] = spans.filter(({ name }) => name === 'call http');
    expect(first).toMatchObject({ failed: true, attributes: { 'http.response.status_code': 503 } });
    const click = spans.find(({ name }) => name === 'click')!;
    expect(click.spanId).toBe(clickId);
    expect(click.endMs - click.startMs).toBeGreaterThanOrEqual(40);
    expect(spans.some(({ name }) => name.startsWith('execution_'))).toBe(true);
    // The provider goes on with the span of its call.
    expect(sentTo('/traced').map(({ headers }) => headers.traceparent)).toEqual([
      expect.stringContaining(`00-${traceId}-`),
      expect.stringContaining(`00-${traceId}-`),
    ]);
    expect(collector.resource).toMatchObject({
      'service.name': 'interlock',
      'service.version': '1.2.3',
      'deployment.environment.name': 'test',
    });
  });

  test('a provider gets the trace only where the tool allows it', async () => {
    const toolId = await createTool('once_apart');
    const { status } = await acme.as.operator('POST', `/api/tools/${toolId}/execute`, { payload: {} });
    expect(status).toBe(200);
    expect(sentTo('/once_apart')[0]!.headers.traceparent).toBeUndefined();
  });

  test('the completion of a step and the tool that it runs are one trace', async () => {
    await createTool('once_step');
    const playbook = await publishPlaybook(acme.as.tool_admin, {
      name: 'traced_run',
      steps: [{ id: 'call', type: 'call_tool', title: 'Call', tool: 'once_step', input: {} }],
    });
    const runId = await startRun(acme.as.operator, playbook);
    await stepWhen(acme.as.operator, runId, 'call', 'waiting');
    const traceId = randomTraceId(16);
    const traceparent = `00-${traceId}-${randomTraceId(8)}-01`;
    const traced: typeof acme.as.operator = (method, path, body) =>
      acme.as.operator(method, path, body, { traceparent });
    await complete(traced, runId, 'call', {});
    await collected(traceId, 'executeToolWorkflow');
    const call = collector.trace(traceId).find(({ name }) => name === 'call http')!;
    expect(collector.pathTo(call)).toEqual(
      expect.arrayContaining([
        'update workflow',
        'applyCompletion',
        'executeToolWorkflow',
        'attempt',
        'call http',
      ]),
    );
  });

  test('a collector that is away costs no request, and gets what was kept when it is back', async () => {
    const toolId = await createTool('once_away');
    collector.refuse(true);
    const traceId = randomTraceId(16);
    const { status } = await acme.as.operator(
      'POST',
      `/api/tools/${toolId}/execute`,
      { payload: {} },
      { traceparent: `00-${traceId}-${randomTraceId(8)}-01` },
    );
    expect(status).toBe(200);
    await eventually(() => collector.refused() > 0, patience);
    collector.refuse(false);
    await collected(traceId, 'call http');
  });

  test('a caller who does not want to be traced is not', async () => {
    const toolId = await createTool('once_unsampled');
    const [plain, traceId] = [randomTraceId(16), randomTraceId(16)];
    const call = (trace: string, flags: string) =>
      acme.as.operator(
        'POST',
        `/api/tools/${toolId}/execute`,
        { payload: {} },
        { traceparent: `00-${trace}-${randomTraceId(8)}-${flags}` },
      );
    await call(plain, '00');
    await call(traceId, '01');
    await collected(traceId, 'call http');
    expect(collector.trace(plain)).toEqual([]);
  });
});
