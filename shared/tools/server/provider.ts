import type { EgressCaller, TenantEgress } from '../../platform/egress-rules.ts';
import type { SentState } from '../../platform/http/sent-state.ts';
import type { JsonValue } from '../../platform/json.ts';
import type { Json } from '../../platform/json-text.ts';
import type { AnyTool } from '../providers/provider-definition.ts';
import type { RenderedRequest } from '../providers/rendered-request.ts';

/** What one attempt may use. */
export interface CallContext extends TenantEgress {
  tenantId: string;
  executionId: string;
  attempt: number;
  /** Sent as `Idempotency-Key` when the tool is declared idempotent. */
  idempotencyKey: string | null;
  /** Sent to the provider where the tool says so: the trace goes on there. */
  traceparent?: string;
  /** Aborts at the attempt's timeout, the deadline or a cancel; `reason` says which. */
  signal: AbortSignal;
  /** The decrypted secret of the tool's credential; null for auth `none`. */
  secret: string | null;
  /** The value that a rotation has replaced, while both may be valid: for a request that was refused with the other one. */
  previousSecret: string | null;
  /** Called when that one was sent. */
  onPrevious: () => void;
  /** Asked before a redirect is followed: why it must not be; null: it may. */
  refusesTarget: (request: { method: string; url: string }) => string | null;
  /** On whose behalf the request leaves. */
  caller: EgressCaller;
  /**
   * Asked right before the first byte of each request is written: whether it may leave. The attempt may belong to another
   * worker by now; then nothing is sent.
   */
  maySend: () => boolean;
  /**
   * Called once, when the request may have left: from then on a lost response is an unknown outcome.
   * @param headers those that were added to the rendered request, apart from its auth
   */
  onSent: (headers?: Record<string, string>) => void;
  /** Reports a secret that the call itself fetched (an access token), so that it is redacted. */
  onSecret: (secret: string) => void;
  /** Called for each chunk of a streamed response. */
  heartbeat: () => void;
  /** Shows a part of the output, or a line of a log, while the call runs. The result of the call is what is stored. */
  onOutput?: (chunk: OutputChunk) => void;
}

/** Not redacted. `text`: the next piece of one text, a string. */
export interface OutputChunk {
  kind: 'data' | 'text' | 'log';
  value: JsonValue;
}

/** Of an HTTP response, not redacted. */
export type ResponseHeaders = Record<string, string | string[] | undefined>;

/**
 * `output` is what the tool returns (after `transform`), `raw` what is kept of the body of a failed call; neither is redacted
 * yet. A large one may stay a text. `transformed`: the body that a transform has made the output of, where it is small.
 * `streamed`: their lists hold what came one after the other, where a secret may go from
 * one item to the next. `log`: lines that the call printed, not redacted.
 */
export type CallResult =
  | {
      ok: true;
      output: Json;
      transformed?: JsonValue;
      httpStatus?: number;
      headers?: ResponseHeaders;
      streamed?: boolean;
      log?: string[];
    }
  | {
      ok: false;
      code: 'provider_error' | 'timeout' | 'rate_limited' | 'denied' | 'invalid_output';
      /** For people; may name host and status, never a payload or a secret. */
      message: string;
      httpStatus?: number;
      sent: SentState;
      /** The provider may succeed later (connect failures, 408, 425, 429, 5xx). */
      transient: boolean;
      /** The provider refused the credential; of HTTP, the status says it. */
      credentialRefused?: boolean;
      retryAfterMs?: number;
      raw?: Json;
      /** Why, in the provider's words, where that is not in the body of a refusal; not redacted. */
      reason?: string;
      /** How its sentence begins, unless a provider has refused: "The code threw ". */
      reasonLead?: string;
      headers?: ResponseHeaders;
      streamed?: boolean;
      log?: string[];
    };

/** A response that was recorded, redacted. */
export interface RecordedResponse {
  status: number;
  headers: Record<string, string>;
  body: JsonValue;
}

/** The effectful half of a tool type. */
export interface Provider<T extends AnyTool = AnyTool> {
  call(tool: T, request: RenderedRequest, context: CallContext): Promise<CallResult>;
  /** What the tool makes of a recorded response; nothing is sent. Of a type without transforms, absent: its body. */
  replay?(tool: T, recorded: RecordedResponse, tenantId: string): Promise<CallResult>;
}
