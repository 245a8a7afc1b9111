import { once } from 'node:events';
import { connect, createServer, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { exchange, type GrpcCall } from '../../../../shared/tools/providers/grpc/call/exchange.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

function frame(message: Buffer, flag = 0): Buffer {
  const framed = Buffer.alloc(5 + message.length);
  framed[0] = flag;
  framed.writeUInt32BE(message.length, 1);
  message.copy(framed, 5);
  return framed;
}

/** A call of a server that writes its response frame by frame. */
async function call(respond: (stream: ServerHttp2Stream) => void, more: Partial<GrpcCall> = {}) {
  const server = createServer();
  server.on('stream', (stream) => {
    stream.on('error', () => {});
    respond(stream);
  });
  server.on('sessionError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  session.on('error', () => {});
  closers.push(() => {
    session.destroy();
    server.close();
  });
  const messages: string[] = [];
  const end = await exchange(session, {
    path: '/a.B/C',
    host: 'server',
    metadata: {},
    messages: [Buffer.from('hi')],
    timeoutMs: 60_000,
    signal: AbortSignal.timeout(60_000),
    maxBytes: 100_000,
    onSent: () => {},
    onChunk: () => {},
    onMessage: async (message) => messages.push(message.toString()) < 10,
    ...more,
  });
  return { messages, end };
}

const begin = (stream: ServerHttp2Stream, more: Record<string, string> = {}) =>
  stream.respond({ ':status': 200, 'content-type': 'application/grpc', ...more }, { waitForTrailers: true });

function finish(stream: ServerHttp2Stream, trailers: Record<string, string> = { 'grpc-status': '0' }): void {
  stream.on('wantTrailers', () => stream.sendTrailers(trailers));
  stream.end();
}

test('messages are read however they are cut into pieces, compressed ones too', async () => {
  const large = 'x'.repeat(40_000);
  const bytes = Buffer.concat([
    frame(Buffer.from('a')),
    frame(Buffer.alloc(0)),
    frame(Buffer.from(large)),
    frame(gzipSync('packed'), 1),
  ]);
  for (const size of [1000, 4096, bytes.length]) {
    const { messages, end } = await call((stream) => {
      begin(stream, { 'grpc-encoding': 'gzip' });
      for (let at = 0; at < bytes.length; at += size) stream.write(bytes.subarray(at, at + size));
      finish(stream);
    });
    expect(messages).toEqual(['a', '', large, 'packed']);
    expect(end).toMatchObject({ status: 0, trailersOnly: false });
  }
});

test('a length or a bomb above the limit ends the call without being read', async () => {
  const length = Buffer.from([0, 0xff, 0xff, 0xff, 0xff]);
  const bomb = frame(gzipSync(Buffer.alloc(5_000_000)), 1);
  for (const bytes of [length, bomb])
    await expect(
      call((stream) => {
        begin(stream, { 'grpc-encoding': 'gzip' });
        stream.on('error', () => {});
        stream.write(bytes);
      }),
    ).rejects.toMatchObject({ kind: 'too_large', sent: 'responded' });
});

test('a stream that the server refused was not sent; one that broke is unknown', async () => {
  await expect(call((stream) => stream.close(7))).rejects.toMatchObject({
    sent: 'before',
    kind: 'unreachable',
  });
  await expect(call((stream) => stream.close(2))).rejects.toMatchObject({ sent: 'unknown', kind: 'broken' });
  const cut = call((stream) => {
    begin(stream);
    stream.write(frame(Buffer.from('a')).subarray(0, 3), () => stream.session?.destroy());
    stream.on('error', () => {});
  });
  await expect(cut).rejects.toMatchObject({ sent: 'unknown', kind: 'broken' });
});

test('a status without a response, and a response that is none of gRPC, are told apart', async () => {
  const refused = await call((stream) =>
    stream.respond(
      {
        ':status': 200,
        'content-type': 'application/grpc',
        'grpc-status': '14',
        'grpc-message': 'come%20back%20%C3%BC',
        'grpc-retry-pushback-ms': '250',
      },
      { endStream: true },
    ),
  );
  expect(refused.end).toMatchObject({
    status: 14,
    message: 'come back ü',
    trailersOnly: true,
    pushbackMs: 250,
  });
  const proxy = await call((stream) => {
    stream.respond({ ':status': 502, 'content-type': 'text/html' });
    stream.end('<h1>Bad gateway</h1>');
  });
  expect(proxy.end).toMatchObject({ status: null, httpStatus: 502, body: '<h1>Bad gateway</h1>' });
});
