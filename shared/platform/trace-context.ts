/** Where some work is in a trace: the W3C Trace Context, as `traceparent` carries it. */
export interface TraceContext {
  /** 32 hex digits. */
  traceId: string;
  /** 16 hex digits: of the span that what follows belongs to. */
  spanId: string;
  /** Whether the spans of this trace are recorded. */
  sampled: boolean;
}

const form = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-|$)/;

/** @returns null for anything that is no `traceparent`: it is ignored, as the standard says */
export function readTraceparent(text: unknown): TraceContext | null {
  const match = typeof text === 'string' && !text.startsWith('ff') ? form.exec(text) : null;
  if (!match || /^0+$/.test(match[1]!) || /^0+$/.test(match[2]!)) return null;
  return { traceId: match[1]!, spanId: match[2]!, sampled: (Number.parseInt(match[3]!, 16) & 1) === 1 };
}

export const writeTraceparent = ({ traceId, spanId, sampled }: TraceContext): string =>
  `00-${traceId}-${spanId}-${sampled ? '01' : '00'}`;

/** @param bytes 16 for a trace, 8 for a span */
export function randomTraceId(bytes: 8 | 16): string {
  const random = crypto.getRandomValues(new Uint8Array(bytes));
  return Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The span of a workflow, which its activities know too: Temporal's ids of runs end with random digits. */
export const spanIdOfRun = (workflowRunId: string): string => workflowRunId.replaceAll('-', '').slice(-16);
