import { LRUCache } from 'lru-cache';
import { parseHostPort } from '../../../platform/host-port.ts';
import { retryAfterMs } from '../../../platform/http/retry-after.ts';
import type { JsonValue } from '../../../platform/json.ts';
import type { Json } from '../../../platform/json-text.ts';
import type { Egress } from '../../../platform/server/egress/egress.ts';
import { EgressError } from '../../../platform/server/egress/egress-error.ts';
import { openHttp2 } from '../../../platform/server/egress/http2-session.ts';
import { hasAtMost, maxValues } from '../../../platform/server/isolates/isolate-protocol.ts';
import { type AuthAppliers, applierOf } from '../../server/auth-appliers.ts';
import { failureOf } from '../../server/http-exchange.ts';
import type { CallContext, CallResult, Provider } from '../../server/provider.ts';
import type { RenderedRequest } from '../rendered-request.ts';
import { decode, decodeValue } from './call/decode.ts';
import { exchange, type GrpcEnd } from './call/exchange.ts';
import { encodeMessage, MessageError } from './call/messages.ts';
import { ReflectionError, reflect } from './call/reflection.ts';
import { detailsOf, retryDelayOf, statusOf } from './call/status.ts';
import { compileFrom } from './complete/in-isolate.ts';
import { type CompiledMethod, type GrpcConfig, type GrpcTool, usesTls } from './config.ts';

type Failed = Extract<CallResult, { ok: false }>;

interface Answer {
  end: GrpcEnd;
  compiled: CompiledMethod;
  /** Of a stream. */
  values: JsonValue[];
  /** Of a unary call. */
  output: Json | undefined;
  more: boolean;
}

const unauthenticated = 16;

/** Calls a gRPC method on a connection of its own, with the credential of the tool. */
export function createGrpcProvider(egress: Egress, auth: AuthAppliers): Provider<GrpcTool> {
  /** What servers said about their methods. */
  const reflected = new LRUCache<string, CompiledMethod>({ max: 500, ttl: 5 * 60_000 });
  const described = async (
    url: string,
    tenantId: string,
    { service, method }: GrpcConfig,
    ask: () => Promise<string>,
  ): Promise<CompiledMethod> => {
    const key = JSON.stringify([tenantId, url]);
    const known = reflected.get(key);
    if (known) return known;
    const found = await compileFrom({ descriptors: await ask() }, { service, method, inputs: [] }, tenantId);
    if ('problem' in found) throw new ReflectionError(found.problem.message);
    reflected.set(key, found.compiled);
    return found.compiled;
  };

  return {
    async call(tool, request, context) {
      const endsAt = performance.now() + tool.timeoutMs;
      const { target, service, method } = tool.config;
      const { host, port, hostPort } = parseHostPort(target ?? '') ?? { host: '', port: 0, hostPort: '' };
      const secure = usesTls(tool.config);
      const applier = applierOf(auth, tool.auth);
      let sent = false;

      const send = async (context: CallContext): Promise<Answer> => {
        // The auth kinds know HTTP; a gRPC call is an HTTP/2 request.
        const url = `${secure ? 'https' : 'http'}://${hostPort}/${service}/${method}`;
        const added = addedMetadata(request, context);
        const headers = { ...request.headers, ...added };
        const applied = await applier.apply(
          tool.auth,
          { ...request, method: 'POST', url, headers },
          context,
          undefined,
        );
        const session = await openHttp2(egress, {
          tenantId: context.tenantId,
          privateHosts: context.privateHosts,
          allowedHosts: context.allowedHosts,
          caller: context.caller,
          protocol: 'GRPC',
          host: host.replace(/^\[(.*)\]$/, '$1'),
          port,
          signal: context.signal,
          tls: secure ? { identity: applied.clientCertificate } : null,
        });
        try {
          const conversation = {
            host: hostPort,
            metadata: applied.headers,
            signal: context.signal,
            onChunk: context.heartbeat,
          };
          const timeLeft = () => endsAt - performance.now();
          const compiled =
            tool.config.compiled ??
            (await described(request.url, context.tenantId, tool.config, () =>
              reflect(session, { ...conversation, timeoutMs: timeLeft() }, service),
            ));
          const answer: Omit<Answer, 'end'> = { compiled, values: [], output: undefined, more: false };
          const end = await exchange(session, {
            ...conversation,
            path: `/${compiled.path}`,
            messages: [encodeMessage(compiled, request.body ?? {})],
            timeoutMs: timeLeft(),
            maxBytes: tool.config.maxResponseBytes,
            onSent() {
              if (!context.maySend())
                throw new EgressError(
                  'withheld',
                  'before',
                  'The call was not sent: its time to leave had passed',
                );
              if (!sent) context.onSent(added);
              sent = true;
            },
            async onMessage(message) {
              if (!compiled.streaming) {
                answer.more = answer.output !== undefined;
                if (answer.more) return false;
                answer.output = await decode(compiled, message, context.tenantId);
                return true;
              }
              answer.more = answer.values.length >= tool.config.maxMessages;
              if (answer.more) return false;
              const value = await decodeValue(compiled, message, context.tenantId);
              answer.values.push(value);
              context.onOutput?.({ kind: 'data', value });
              return true;
            },
          });
          return { ...answer, end };
        } finally {
          session.destroy();
        }
      };

      // UNAUTHENTICATED means that nothing was done, so any method may be called again with a renewed credential.
      const renewed = async (context: CallContext) => {
        const answer = await send(context);
        return answer.end.status === unauthenticated && applier.renew(tool.auth, context)
          ? send(context)
          : answer;
      };
      try {
        const { previousSecret } = context;
        let answer = await renewed(context);
        if (answer.end.status === unauthenticated && previousSecret !== null) {
          context.onPrevious();
          answer = await renewed({ ...context, secret: previousSecret });
        }
        const { streaming: streamed } = answer.compiled;
        return { ...conclude(tool, answer, hostPort), headers: answer.end.metadata, streamed };
      } catch (error) {
        return messageFailure(error, sent) ?? failureOf(error, hostPort, context.signal, sent);
      }
    },
  };
}

