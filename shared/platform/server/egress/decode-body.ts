import type { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from 'node:zlib';
import { EgressError } from './egress-error.ts';

export interface BodyLimits {
  status: number;
  maxBytes: number;
  onChunk: ((piece: Buffer) => void) | undefined;
}

const decoders: Record<string, (first: number) => Transform> = {
  gzip: () => createGunzip(),
  'x-gzip': () => createGunzip(),
  br: () => createBrotliDecompress(),
  // Servers send both kinds under this name; zlib begins with a nibble that raw deflate does not use.
  deflate: (first) => ((first & 0x0f) === 8 ? createInflate() : createInflateRaw()),
  // A frame may request a window of 128 MB; the HTTP registration allows 8 MB.
  zstd: () => createZstdDecompress({ params: { [constants.ZSTD_d_windowLogMax]: 23 } }),
};

/**
 * Reads a body and decodes it, at most `maxBytes` of decoded text: a decompression bomb stops at the limit and never
 * fills the memory.
 */
export async function decodeBody(body: Readable, encodings: string[], limits: BodyLimits): Promise<Buffer> {
  const known = encodings.every((encoding) => Object.hasOwn(decoders, encoding));
  if (!known || encodings.length > 2) {
    body.destroy();
    throw new EgressError(
      'undecodable',
      'responded',
      'The response has an unsupported content encoding',
      limits,
    );
  }
  if (encodings.length === 0) return collect(body, limits);

  const first = await firstByte(body);
  if (first === null) return Buffer.alloc(0);
  const [outer, inner] = encodings
    .toReversed()
    .map((encoding, index) => decoders[encoding]!(index === 0 ? first : 0x78));
  let decoded: Buffer | undefined;
  try {
    const sink = async (source: AsyncIterable<Buffer>) => {
      decoded = await collect(source, limits);
    };
    await (inner ? pipeline(body, outer!, inner, sink) : pipeline(body, outer!, sink));
  } catch (error) {
    if (error instanceof EgressError || !isZlibError(error)) throw error;
    throw new EgressError('undecodable', 'responded', 'The response does not match its content encoding', {
      ...limits,
      cause: error,
    });
  }
  return decoded ?? Buffer.alloc(0);
}

async function collect(
  source: AsyncIterable<Buffer>,
  { maxBytes, status, onChunk }: BodyLimits,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of source) {
    size += chunk.length;
    if (size > maxBytes) {
      throw new EgressError('too_large', 'responded', `The response is larger than ${maxBytes} bytes`, {
        status,
      });
    }
    chunks.push(chunk);
    onChunk?.(chunk);
  }
  return Buffer.concat(chunks);
}

/** The first byte, which stays in the stream; null for an empty body. */
function firstByte(body: Readable): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const finish = (act: () => void) => {
      body.off('readable', onReadable).off('end', onEnd).off('error', onError);
      act();
    };
    const onReadable = () => {
      const chunk = body.read() as Buffer | null;
      if (chunk === null) return;
      // Immediately: an empty stream ends in the next tick.
      body.unshift(chunk);
      finish(() => resolve(chunk[0] ?? null));
    };
    const onEnd = () => finish(() => resolve(null));
    const onError = (error: Error) => finish(() => reject(error));
    if (body.destroyed) return reject(body.errored ?? new Error('The response ended early'));
    body.on('readable', onReadable).on('end', onEnd).on('error', onError);
  });
}

function isZlibError(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  return typeof code === 'string' && /^(?:Z_|ZSTD_|ERR__|ERR_BROTLI)/.test(code);
}

/** The encodings of a `content-encoding` header, in the order they were applied. */
export function contentEncodings(header: string | string[] | undefined): string[] {
  return [header ?? '']
    .flat()
    .join(',')
    .toLowerCase()
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '' && each !== 'identity');
}
