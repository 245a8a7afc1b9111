import { startProvider } from './provider-server.ts';

export interface CollectedSpan {
  traceId: string;
  spanId: string;
  parentSpanId: string | null;
  name: string;
  startMs: number;
  endMs: number;
  attributes: Record<string, unknown>;
  failed: boolean;
}

/** An OpenTelemetry collector on loopback that keeps what it gets by OTLP over HTTP. */
export interface Collector {
  url: string;
  /** Of the exports. */
  resource: Record<string, unknown>;
  /** The bodies as they came. */
  bodies: string[];
  /** The spans of a trace, in the order of their beginning. */
  trace(traceId: string): CollectedSpan[];
  /** The names from the first span of a trace to this one. */
  pathTo(span: CollectedSpan): string[];
  /** Responds 503 from now on, or no longer. */
  refuse(refusing: boolean): void;
  refused(): number;
  close(): Promise<void>;
}

interface OtlpSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: OtlpAttribute[];
  status?: { code: number };
}
interface OtlpAttribute {
  key: string;
  value: Record<string, unknown>;
}
interface OtlpExport {
  resourceSpans: { resource: { attributes: OtlpAttribute[] }; scopeSpans: { spans: OtlpSpan[] }[] }[];
}

export async function startCollector(): Promise<Collector> {
  const spans = new Map<string, CollectedSpan>();
  const resource: Record<string, unknown> = {};
  const bodies: string[] = [];
  let refusing = false;
  let refused = 0;
  const server = await startProvider(({ url, method, headers, body }, response) => {
    const known =
      method === 'POST' &&
      url === '/v1/traces' &&
      headers['content-type'] === 'application/json' &&
      !refusing;
    if (known) {
      bodies.push(body);
      for (const exported of (JSON.parse(body) as OtlpExport).resourceSpans) {
        Object.assign(resource, plain(exported.resource.attributes));
        for (const span of exported.scopeSpans.flatMap((scope) => scope.spans))
          spans.set(span.spanId, spanOf(span));
      }
    } else refused += 1;
    response.writeHead(known ? 200 : 503, { 'content-type': 'application/json' }).end('{}');
  });
  return {
    url: server.url,
    resource,
    bodies,
    trace: (traceId) =>
      [...spans.values()]
        .filter((span) => span.traceId === traceId)
        .toSorted((one, other) => one.startMs - other.startMs),
    pathTo(span) {
      const names: string[] = [];
      for (let at: CollectedSpan | undefined = span; at; at = spans.get(at.parentSpanId ?? ''))
        names.unshift(at.name);
      return names;
    },
    refuse(now) {
      refusing = now;
    },
    refused: () => refused,
    close: () => server.close(),
  };
}

const spanOf = (span: OtlpSpan): CollectedSpan => ({
  traceId: span.traceId,
  spanId: span.spanId,
  parentSpanId: span.parentSpanId ?? null,
  name: span.name,
  startMs: Number(span.startTimeUnixNano) / 1e6,
  endMs: Number(span.endTimeUnixNano) / 1e6,
  attributes: plain(span.attributes),
  failed: span.status?.code === 2,
});

const plain = (attributes: OtlpAttribute[]): Record<string, unknown> =>
  Object.fromEntries(
    attributes.map(({ key, value }) => [
      key,
      value.intValue === undefined ? Object.values(value)[0] : Number(value.intValue),
    ]),
  );
