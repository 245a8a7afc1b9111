import { z } from 'zod';
import { pointerSteps } from '../../../platform/json-pointer.ts';

/** RFC 6901; empty: the whole body. */
const bodyPointer = z
  .string()
  .max(500)
  .regex(/^(?:\/.*)?$/, 'A JSON Pointer begins with "/"');

const parameter = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\s{}&=#]+$/, 'The name of a query parameter');

const pages = {
  /** The list in the body of each page. Left out: the body itself, if it is a list; else the output is the list of bodies. */
  items: bodyPointer.optional(),
  maxPages: z.int().min(1).max(1_000).default(10),
  /** Of the bodies of all pages, decoded: the page that reaches it is the last one. */
  maxBytes: z.int().min(1).max(16_777_216).default(4_194_304),
};

/**
 * How the next page is asked for. The first request is the rendered one; the others differ in one query parameter, or have the
 * URL of the `Link` header with `rel="next"`.
 */
export const paginationSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('cursor'), parameter, cursor: bodyPointer, ...pages }),
  z.strictObject({
    type: z.literal('page'),
    parameter: parameter.default('page'),
    /** The number of the first page, where the request does not name it. */
    first: z.int().min(0).max(1_000_000).default(1),
    ...pages,
  }),
  z.strictObject({ type: z.literal('offset'), parameter: parameter.default('offset'), ...pages }),
  z.strictObject({ type: z.literal('link_header'), ...pages }),
]);
export type Pagination = z.output<typeof paginationSchema>;

/** What one page says about the next one. */
export interface PageFacts {
  /** Of its list; null: the page is none. */
  count: number | null;
  /** Where the definition says it is; null: there is none. */
  cursor: string | null;
  /** Its `Link` headers. */
  link: string;
}

/**
 * The URL of the next page; null: this was the last one.
 * @param url of the page that was read
 */
export function nextPage(
  pagination: Pagination,
  url: string,
  { count, cursor, link }: PageFacts,
): string | null {
  const next = new URL(url);
  const asked = (name: string, otherwise: number) => {
    const text = next.searchParams.get(name) ?? '';
    return /^\d{1,15}$/.test(text) ? Number(text) : otherwise;
  };
  switch (pagination.type) {
    case 'cursor':
      if (cursor === null) return null;
      next.searchParams.set(pagination.parameter, cursor);
      return next.href;
    case 'page':
      if (count === null || count === 0) return null;
      next.searchParams.set(pagination.parameter, String(asked(pagination.parameter, pagination.first) + 1));
      return next.href;
    case 'offset':
      if (count === null || count === 0) return null;
      next.searchParams.set(pagination.parameter, String(asked(pagination.parameter, 0) + count));
      return next.href;
    case 'link_header': {
      const target = nextLink(link);
      return target === null ? null : (URL.parse(target, url)?.href ?? null);
    }
  }
}

/** One link of a `Link` header (RFC 8288): its target and its parameters. */
const links = /<([^<>]*)>((?:\s*;\s*[\w!#$&+.^`|~*-]+(?:\s*=\s*(?:"[^"]*"|[^\s",;]+))?)*)/g;
const relation = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s",;]+))/i;

function nextLink(header: string): string | null {
  // A longer one would take longer to read than any server has reason to write.
  for (const [, target = '', parameters = ''] of header.slice(0, 16_384).matchAll(links)) {
    const [, quoted, plain] = relation.exec(parameters) ?? [];
    const relations = (quoted ?? plain ?? '').toLowerCase().split(/\s+/);
    if (relations.includes('next')) return target;
  }
  return null;
}

/** The part of a body at a pointer; undefined where there is none. */
export function partAt(body: unknown, pointer: string): unknown {
  let part = body;
  for (const step of pointerSteps(pointer)) {
    if (part === null || typeof part !== 'object' || !Object.hasOwn(part, step)) return undefined;
    part = (part as Record<string, unknown>)[step];
  }
  return part;
}
