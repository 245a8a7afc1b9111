import type { JsonValue } from '../../platform/json.ts';
import type { RenderedRequest } from '../providers/rendered-request.ts';
import type { ToolDefinition } from '../tool-definition.ts';

/** What one attempt may use. Everything with a side effect is injected. */
export interface CallContext {
  tenantId: string;
  executionId: string;
  attempt: number;
  /** Sent as `Idempotency-Key` when the tool is declared idempotent. */
  idempotencyKey: string | null;
  /** Aborts at the attempt's timeout, the deadline or a cancel; `reason` says which. */
  signal: AbortSignal;
  /** The decrypted secret of the tool's credential; null for auth `none`. */
  secret: string | null;
  /** Exact `host:port` of private addresses this tenant may reach. */
  privateHosts: readonly string[];
  /** Called once, the moment the request may have left: from here on a lost answer is an unknown outcome. */
  onSent: () => void;
  /** Reports a secret that came up during the call (an access token), so that redaction knows it. */
  onSecret: (secret: string) => void;
  /** Chunks of a streaming answer, if the provider streams. */
  heartbeat: () => void;
}

/** `output` is what the tool returns (after `transform`), `raw` what the provider answered; neither is redacted yet. */
export type CallResult =
  | { ok: true; output: JsonValue; raw: JsonValue; httpStatus?: number }
  | {
      ok: false;
      code: 'provider_error' | 'timeout' | 'rate_limited' | 'denied' | 'invalid_output';
      /** In words for people; may name host and status, never a payload or a secret. */
      message: string;
      httpStatus?: number;
      /** `before`: provably nothing was sent. `answered`: the provider said no. `unknown`: sent, and no answer. */
      sent: 'before' | 'answered' | 'unknown';
      /** The provider may succeed later (connect failures, 408, 425, 429, 5xx). */
      transient: boolean;
      retryAfterMs?: number;
      raw?: JsonValue;
    };

/** A provider: the effectful half of a tool type. The pure half (config, checks, render) is `definition.ts` beside it. */
export interface Provider<T extends ToolDefinition = ToolDefinition> {
  call(tool: T, request: RenderedRequest, context: CallContext): Promise<CallResult>;
}