function addedMetadata(
  request: RenderedRequest,
  { idempotencyKey, traceparent }: CallContext,
): Record<string, string> {
  return {
    ...(idempotencyKey !== null && { 'idempotency-key': idempotencyKey }),
    ...(traceparent && !Object.hasOwn(request.headers, 'traceparent') && { traceparent }),
  };
}

function conclude({ config }: GrpcTool, answer: Answer, host: string): CallResult {
  const { end, compiled, values, output, more } = answer;
  const { status, httpStatus } = end;
  if (status === null) return foreign(end, host);
  if (status !== 0) return refusal(end, status, host, values);
  const invalid = (message: string, raw?: Json): Failed => ({
    ok: false,
    code: 'invalid_output',
    message,
    httpStatus,
    sent: 'responded',
    transient: false,
    ...(raw !== undefined && { raw }),
  });
  if (!compiled.streaming && more) return invalid(`${host} returned more than one message`);
  if (!compiled.streaming)
    return output === undefined
      ? invalid(`${host} returned OK without a message`)
      : { ok: true, output, httpStatus };
  if (more) return invalid(`The stream has more than ${config.maxMessages} messages`, values);
  if (!hasAtMost(values, maxValues)) return invalid(`The stream has more than ${maxValues} values`);
  return { ok: true, output: values, httpStatus };
}

/** A proxy, or a server of something else. */
function foreign({ httpStatus, body, metadata }: GrpcEnd, host: string): Failed {
  const transient = httpStatus === 429 || httpStatus >= 500;
  return {
    ok: false,
    code: 'provider_error',
    message: `${host} returned HTTP ${httpStatus}, which is no gRPC response`,
    httpStatus,
    sent: httpStatus < 400 ? 'unknown' : 'responded',
    transient,
    ...(transient ? { retryAfterMs: retryAfterMs(metadata['retry-after']) } : {}),
    raw: body,
  };
}

const cancelled = 1;
const deadlineExceeded = 4;
const unavailable = 14;

function refusal(end: GrpcEnd, code: number, host: string, received: JsonValue[]): Failed {
  const { name, httpStatus, transient } = statusOf(code);
  const details = detailsOf(end.details);
  // A server that says so after it has begun to answer, or that was cancelled, may have done its work.
  const unsure = code === cancelled || (code === unavailable && !end.trailersOnly);
  const wait = end.pushbackMs ?? retryDelayOf(details);
  return {
    ok: false,
    code: code === deadlineExceeded ? 'timeout' : 'provider_error',
    message: `${host} returned ${name}`,
    httpStatus,
    sent: unsure ? 'unknown' : 'responded',
    transient,
    ...(transient && wait !== null && { retryAfterMs: wait }),
    raw: {
      message: end.message,
      status: name,
      ...(details && { details }),
      ...(received.length > 0 && { messages: received }),
    },
  };
}

/** What is wrong with a message, of the call or of its response; null: another error. */
function messageFailure(error: unknown, wasSent: boolean): Failed | null {
  if (!(error instanceof ReflectionError || error instanceof MessageError)) return null;
  const failed = { ok: false, transient: false } as const;
  return wasSent
    ? { ...failed, code: 'invalid_output', message: error.message, sent: 'responded' }
    : { ...failed, code: 'provider_error', message: `${error.message}. Nothing was sent`, sent: 'before' };
}
