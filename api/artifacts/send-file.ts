import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

/**
 * The bytes are those of a stranger: a browser only ever stores them, unless they are an image.
 * @param image its type, when the browser may show it
 */
export async function sendFile(
  reply: FastifyReply,
  file: { name: string; sha256: string; bytes: number; content: Readable },
  image?: string,
): Promise<FastifyReply> {
  const content = await begun(file.content);
  return (
    reply
      .type(image ?? 'application/octet-stream')
      .header('cache-control', 'no-store')
      .header('x-content-type-options', 'nosniff')
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('content-disposition', disposition(image ? 'inline' : 'attachment', file.name))
      // A file that breaks off in between is not taken for a whole one.
      .header('content-length', file.bytes)
      .header('digest', `sha-256=${Buffer.from(file.sha256, 'hex').toString('base64')}`)
      .send(content)
  );
}

/** With its first part: where there is none, that is an error of the request, before anything is said about a file. */
async function begun(content: Readable): Promise<Readable> {
  const parts: AsyncIterator<Buffer> = content[Symbol.asyncIterator]();
  const first = await parts.next();
  return Readable.from(whole(first, parts));
}

async function* whole(first: IteratorResult<Buffer>, parts: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    for (let part = first; !part.done; part = await parts.next()) yield part.value;
  } finally {
    await parts.return?.();
  }
}

/** RFC 6266: a plain name for old clients, and the whole one. */
function disposition(way: 'attachment' | 'inline', name: string): string {
  const plain = name.replace(/[^\w .()-]/g, '_');
  const whole = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${way}; filename="${plain}"; filename*=UTF-8''${whole}`;
}
