import type { ClientHttp2Session, ClientHttp2Stream, IncomingHttpHeaders } from 'node:http2';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { SentState } from '../../../../platform/http/sent-state.ts';
import { EgressError } from '../../../../platform/server/egress/egress-error.ts';
import { cancelStream, refusedStream } from '../../../../platform/server/egress/http2-session.ts';

export interface GrpcCall {
  /** `/package.Service/Method` */
  path: string;
  host: string;
  metadata: Record<string, string>;
  /** As protobuf. */
  messages: readonly Uint8Array[];
  /** Milliseconds until the call ends. */
  timeoutMs: number;
  signal: AbortSignal;
  /** Of all messages of the response together. */
  maxBytes: number;
  /** Called right before the request leaves. It may throw. */
  onSent: () => void;
  onChunk: () => void;
  /** Gets each message, one after the other. False: the rest is not wanted. */
  onMessage(message: Buffer): Promise<boolean>;
}

/** How a call ended. */
export interface GrpcEnd {
  /** Of HTTP. */
  httpStatus: number;
  /** Of gRPC; null: the response was none of gRPC. */
  status: number | null;
  /** Empty when the server gave no reason. */
  message: string;
  /** `google.rpc.Status`, when the server sent it. */
  details: Buffer | null;
  /** The response began with its end: the server did not start to answer. */
  trailersOnly: boolean;
  /** Headers and trailers, besides those of the protocol. */
  metadata: Record<string, string | string[] | undefined>;
  /** What a proxy said in place of gRPC. */
  body: string;
  /** How long the server asks to wait, from its trailers. */
  pushbackMs: number | null;
}

/** Of a response that is none of gRPC. */
const maxForeignBytes = 4096;

/**
 * One call on an HTTP/2 connection.
 * @throws EgressError; what `onSent` and `onMessage` throw
 */
export async function exchange(session: ClientHttp2Session, call: GrpcCall): Promise<GrpcEnd> {
  const { signal } = call;
  call.onSent();
  const stream = session.request({
    ':method': 'POST',
    ':path': call.path,
    'content-type': 'application/grpc',
    te: 'trailers',
    'user-agent': 'Interlock',
    'grpc-timeout': `${Math.max(1, Math.min(99_999_999, Math.floor(call.timeoutMs)))}m`,
    'grpc-accept-encoding': 'identity,gzip',
    ...call.metadata,
  });
  let goneAt = Number.POSITIVE_INFINITY;
  const onGoaway = (_code: number, lastStreamId: number) => {
    goneAt = lastStreamId;
  };
  session.on('goaway', onGoaway);
  const abort = () => stream.close(cancelStream);
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  let head: IncomingHttpHeaders | null = null;
  try {
    return await converse(stream, call, (headers) => {
      head = headers;
    });
  } catch (error) {
    const { host } = call;
    const untouched =
      head === null && (stream.rstCode === refusedStream || (stream.id !== undefined && stream.id > goneAt));
    const sent: SentState = untouched ? 'before' : 'unknown';
    if (signal.aborted)
      throw new EgressError(
        'aborted',
        sent,
        `The call to ${host} was aborted before the response was complete`,
      );
    if (error instanceof EgressError || !isOfHttp2(error)) throw error;
    throw untouched
      ? new EgressError('unreachable', sent, `${host} did not accept the call`)
      : new EgressError('broken', sent, `The connection to ${host} ended before the response was complete`);
  } finally {
    signal.removeEventListener('abort', abort);
    session.off('goaway', onGoaway);
    // An abandoned stream emits an error that no one waits for.
    stream.on('error', () => {});
    if (!stream.closed) stream.close(cancelStream);
  }
}

class EndedEarly extends Error {}

const isOfHttp2 = (error: unknown): boolean =>
  error instanceof EndedEarly ||
  /^(?:ERR_HTTP2|ERR_STREAM|ECONN|EPIPE)/.test(String((error as { code?: unknown })?.code));

