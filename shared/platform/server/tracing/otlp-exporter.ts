import type { Logger } from 'pino';
import { errorMessage } from '../../error-message.ts';
import { redactionMark } from '../../redaction/redaction-mark.ts';
import { redactPatterns } from '../../redaction/redaction-patterns.ts';
import { counter } from '../metrics.ts';
import type { Attributes, SpanKind, SpanRecord, SpanSink } from './tracing.ts';

export interface OtlpOptions {
  /** Of the collector: `http://127.0.0.1:4318`; spans go to `/v1/traces` there. */
  endpoint: string;
  headers: Record<string, string>;
  /** About this process: `service.name` and others. */
  resource: Attributes;
  ratio: number;
  /** How long a span waits for others. */
  everyMs: number;
  log: Logger;
}

export interface OtlpExporter extends SpanSink {
  /** Sends what is left, for a few seconds at most. */
  close(): Promise<void>;
}

const dropped = counter(
  'interlock_spans_dropped_total',
  'Spans of traces that were lost while the collector was unavailable',
  [],
);

const batchSize = 512;
/** Memory is bounded: while the collector is away, later spans are dropped. */
const queueSize = 8_192;
const timeoutMs = 5_000;
const longestPauseMs = 30_000;

/**
 * Sends spans to an OpenTelemetry collector by OTLP over HTTP, as JSON, in batches and beside the work. Where it sends is the
 * deployment's choice, so this is no traffic of a tenant. A collector that is away costs spans, never a request.
 */
export function createOtlpExporter({
  endpoint,
  headers,
  resource,
  ratio,
  everyMs,
  log,
}: OtlpOptions): OtlpExporter {
  const url = new URL(`${endpoint.replace(/\/$/, '')}/v1/traces`);
  let queue: SpanRecord[] = [];
  let failures = 0;
  let timer: NodeJS.Timeout | null = null;
  let sending: Promise<void> | null = null;

  async function send(spans: readonly SpanRecord[]): Promise<void> {
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: redactPatterns(JSON.stringify(exportOf(resource, spans)), redactionMark),
      signal: AbortSignal.timeout(timeoutMs),
      redirect: 'error',
    });
    await response.arrayBuffer();
    // What it refuses it would refuse again.
    if (response.status === 429 || response.status >= 500) throw new Error(`HTTP ${response.status}`);
    if (!response.ok) {
      dropped.inc(spans.length);
      log.warn({ status: response.status, spans: spans.length }, 'the trace collector refused spans');
    }
  }

  async function sendAll(): Promise<void> {
    while (queue.length > 0) {
      const batch = queue.slice(0, batchSize);
      try {
        await send(batch);
      } catch (error) {
        if (failures++ === 0)
          log.warn(
            { reason: errorMessage(error) },
            'the trace collector is unavailable; spans will be dropped',
          );
        return;
      }
      queue = queue.slice(batch.length);
      if (failures > 0) log.info('the trace collector is back');
      failures = 0;
    }
  }

  function flush(): Promise<void> {
    sending ??= sendAll().finally(() => {
      sending = null;
      if (queue.length > 0) schedule();
    });
    return sending;
  }

  function schedule(): void {
    if (timer) return;
    timer = setTimeout(
      () => {
        timer = null;
        void flush();
      },
      Math.min(longestPauseMs, everyMs * 2 ** failures),
    );
    timer.unref();
  }

  return {
    ratio,
    add(span) {
      if (queue.length >= queueSize) {
        dropped.inc();
        return;
      }
      queue.push(span);
      schedule();
    },
    async close() {
      await sending;
      await flush();
      if (timer) clearTimeout(timer);
    },
  };
}

const kinds: Record<SpanKind, number> = { internal: 1, server: 2, client: 3, producer: 4, consumer: 5 };
const failedStatus = 2;

/** The body of an export, as the protocol defines it. */
function exportOf(resource: Attributes, spans: readonly SpanRecord[]) {
  return {
    resourceSpans: [
      {
        resource: { attributes: attributesOf(resource) },
        scopeSpans: [{ scope: { name: 'interlock' }, spans: spans.map(spanOf) }],
      },
    ],
  };
}

function spanOf({ context, parentSpanId, name, kind, startMs, endMs, attributes, failed }: SpanRecord) {
  return {
    traceId: context.traceId,
    spanId: context.spanId,
    ...(parentSpanId && { parentSpanId }),
    flags: 1,
    name,
    kind: kinds[kind],
    startTimeUnixNano: nanoseconds(startMs),
    endTimeUnixNano: nanoseconds(endMs),
    attributes: attributesOf(attributes),
    ...(failed && { status: { code: failedStatus } }),
  };
}

const nanoseconds = (ms: number): string => `${Math.round(ms * 1_000)}000`;

function attributesOf(attributes: Attributes) {
  return Object.entries(attributes).flatMap(([key, value]) =>
    value === null || value === undefined ? [] : [{ key, value: anyValue(value) }],
  );
}

function anyValue(value: string | number | boolean): Record<string, string | number | boolean> {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}
