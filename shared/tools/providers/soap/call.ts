import { createHash, randomBytes } from 'node:crypto';
import type { JsonValue } from '../../../platform/json.ts';
import { type Json, jsonValue } from '../../../platform/json-text.ts';
import type { CallContext, CallResult, Provider } from '../../server/provider.ts';
import { createHttpProvider } from '../http/call.ts';
import type { HttpTool } from '../http/config.ts';
import type { RenderedRequest } from '../rendered-request.ts';
import { readSoap, type SoapFault } from './call/read-answer.ts';
import type { SoapTool } from './config.ts';
import { emptyHeader, escapeXml } from './xml/write-xml.ts';

type Failed = Extract<CallResult, { ok: false }>;

/** Sends the envelope as an http tool sends a text, and reads the envelope that returns. */
export function createSoapProvider(...services: Parameters<typeof createHttpProvider>): Provider<SoapTool> {
  const http = createHttpProvider(...services);

  return {
    async call(tool, request, context) {
      const send = async (context: CallContext): Promise<CallResult> => {
        const sent = await http.call(asHttp(tool), secured(tool, request, context), context);
        return conclude(tool, sent, new URL(request.url).host, context.tenantId);
      };
      const result = await send(context);
      const { previousSecret } = context;
      const isRefused = tool.config.security !== 'http' && !result.ok && result.httpStatus === 401;
      if (!isRefused || previousSecret === null) return result;
      context.onPrevious();
      return send({ ...context, secret: previousSecret });
    },
  };
}

/** The http tool that makes the request; a UsernameToken is in the envelope already. */
function asHttp({ config, auth, ...tool }: SoapTool): HttpTool {
  return {
    ...tool,
    type: 'http',
    auth: config.security === 'http' ? auth : { type: 'none' },
    config: {
      method: 'POST',
      headers: {},
      query: {},
      bodyType: 'text',
      responseType: 'text',
      followRedirects: false,
      maxResponseBytes: config.maxResponseBytes,
    },
  };
}

const security = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
const utility = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd';
const profile = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0';
const base64 =
  'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary';

/** With a UsernameToken (WS-Security 1.0) in place of the empty header that the preview shows. */
function secured(
  { config, auth }: SoapTool,
  request: RenderedRequest,
  { secret }: CallContext,
): RenderedRequest {
  if (config.security === 'http' || auth.type !== 'basic' || typeof request.body !== 'string') return request;
  const password = secret ?? '';
  const nonce = randomBytes(16);
  const created = new Date().toISOString();
  const digest = createHash('sha1').update(nonce).update(created).update(password).digest('base64');
  const [kind, value] =
    config.security === 'password_text' ? ['PasswordText', escapeXml(password)] : ['PasswordDigest', digest];
  const token = `<wsse:UsernameToken><wsse:Username>${escapeXml(auth.username)}</wsse:Username><wsse:Password Type="${profile}#${kind}">${value}</wsse:Password><wsse:Nonce EncodingType="${base64}">${nonce.toString('base64')}</wsse:Nonce><wsu:Created>${created}</wsu:Created></wsse:UsernameToken>`;
  const header = `<soap:Header><wsse:Security xmlns:wsse="${security}" xmlns:wsu="${utility}" soap:mustUnderstand="1">${token}</wsse:Security></soap:Header>`;
  return { ...request, body: request.body.replace(emptyHeader, () => header) };
}

async function conclude(
  { config: { compiled } }: SoapTool,
  result: CallResult,
  host: string,
  tenantId: string,
): Promise<CallResult> {
  const text = textOf(result.ok ? result.output : result.raw);
  if (!compiled || text === null) return result;
  if (text.trim() === '') {
    if (!result.ok || compiled.output === null) return result.ok ? { ...result, output: null } : result;
    return invalid(result, `${host} returned an empty body`, '');
  }
  if (!result.ok && !/Envelope/.test(text)) return result;
  const answer = await readSoap(text, compiled, tenantId);
  if ('fault' in answer) return faulted(result, answer.fault, host);
  if (!result.ok) return result;
  if ('problem' in answer) return invalid(result, answer.problem, text.slice(0, 65_536));
  return { ...result, output: answer.output };
}

function textOf(json: Json | undefined): string | null {
  const value: JsonValue | undefined = json === undefined ? undefined : jsonValue(json);
  return value === null ? '' : typeof value === 'string' ? value : null;
}

const invalid = (result: CallResult, message: string, raw: string): Failed => ({
  ...responseOf(result),
  ok: false,
  code: 'invalid_output',
  message,
  sent: 'responded',
  transient: false,
  raw,
});

function responseOf({ httpStatus, headers }: CallResult): Pick<Failed, 'httpStatus' | 'headers'> {
  return { ...(httpStatus !== undefined && { httpStatus }), ...(headers && { headers }) };
}

/** With these a service says that the message was wrong, and nothing was done; HTTP says 500 for most of them. */
const refusals = /^(?:Client|Sender|MustUnderstand|VersionMismatch|DataEncodingUnknown)(?:\.|$)/;
const authentication =
  /^(?:FailedAuthentication|InvalidSecurity|InvalidSecurityToken|FailedCheck|SecurityTokenUnavailable)$/;

function faulted(result: CallResult, fault: SoapFault, host: string): Failed {
  const { code, message, detail } = fault;
  const wasRefused = refusals.test(code);
  const httpStatus = authentication.test(code)
    ? 401
    : wasRefused
      ? 400
      : Math.max(result.httpStatus ?? 500, 500);
  const transient = httpStatus >= 500;
  const wait = !result.ok && result.retryAfterMs !== undefined ? { retryAfterMs: result.retryAfterMs } : {};
  return {
    ...responseOf(result),
    ok: false,
    code: 'provider_error',
    message: `${host} returned the fault ${code || 'without a code'}`,
    httpStatus,
    sent: 'responded',
    transient,
    ...(transient && wait),
    raw: { message, code, ...(detail !== null && { detail }) },
  };
}
