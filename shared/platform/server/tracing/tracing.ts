import { randomTraceId, type TraceContext, writeTraceparent } from '../../trace-context.ts';
import { currentScope, inScope } from '../work-scope.ts';

/** What a span says about its work: ids, names, hosts and statuses; never a payload, a path or a message. */
export type Attributes = Record<string, string | number | boolean | null | undefined>;

export type SpanKind = 'internal' | 'server' | 'client' | 'producer' | 'consumer';

/** A span that has ended. Times are milliseconds since 1970. */
export interface SpanRecord {
  context: TraceContext;
  parentSpanId: string | null;
  name: string;
  kind: SpanKind;
  startMs: number;
  endMs: number;
  attributes: Attributes;
  failed: boolean;
}

/** Where spans go. */
export interface SpanSink {
  /** The share of traces that are recorded, 0 to 1. */
  readonly ratio: number;
  add(span: SpanRecord): void;
}

/** Work in progress. */
export interface Span {
  /** What belongs to it names this; undefined while nothing is traced. */
  readonly context: TraceContext | undefined;
  set(attributes: Attributes): void;
  fail(): void;
}

export interface OpenSpan extends Span {
  readonly context: TraceContext;
  end(): void;
}

interface SpanOptions {
  kind?: SpanKind;
  attributes?: Attributes;
  /** Null: it begins a trace. Left out: the span that is in progress; without one there is no span. */
  parent?: TraceContext | null;
}

/** Of this process. Null: nothing is traced, and a span costs one comparison. */
let sink: SpanSink | null = null;

/** Sends the spans of this process there from now on; null: none are made. */
export function traceTo(next: SpanSink | null): void {
  sink = next;
}

const nothing: Span = { context: undefined, set() {}, fail() {} };

export const nowMs = (): number => performance.timeOrigin + performance.now();

/** By its id, so that every process decides the same, and no caller decides for us. */
const chosen = (traceId: string, ratio: number): boolean =>
  ratio >= 1 || Number.parseInt(traceId.slice(-12), 16) / 2 ** 48 < ratio;

/** Begins a span; null while nothing is traced, or nothing is in progress that it belongs to. End it. */
export function openSpan(name: string, options: SpanOptions = {}): OpenSpan | null {
  const to = sink;
  if (!to) return null;
  const { parent = currentScope().trace, kind = 'internal' } = options;
  if (parent === undefined) return null;
  const traceId = parent?.traceId ?? randomTraceId(16);
  const sampled = (parent?.sampled ?? true) && chosen(traceId, to.ratio);
  const context = { traceId, spanId: randomTraceId(8), sampled };
  const attributes = { ...options.attributes };
  const startMs = nowMs();
  let failed = false;
  return {
    context,
    set: (more) => void Object.assign(attributes, more),
    fail: () => {
      failed = true;
    },
    end: () => {
      if (!sampled) return;
      const parentSpanId = parent?.spanId ?? null;
      to.add({ context, parentSpanId, name, kind, startMs, endMs: nowMs(), attributes, failed });
    },
  };
}

/** Runs `work` as a span. It fails with the work; what went wrong is in the log, which names the trace. */
export async function inSpan<T>(
  name: string,
  options: SpanOptions,
  work: (span: Span) => Promise<T>,
): Promise<T> {
  const span = sink && openSpan(name, options);
  if (!span) return work(nothing);
  try {
    return await inScope({ trace: span.context }, () => work(span));
  } catch (error) {
    span.fail();
    throw error;
  } finally {
    span.end();
  }
}

/** Records a span of which only the ends are known: of a page, or of a workflow. */
export function recordSpan(span: Omit<SpanRecord, 'context'> & { context: TraceContext }): void {
  if (span.context.sampled && sink && chosen(span.context.traceId, sink.ratio)) sink.add(span);
}

/** For work that goes on elsewhere, as a `traceparent`; undefined while this is not recorded. */
export function traceToCarry(): string | undefined {
  const { trace } = currentScope();
  return sink && trace?.sampled ? writeTraceparent(trace) : undefined;
}
