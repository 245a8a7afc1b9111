import { isObject } from '../../../../platform/schema-properties.ts';
import { checkBaseUrl } from '../../../../tools/http/url.ts';
import { isSwagger2, listOf, type Node, textOf } from './nodes.ts';

/** What of an operation names servers: itself first, then its path. */
type ServersOf = readonly [operation: Node, item: Node];

/** Where an operation is called: below the address of the connector, at an address of its own, or nowhere. */
type Address = { below: string } | { at: string } | { problem: string };

export interface Servers {
  /** Of the connector; null: the document does not say, or not in full. */
  baseUrl: string | null;
  ofOperation(of: ServersOf): Address;
}

/** @param sourceUrl where the document was found; servers may be relative to it */
export function readServers(root: Node, sourceUrl: string | null, operations: readonly ServersOf[]): Servers {
  const common = isSwagger2(root) ? swaggerServer(root, sourceUrl) : listOf(root.servers).map(serverUrl);
  const absolute = (text: string) => absoluteUrl(text, sourceUrl);
  const own = operations.flatMap((each) => ownServers(each).slice(0, 1));
  // Some documents name their server with each operation only.
  const isCommon = common.some((each) => absolute(each) !== null) || own.length <= operations.length / 2;
  const listed = isCommon ? common : byFrequency(own);
  const written = listed.length > 0 ? listed : sourceUrl ? ['/'] : [];
  const base = written.find((each) => absolute(each) !== null);
  const baseUrl = base === undefined ? null : absolute(base);
  return {
    baseUrl,
    ofOperation(of) {
      const named = ownServers(of);
      const isShared = named.some((each) => each === base || (baseUrl === null && written.includes(each)));
      if (named.length === 0 || isShared) return { below: '' };
      const [at] = named.flatMap((each) => absolute(each) ?? []);
      if (at === undefined)
        return { problem: `Its server has no URL that can be called: ${named[0]?.slice(0, 200)}` };
      if (at === baseUrl) return { below: '' };
      return at.startsWith(`${baseUrl}/`) ? { below: at.slice(baseUrl?.length) } : { at };
    },
  };
}

/** Of OpenAPI 3: those of an operation replace those of its path, which replace those of the document. */
function ownServers(of: ServersOf): string[] {
  const lists = of.map(({ servers }) => listOf(servers).map(serverUrl));
  return lists.find((each) => each.length > 0) ?? [];
}

function absoluteUrl(text: string, sourceUrl: string | null): string | null {
  const url = URL.parse(text, sourceUrl ?? undefined);
  if (!url || !/^https?:$/.test(url.protocol)) return null;
  const base = `${url.origin}${url.pathname}`.replace(/\/+$/, '');
  return checkBaseUrl(base, '').length === 0 ? base : null;
}

function byFrequency(texts: readonly string[]): string[] {
  const counts = Map.groupBy(texts, (each) => each);
  return [...counts].toSorted(([, one], [, other]) => other.length - one.length).map(([text]) => text);
}

/** With the defaults of its variables. */
function serverUrl(server: unknown): string {
  if (!isObject(server)) return '';
  const variables = isObject(server.variables) ? server.variables : {};
  return textOf(server.url).replace(/\{([^{}]+)\}/g, (whole, name: string) => {
    const variable = variables[name];
    return isObject(variable) && variable.default !== undefined ? String(variable.default) : whole;
  });
}

function swaggerServer(root: Node, sourceUrl: string | null): string[] {
  const schemes = listOf(root.schemes).filter((each) => each === 'https' || each === 'http');
  const scheme = schemes.includes('https') ? 'https' : (schemes[0] ?? 'https');
  const host = textOf(root.host);
  const basePath = textOf(root.basePath) || '/';
  if (host !== '') return [`${scheme}://${host}${basePath.startsWith('/') ? basePath : `/${basePath}`}`];
  return sourceUrl ? [basePath] : [];
}
