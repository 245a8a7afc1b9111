import type { Issue } from '../../../platform/error-codes.ts';
import type { JsonValue } from '../../../platform/json.ts';
import { pointer } from '../../../platform/json-pointer.ts';
import { isObject, schemaProperties } from '../../../platform/schema-properties.ts';
import { authDefinitionOf, authHeaders, authPlacements } from '../../auth/registry.ts';
import { checkHeaders } from '../../http/headers.ts';
import { checkJsonSecrets } from '../../http/literal-secrets.ts';
import { checkPath, checkUrl, urlQueryKeys, urlTemplateNames } from '../../http/url.ts';
import { parseTemplate, TemplateSyntaxError, templateNames } from '../../template.ts';
import type { HttpConfig, HttpTool } from './config.ts';
import { checkFileResponse } from './files.ts';
import { isQueryMethod, usedNames } from './inputs.ts';
import { checkQueryStyles } from './query-styles.ts';

/** Problems of an http tool beyond its shape, each at its place. */
export function checkHttp(definition: HttpTool): Issue[] {
  const { config } = definition;
  const placements = authPlacements(definition.auth);
  const queryKeys = placements.flatMap(({ in: place, name }) => (place === 'query' ? [name] : []));
  const syntax = [...checkTarget(config), ...checkTemplateSyntax(config)];
  const issues = [
    ...syntax,
    ...checkHeaders(config.headers, authHeaders(definition.auth), '/config/headers'),
    ...checkJsonSecrets(config.query, '/config/query'),
    ...checkJsonSecrets((config.body ?? null) as JsonValue, '/config/body'),
    ...checkBody(config),
    ...checkRedirects(definition),
    ...checkPagination(config, queryKeys),
    ...checkFileResponse(config),
  ];
  if (placements.some(({ in: place }) => place === 'cookie')) issues.push(...checkCookie(config));
  for (const key of queryKeys) issues.push(...checkQueryKey(config, key));
  if (syntax.length > 0) return issues;
  const names = schemaProperties(definition.inputSchema);
  const parameters = new Set(Object.keys(config.query));
  if (isQueryMethod(config.method)) {
    const used = usedNames(config);
    for (const name of names) if (!used.has(name)) parameters.add(name);
  }
  return [
    ...issues,
    ...checkTemplateNames(config, names),
    ...checkLeftovers(config, names, queryKeys),
    ...checkQueryStyles(config.queryStyles ?? {}, parameters),
  ];
}

function checkTarget(config: HttpConfig): Issue[] {
  if (config.connectorId !== undefined) {
    if (config.url !== undefined) {
      return [{ path: '/config/url', message: 'Use either url, or connectorId with path', keyword: 'url' }];
    }
    return checkPath(config.path ?? '', '/config/path');
  }
  if (config.path !== undefined) {
    return [{ path: '/config/path', message: 'path requires a connectorId', keyword: 'url' }];
  }
  if (config.url === undefined) {
    return [
      { path: '/config/url', message: 'url is required (or a connectorId with a path)', keyword: 'required' },
    ];
  }
  return checkUrl(config.url, '/config/url');
}

/** Every template of the config except the URL, with its place. */
function templates(config: HttpConfig): [path: string, template: string][] {
  const found: [string, string][] = [];
  const visit = (value: JsonValue, path: string): void => {
    if (typeof value === 'string') found.push([path, value]);
    else if (Array.isArray(value)) value.forEach((item, index) => visit(item, pointer(path, index)));
    else if (isObject(value))
      for (const [key, item] of Object.entries(value)) visit(item as JsonValue, pointer(path, key));
  };
  visit(config.headers, '/config/headers');
  visit(config.query, '/config/query');
  if (config.body !== undefined) visit(config.body as JsonValue, '/config/body');
  return found;
}

function checkTemplateSyntax(config: HttpConfig): Issue[] {
  return templates(config).flatMap(([path, template]) => {
    try {
      parseTemplate(template);
      return [];
    } catch (error) {
      if (!(error instanceof TemplateSyntaxError)) throw error;
      return [{ path, message: `${error.message} (character ${error.position + 1})`, keyword: 'template' }];
    }
  });
}

function checkTemplateNames(config: HttpConfig, names: Set<string>): Issue[] {
  const target = config.url === undefined ? '/config/path' : '/config/url';
  const used: [path: string, names: string[]][] = [
    [target, urlTemplateNames(config.url ?? config.path ?? '')],
    ...templates(config).map(([path, template]): [string, string[]] => [path, templateNames(template)]),
  ];
  return used.flatMap(([path, each]) =>
    each
      .filter((name) => !names.has(name))
      .map((name) => ({ path, message: `Unknown input "${name}" (${known(names)})`, keyword: 'template' })),
  );
}

function known(names: Set<string>): string {
  if (names.size === 0) return 'the input schema has no properties';
  const shown = [...names].slice(0, 10).join(', ');
  return `the input schema has ${shown}${names.size > 10 ? ' …' : ''}`;
}

