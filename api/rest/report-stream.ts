import { once } from 'node:events';
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { InterlockError } from '../../shared/platform/error-codes.ts';
import { writeJson } from '../../shared/platform/json-text.ts';
import { toErrorShape, toInterlockError } from '../error-shape.ts';

export const reportType = 'application/x-ndjson';

/** Whether a request wants each item of a report as soon as it is found. */
export const wantsLines = ({ headers }: Pick<FastifyRequest, 'headers'>): boolean =>
  headers.accept?.includes(reportType) === true;

/**
 * Sends a report as lines of JSON: `{"item": …}` for each item, then `{"report": …}` with the rest, or `{"error": …}`. An error
 * before the first line is an ordinary one: nothing has been sent then.
 * @param make calls `onItem` with each item
 * @param signal aborted when no one listens any more, or the stream has to end
 */
export async function sendReport(
  request: FastifyRequest,
  reply: FastifyReply,
  signal: AbortSignal,
  make: (onItem: (item: unknown) => Promise<void>) => Promise<unknown>,
): Promise<FastifyReply> {
  let response: ServerResponse | null = null;
  const write = async (line: unknown) => {
    response ??= begin(reply);
    if (!response.write(`${writeJson(line)}\n`)) await once(response, 'drain', { signal });
  };
  try {
    const { items: _items, ...report } = (await make((item) => write({ item }))) as { items?: unknown };
    refuseEnded(signal);
    await write({ report });
  } catch (error) {
    if (!response) throw error;
    const known = toInterlockError(error);
    if (!signal.aborted && known.code === 'internal')
      request.log.error({ err: known.cause }, 'A report broke off');
    reply.raw.write(`${writeJson({ error: toErrorShape(known, request.id) })}\n`);
  }
  reply.raw.end();
  return reply;
}

/** A part of a report must not be taken for the whole. @throws InterlockError `unavailable` */
export function refuseEnded(signal: AbortSignal): void {
  if (signal.aborted)
    throw new InterlockError('unavailable', 'The report was ended before it was complete. Ask for it again.');
}

function begin(reply: FastifyReply): ServerResponse {
  const headers = reply
    .type(reportType)
    .header('cache-control', 'no-store')
    .header('x-accel-buffering', 'no')
    .getHeaders();
  reply.hijack();
  reply.raw.writeHead(200, headers as OutgoingHttpHeaders);
  return reply.raw;
}
