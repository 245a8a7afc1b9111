import { JsonText, jsonText } from '../../../../platform/json-text.ts';
import type { EgressResponse } from '../../../../platform/server/egress/egress.ts';
import type { CallContext, CallResult } from '../../../server/provider.ts';
import { nextPage, type Pagination } from '../pagination.ts';
import { readPage } from './read-page.ts';
import type { BodyType } from './response-body.ts';

type Failed = Extract<CallResult, { ok: false }>;

export interface PagedCall {
  /** Of the first page. */
  url: string;
  method: string;
  pagination: Pagination;
  responseType: BodyType;
  /** Sends the request of one page, or says why it failed; a refusal of the provider is a failure too. */
  send(url: string): Promise<EgressResponse | { failed: Failed }>;
}

/** Every page that was read, as one JSON list, and the last response. */
export interface ReadPages {
  body: Buffer;
  response: EgressResponse;
  /** Why it ended before the last page; null: that was reached. */
  cut: string | null;
}

/**
 * Reads one page after the other, each by a guarded request of its own to the same origin. When a page fails, the call has
 * failed; what was read until then stays with the failure.
 */
export async function callPages(
  { pagination, responseType, ...call }: PagedCall,
  { tenantId, refusesTarget }: Pick<CallContext, 'tenantId' | 'refusesTarget'>,
): Promise<ReadPages | { failed: Failed }> {
  const { origin } = new URL(call.url);
  const read: string[] = [];
  const seen = new Set<string>();
  let url = call.url;
  let left = pagination.maxBytes;
  for (let page = 1; ; page++) {
    const invalid = (message: string, httpStatus?: number): { failed: Failed } => ({
      failed: withItems(read, {
        ok: false,
        code: 'invalid_output',
        message,
        ...(httpStatus !== undefined && { httpStatus }),
        sent: 'responded',
        transient: false,
      }),
    });
    seen.add(new URL(url).href);
    const response = await call.send(url);
    if ('failed' in response) return { failed: withItems(read, response.failed) };
    const { status, headers, body } = response;
    const contentType = [headers['content-type']].flat()[0];
    const content = await readPage(body, { contentType, responseType, pagination }, tenantId);
    if ('problem' in content) return invalid(content.problem, status);
    read.push(content.json);
    left -= body.length;

    const link = [headers.link ?? ''].flat().join(', ');
    const next = nextPage(pagination, url, { ...content, link });
    const done = (cut: string | null): ReadPages => ({ body: Buffer.from(listOf(read)), response, cut });
    if (next === null) return done(null);
    if (page === pagination.maxPages)
      return done(`Stopped after ${page} pages, as the tool says. More follow.`);
    if (left <= 0)
      return done(`Stopped after ${pagination.maxBytes} bytes, as the tool says. More pages follow.`);
    if (new URL(next).origin !== origin) return invalid('The URL of this page leads to another host', status);
    if (seen.has(next)) return invalid('This page was read already', status);
    const refused = refusesTarget({ method: call.method, url: next });
    if (refused !== null) return { failed: { ...invalid(refused, status).failed, code: 'denied' } };
    url = next;
  }
}

/** @param pages each the inside of a list */
function listOf(pages: readonly string[]): string {
  return `[${pages.filter((each) => each !== '').join(',')}]`;
}

/** A failure behind these pages: it names its own page, and keeps their items. */
function withItems(read: readonly string[], failed: Failed): Failed {
  if (read.length === 0) return failed;
  const { raw } = failed;
  const error = raw === undefined ? '' : `"error":${jsonText(raw).text},`;
  return {
    ...failed,
    message: `Page ${read.length + 1}: ${failed.message}`,
    raw: new JsonText(`{${error}"items":${listOf(read)}}`),
  };
}