/** Inputs that no template uses must have a place to go: none is dropped silently. */
function checkLeftovers(config: HttpConfig, names: Set<string>, queryKeys: readonly string[]): Issue[] {
  const used = usedNames(config);
  const leftovers = [...names].filter((name) => !used.has(name));
  if (isQueryMethod(config.method)) {
    const fixed = new Set([...Object.keys(config.query), ...urlQueryKeys(config.url ?? config.path ?? '')]);
    return leftovers.flatMap((name) => {
      const path = pointer('/inputSchema/properties', name);
      if (queryKeys.includes(name)) {
        return [{ path, message: `The auth sets the query parameter ${name}`, keyword: 'query' }];
      }
      return fixed.has(name) ? [overridden(path, name, 'query')] : [];
    });
  }
  const { body } = config;
  if (body === undefined) return [];
  if (isObject(body)) {
    return leftovers
      .filter((name) => Object.hasOwn(body, name))
      .map((name) => overridden(pointer('/inputSchema/properties', name), name, 'body'));
  }
  return leftovers.map((name) => ({
    path: pointer('/inputSchema/properties', name),
    message: `No template uses the input "${name}", and the body is not an object that it could be added to`,
    keyword: 'template',
  }));
}

function overridden(path: string, name: string, place: 'query' | 'body'): Issue {
  return {
    path,
    message: `The ${place} already sets "${name}"; write "{${name}}" there to send the input`,
    keyword: 'template',
  };
}

function checkRedirects({ auth, config }: HttpTool): Issue[] {
  if (!config.followRedirects || !authDefinitionOf(auth).refusesRedirects) return [];
  const message = 'This kind of auth is for one request, so no redirect can be followed';
  return [{ path: '/config/followRedirects', message, keyword: 'auth' }];
}

function checkPagination(
  { pagination, method, stream, responseType }: HttpConfig,
  queryKeys: readonly string[],
): Issue[] {
  if (pagination === undefined) return [];
  const issue = (path: string, message: string): Issue => ({ path, message, keyword: 'pagination' });
  const issues: Issue[] = [];
  if (method !== 'GET') issues.push(issue('/config/pagination', 'Only a GET reads further pages'));
  if (stream !== undefined) issues.push(issue('/config/stream', 'A paged response is not streamed'));
  if (responseType !== 'auto' && responseType !== 'json')
    issues.push(issue('/config/responseType', 'Pages are JSON'));
  if ('parameter' in pagination && queryKeys.includes(pagination.parameter))
    issues.push(
      issue('/config/pagination/parameter', `The auth sets the query parameter ${pagination.parameter}`),
    );
  return issues;
}

function checkCookie(config: HttpConfig): Issue[] {
  const name = Object.keys(config.headers).find((each) => each.toLowerCase() === 'cookie');
  if (name === undefined) return [];
  return [
    {
      path: pointer('/config/headers', name),
      message: 'The auth sets the cookies',
      keyword: 'header',
    },
  ];
}

function checkQueryKey(config: HttpConfig, key: string): Issue[] {
  const message = `The auth sets the query parameter ${key}`;
  const issues: Issue[] = [];
  if (Object.hasOwn(config.query, key))
    issues.push({ path: pointer('/config/query', key), message, keyword: 'query' });
  const [target, path] =
    config.url === undefined ? [config.path ?? '', '/config/path'] : [config.url, '/config/url'];
  if (urlQueryKeys(target).includes(key)) issues.push({ path, message, keyword: 'query' });
  return issues;
}

function checkBody(config: HttpConfig): Issue[] {
  const { method, body, bodyType } = config;
  if (body !== undefined && (method === 'GET' || method === 'HEAD')) {
    return [{ path: '/config/body', message: `A ${method} request has no body`, keyword: 'body' }];
  }
  const raw = bodyType === 'text' || bodyType === 'binary';
  if (raw && body === undefined && !isQueryMethod(method)) {
    return [
      {
        path: '/config/body',
        message: `A ${bodyType} body is required, for example "{name}"`,
        keyword: 'body',
      },
    ];
  }
  if (raw && body !== undefined && typeof body !== 'string') {
    return [{ path: '/config/body', message: `A ${bodyType} body must be a string`, keyword: 'body' }];
  }
  const fields = bodyType === 'form' || bodyType === 'multipart';
  if (fields && body !== undefined && !isObject(body) && !isOneName(body)) {
    return [{ path: '/config/body', message: `A ${bodyType} body must be an object`, keyword: 'body' }];
  }
  const ownType = Object.keys(config.headers).find((name) => name.toLowerCase() === 'content-type');
  if (bodyType === 'multipart' && ownType !== undefined) {
    return [
      {
        path: pointer('/config/headers', ownType),
        message: 'Interlock sets the content type of a multipart body',
        keyword: 'header',
      },
    ];
  }
  return [];
}

function isOneName(body: unknown): boolean {
  if (typeof body !== 'string') return false;
  try {
    const parts = parseTemplate(body);
    return parts.length === 1 && 'name' in parts[0]!;
  } catch {
    return true;
  }
}
