import type { FastifyInstance, FastifyRequest } from 'fastify';
import { nowMs, type OpenSpan, openSpan, recordSpan } from '../shared/platform/server/tracing/tracing.ts';
import { inScope, type WorkScope } from '../shared/platform/server/work-scope.ts';
import { readTraceparent, type TraceContext } from '../shared/platform/trace-context.ts';
import { isStream } from './is-stream.ts';

interface Kept {
  scope: WorkScope;
  span: OpenSpan | null;
  click: Click | null;
}

/** The page's part of a trace: it has no exporter, so its span is recorded here. */
interface Click {
  context: TraceContext;
  /** How long before its request it happened. */
  ageMs: number;
}

/** A page that sends more says nothing true. */
const longestClickMs = 60_000;

/**
 * What a request causes names it: every log line has its id, and its trace where it has one. A request to the API is a span,
 * of the caller's trace if it sends a `traceparent`. Call it before other hooks.
 */
export function keepScope(app: FastifyInstance): void {
  const kept = new WeakMap<FastifyRequest, Kept>();
  app.addHook('onRequest', (request, _reply, done) => {
    const sent = readTraceparent(request.headers.traceparent);
    const span = isTraced(request)
      ? openSpan(`${request.method} ${request.routeOptions.url}`, {
          kind: 'server',
          parent: sent,
          attributes: { 'http.request.method': request.method, 'http.route': request.routeOptions.url },
        })
      : null;
    const scope = { requestId: request.id, trace: span?.context ?? sent ?? undefined };
    kept.set(request, { scope, span, click: span && sent && clickOf(request, sent) });
    inScope(scope, done);
  });
  // Again after the body has been read: its last event belongs to the connection.
  app.addHook('preHandler', (request, _reply, done) => inScope(kept.get(request)?.scope ?? {}, done));
  app.addHook('onResponse', (request, reply, done) => {
    const { span, click } = kept.get(request) ?? {};
    span?.set({ 'http.response.status_code': reply.statusCode, 'interlock.request.id': request.id });
    if (reply.statusCode >= 500) span?.fail();
    span?.end();
    if (click) recordClick(click, reply.elapsedTime, request.routeOptions.url);
    done();
  });
}

/** Probes, pages and streams that last are no work that someone waits for. */
function isTraced(request: FastifyRequest): boolean {
  const { url, config } = request.routeOptions;
  if (url === undefined || config.anyHost === true || isStream(request)) return false;
  return /^\/(api|trpc|hooks|graphql|mcp)(\/|$)/.test(url);
}

function clickOf({ headers }: FastifyRequest, context: TraceContext): Click | null {
  const ageMs = Number(headers['x-click-age'] ?? Number.NaN);
  return ageMs >= 0 && ageMs <= longestClickMs ? { context, ageMs } : null;
}

function recordClick({ context, ageMs }: Click, elapsedMs: number, route: string | undefined): void {
  const endMs = nowMs();
  recordSpan({
    context,
    parentSpanId: null,
    name: 'click',
    kind: 'client',
    startMs: endMs - elapsedMs - ageMs,
    endMs,
    attributes: { 'http.route': route },
    failed: false,
  });
}
