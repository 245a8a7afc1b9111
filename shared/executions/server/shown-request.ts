import { InterlockError } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import { type Json, jsonValue } from '../../platform/json-text.ts';
import {
  createSecretRedactor,
  redactionMark,
  type SecretRedactor,
} from '../../platform/redaction/redaction.ts';
import { beginningOf, isLarge } from '../../platform/server/redact-large.ts';
import { placeAuth } from '../../tools/auth/place-auth.ts';
import { renderRequest, signsIn } from '../../tools/providers/registry.ts';
import type { RenderedRequest } from '../../tools/providers/rendered-request.ts';
import type { LoadedTool } from '../../tools/server/tool-service.ts';
import type { SentRequest } from '../execution-schemas.ts';
import type { PreparedCall } from './prepared-call.ts';

type Shown = Pick<PreparedCall, 'tool' | 'request' | 'redactedInput' | 'begunInput' | 'changed'>;

/**
 * The request of a call with every secret replaced.
 * @param redactor knows every secret of the call
 */
export function shownRequest(call: Shown, redactor: SecretRedactor): RenderedRequest {
  return shownFrom(call, redactedRender(call, call.redactedInput), redactor);
}

function shownFrom(call: Shown, rendered: RenderedRequest, redactor: SecretRedactor): RenderedRequest {
  const shown = redactor.json(rendered as unknown as JsonValue);
  // With more secrets than can be searched for, everything is replaced as a whole.
  if (shown === redactionMark) return { method: call.request.method, url: redactionMark, headers: {} };
  const request = shown as unknown as RenderedRequest;
  const { definition } = call.tool;
  const { url, ...rest } = signsIn(definition) ? request : placeAuth(definition.auth, null, request);
  return { ...rest, url: readableMarks(url) };
}

const encodedMark = /%5Bredacted(?:(?:%3A|%23)(?:[\w.…-]|%[0-9A-F]{2}){1,400}?)?%5D/g;

/** A mark in a URL is as readable as anywhere, and no detector takes a part of it for personal data. */
function readableMarks(url: string): string {
  return url.replace(encodedMark, (mark) => decodeURIComponent(mark));
}

/** Rendering the redacted input also hides secrets that are too short to be found in a text. */
function redactedRender({ tool, request, changed }: Shown, redactedInput: Json): RenderedRequest {
  if (!changed) return request;
  try {
    const rendered = renderRequest(tool.definition, jsonValue(redactedInput));
    return { ...rendered, url: readableMarks(rendered.url) };
  } catch (error) {
    // The redaction mark is not valid where the secret is (a header's own rules, a path).
    if (error instanceof InterlockError) return request;
    throw error;
  }
}

/** Of a stored request, as JSON. */
const maxBytes = 16_384;

/**
 * What an attempt sent, as it is stored.
 * @param added headers that the call did not have before it was sent
 */
export function sentRequest(
  call: Shown,
  added: Record<string, string>,
  redactor: SecretRedactor,
): SentRequest {
  const rendered = redactedRender(call, call.begunInput ?? call.redactedInput);
  const { body: all } = rendered;
  // A secret that begins in what is stored ends in what is searched, in any spelling.
  const begun = all !== undefined && isLarge(all) ? { ...rendered, body: beginningOf(all) } : rendered;
  const { body, bodyType, ...shown } = shownFrom(call, begun, redactor);
  const request = { ...shown, headers: withHeaders(shown.headers, added) };
  if (body === undefined) return fits(request) ? request : { ...shortened(request), truncated: true };
  const whole = { ...request, body, bodyType };
  const isWhole = call.begunInput === undefined && begun.body === all;
  if (isWhole && fits(whole)) return whole;
  const short = { ...shortened(request), bodyType, truncated: true as const };
  let text = cut(typeof body === 'string' ? body : JSON.stringify(body), maxBytes);
  while (!fits({ ...short, body: text })) text = cut(text, Math.floor(text.length * 0.7));
  return { ...short, body: text };
}

/**
 * What a lost attempt may have sent, as far as the redacted input tells; null when that cannot be rendered.
 * @param key for the provider, of a tool that takes one
 */
export function lostRequest(
  tool: LoadedTool,
  execution: { input_payload: Json },
  key: string | null,
): SentRequest | null {
  const redactedInput = execution.input_payload;
  try {
    const request = renderRequest(tool.definition, jsonValue(redactedInput));
    const added: Record<string, string> = key === null ? {} : { 'idempotency-key': key };
    return sentRequest({ tool, request, redactedInput, changed: false }, added, createSecretRedactor([]));
  } catch (error) {
    if (error instanceof InterlockError) return null;
    throw error;
  }
}

const fits = (request: SentRequest): boolean => Buffer.byteLength(JSON.stringify(request)) <= maxBytes;
const cut = (text: string, length: number): string => text.slice(0, length).toWellFormed();

/** Small enough, whatever the characters are. */
function shortened({ method, url, headers }: SentRequest): SentRequest {
  const some = Object.entries(headers).slice(0, 20);
  return {
    method,
    url: cut(url, 2048),
    headers: Object.fromEntries(some.map(([name, value]) => [name, cut(value, 200)])),
  };
}

function withHeaders(before: Record<string, string>, added: Record<string, string>): Record<string, string> {
  const names = new Set(Object.keys(added).map((name) => name.toLowerCase()));
  const kept = Object.entries(before).filter(([name]) => !names.has(name.toLowerCase()));
  return Object.fromEntries([...kept, ...Object.entries(added)]);
}