async function converse(
  stream: ClientHttp2Stream,
  call: GrpcCall,
  onHead: (headers: IncomingHttpHeaders) => void,
): Promise<GrpcEnd> {
  const head = Promise.withResolvers<[IncomingHttpHeaders, flags: number]>();
  let trailers: IncomingHttpHeaders = {};
  stream.once('response', (headers, flags) => {
    onHead(headers);
    head.resolve([headers, flags]);
  });
  stream.once('trailers', (headers) => {
    trailers = headers;
  });
  const gone = (error?: Error) => head.reject(error ?? new EndedEarly());
  stream.once('error', gone);
  stream.once('close', gone);
  for (const message of call.messages) stream.write(frame(message));
  stream.end();
  const [headers] = await head.promise;
  const httpStatus = Number(headers[':status']);
  if (httpStatus !== 200 || !/^application\/grpc(?:$|[+;])/i.test(headers['content-type'] ?? '')) {
    const body = await beginningOf(stream);
    return { ...nothing, httpStatus, metadata: plain(headers), body };
  }
  const trailersOnly = headers['grpc-status'] !== undefined;
  if (!trailersOnly) {
    const wanted = await readMessages(stream, headers, call);
    if (!wanted) return { ...nothing, httpStatus, status: 0, metadata: plain(headers) };
  }
  const end = trailersOnly ? headers : trailers;
  if (end['grpc-status'] === undefined) throw new EndedEarly();
  const details = end['grpc-status-details-bin'];
  const pushback = Number(end['grpc-retry-pushback-ms'] ?? Number.NaN);
  return {
    httpStatus,
    status: Number(end['grpc-status']),
    message: decoded(String(end['grpc-message'] ?? '')),
    details: typeof details === 'string' ? Buffer.from(details, 'base64') : null,
    trailersOnly,
    metadata: { ...plain(headers), ...plain(end) },
    body: '',
    pushbackMs: pushback >= 0 ? pushback : null,
  };
}

const nothing: Omit<GrpcEnd, 'httpStatus' | 'metadata'> = {
  status: null,
  message: '',
  details: null,
  trailersOnly: false,
  body: '',
  pushbackMs: null,
};

/** @returns whether all were wanted */
async function readMessages(
  stream: ClientHttp2Stream,
  headers: IncomingHttpHeaders,
  call: GrpcCall,
): Promise<boolean> {
  const encoding = String(headers['grpc-encoding'] ?? 'identity');
  let chunks: Buffer[] = [];
  let size = 0;
  let needed = prefixBytes;
  let room = call.maxBytes;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    call.onChunk();
    chunks.push(chunk);
    size += chunk.length;
    // Joined once for a message, however many pieces it comes in.
    while (size >= needed) {
      const [only, ...more] = chunks;
      const buffered = only && more.length === 0 ? only : Buffer.concat(chunks);
      const length = buffered.readUInt32BE(1);
      needed = prefixBytes + length;
      if (needed > room) throw tooLarge(call);
      chunks = [buffered];
      if (size < needed) break;
      const payload = buffered.subarray(prefixBytes, needed);
      const message = buffered[0] === 0 ? payload : await inflate(payload, encoding, room, call);
      room -= prefixBytes + message.length;
      chunks = [buffered.subarray(needed)];
      size -= needed;
      needed = prefixBytes;
      if (!(await call.onMessage(message))) return false;
    }
  }
  if (size > 0) throw new EndedEarly();
  return true;
}

/** Before each message: whether it is compressed, and its length. */
const prefixBytes = 5;

const unzip = promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip);

async function inflate(payload: Buffer, encoding: string, room: number, call: GrpcCall): Promise<Buffer> {
  if (encoding !== 'gzip')
    throw new EgressError(
      'undecodable',
      'responded',
      `The response of ${call.host} has the encoding ${encoding.slice(0, 40)}, which was not offered`,
    );
  try {
    return await unzip(payload, { maxOutputLength: Math.max(1, room) });
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(call);
    throw new EgressError('undecodable', 'responded', `The response of ${call.host} cannot be decompressed`);
  }
}

const tooLarge = ({ maxBytes }: GrpcCall) =>
  new EgressError('too_large', 'responded', `The response is larger than ${maxBytes} bytes`);

function frame(message: Uint8Array): Buffer {
  const framed = Buffer.alloc(prefixBytes + message.length);
  framed.writeUInt32BE(message.length, 1);
  framed.set(message, prefixBytes);
  return framed;
}

async function beginningOf(stream: ClientHttp2Stream): Promise<string> {
  let text = Buffer.alloc(0);
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    text = Buffer.concat([text, chunk]);
    if (text.length >= maxForeignBytes) break;
  }
  return text.subarray(0, maxForeignBytes).toString('utf8');
}

const ofProtocol = /^(?::|grpc-(?:status|message|encoding|accept-encoding|status-details-bin)$)/;

const plain = (headers: IncomingHttpHeaders): GrpcEnd['metadata'] =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !ofProtocol.test(name)));

/** `grpc-message` is percent-encoded UTF-8. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
