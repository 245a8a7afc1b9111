import type { EgressOutcome } from '../../egress-rules.ts';
import type { SentState } from '../../http/sent-state.ts';

export type EgressErrorKind =
  | 'refused' // by us: the address or redirect is not allowed
  | 'unreachable' // DNS, connect, TLS
  | 'withheld' // by the caller, right before it would have left
  | 'aborted' // by the signal: its reason is the cause
  | 'broken' // the connection ended early, or the response is not HTTP
  | 'too_large'
  | 'undecodable';

/** A request without a usable response. `message` is for people: host names, never a payload or a secret. */
export class EgressError extends Error {
  readonly kind: EgressErrorKind;
  readonly sent: SentState;
  /** Status of a response whose body could not be used. */
  readonly status: number | undefined;

  constructor(
    kind: EgressErrorKind,
    sent: SentState,
    message: string,
    options: { cause?: unknown; status?: number } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'EgressError';
    this.kind = kind;
    this.sent = sent;
    this.status = options.status;
  }
}

/** Which rule did not allow it. */
export type RefusalReason = Exclude<EgressOutcome, 'reached' | 'unreachable'>;

/** The egress rules do not allow the request. */
export class EgressRefused extends EgressError {
  readonly code = 'denied';
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, message: string, sent: SentState = 'before') {
    super('refused', sent, message);
    this.name = 'EgressRefused';
    this.reason = reason;
  }
}

const words: Record<string, string> = {
  ENOTFOUND: 'The host name does not resolve',
  EAI_AGAIN: 'The host name cannot be resolved right now',
  ECONNREFUSED: 'The connection was refused',
  EHOSTUNREACH: 'The host cannot be reached',
  ENETUNREACH: 'The network cannot be reached',
  ETIMEDOUT: 'The connection timed out',
  UND_ERR_CONNECT_TIMEOUT: 'The connection timed out',
  ECONNRESET: 'The connection was reset',
  EPIPE: 'The connection was closed',
  UND_ERR_SOCKET: 'The connection was closed before the response was complete',
  UND_ERR_HEADERS_OVERFLOW: 'The headers of the response are too large',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'The response ended early',
};

/** What failed below HTTP, as a sentence with the host. */
export function wordsOf(error: unknown, host: string): string {
  const code = codeOf(error);
  if (code === null) return `The request to ${host} failed`;
  const known = words[code];
  if (known) return `${known} (${host})`;
  if (/^(?:CERT_|ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/.test(code)) {
    return `The TLS connection to ${host} failed (${code})`;
  }
  if (code.startsWith('HPE_')) return `The response of ${host} is not HTTP (${code})`;
  return `The request to ${host} failed (${code})`;
}

/** When several addresses fail (happy eyeballs), Node wraps one error for each. */
function codeOf(error: unknown): string | null {
  if (error instanceof AggregateError) {
    const inner = error.errors.map(codeOf).find((code) => code !== null);
    if (inner) return inner;
  }
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : null;
}
