import type { Json } from '../../platform/json-text.ts';
import { createSecretRedactor, type SecretRedactor } from '../../platform/redaction/redaction.ts';
import { type PiiRules, piiRedactor } from '../../platform/server/pii-rules.ts';
import type { RenderedRequest } from '../../tools/providers/rendered-request.ts';
import type { OpenedCredential } from '../../tools/server/open-credential.ts';
import type { LoadedTool } from '../../tools/server/tool-service.ts';

/** A call that is checked, opened and rendered: everything that is known before anything is sent or stored. */
export interface PreparedCall {
  tool: LoadedTool;
  /** Clear. */
  input: Json;
  request: RenderedRequest;
  /** Null for tools without one. Its secrets are clear. */
  credential: ({ credentialId: string } & OpenedCredential) | null;
  /** Every clear value that must not be stored or shown. */
  secrets: string[];
  /** What the tenant wants done with personal data, with what is known of it; null: nothing. */
  pii: PiiRules | null;
  redactedInput: Json;
  /** With the beginnings of its fields, where it is large and was changed. */
  begunInput?: Json;
  /** Whether redaction changed the input, so that the clear one has to be sealed. */
  changed: boolean;
}

/** For texts about a call. */
export function redactorOf({ secrets, pii }: Pick<PreparedCall, 'secrets' | 'pii'>): SecretRedactor {
  return createSecretRedactor(secrets, piiRedactor(pii));
}

/** How long a check stays valid; then the call is prepared again. */
const freshMs = 500;

/** Returns a prepared call once, within half a second of its check: its clear secret lives for one call. */
export type TakeCall = () => PreparedCall | null;

export function holdCall(call: PreparedCall): TakeCall {
  let held: PreparedCall | null = call;
  const take = () => {
    const prepared = held;
    held = null;
    clearTimeout(timer);
    return prepared;
  };
  const timer = setTimeout(take, freshMs);
  timer.unref();
  return take;
}
