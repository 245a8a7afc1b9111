import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { isObject } from '../../../shared/platform/schema-properties.ts';

export type Json = Record<string, unknown>;

/** An OpenAPI 3 or Swagger 2 document. */
export interface ProviderDocument {
  /** Below its folder. */
  file: string;
  /** Title and version, as it says them. */
  name: string;
  root: Json;
}

export interface DocumentedOperation {
  document: ProviderDocument;
  method: string;
  /** Such as `api.example.com`; `{}` stands for any text. */
  host: string;
  /** With the path of the server; `{}` stands for one step. */
  path: string;
  operation: Json;
  /** Of the operation and of its path. */
  parameters: Json[];
}

const methods = ['get', 'post', 'put', 'patch', 'delete'];

/** The documents below a folder that name one of the words. */
export function* readDocuments(folder: string, words: readonly string[]): Generator<ProviderDocument> {
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()) {
    if (!/\.(?:json|ya?ml)$/.test(file)) continue;
    const text = readFileSync(join(folder, file), 'utf8');
    if (!words.some((word) => text.includes(word))) continue;
    const root: unknown = file.endsWith('json')
      ? JSON.parse(text)
      : parse(text, { maxAliasCount: -1, uniqueKeys: false, logLevel: 'silent' });
    if (!isObject(root) || !isObject(root.paths)) continue;
    const info = isObject(root.info) ? root.info : {};
    yield { file, name: `${info.title} ${info.version}`, root };
  }
}

export function operationsOf(document: ProviderDocument): DocumentedOperation[] {
  const { root } = document;
  return Object.entries(object(root.paths)).flatMap(([path, item]) => {
    const own = object(resolve(root, item));
    return methods.flatMap((method) => {
      const operation = own[method];
      if (!isObject(operation)) return [];
      const servers = [operation.servers, own.servers, root.servers].find(
        (each) => Array.isArray(each) && each.length > 0,
      );
      const parameters = [...list(own.parameters), ...list(operation.parameters)].map((each) =>
        object(resolve(root, each)),
      );
      return baseUrls(root, servers).map(({ host, base }) => ({
        document,
        method: method.toUpperCase(),
        host,
        path: blank(`${base}${path}`),
        operation,
        parameters,
      }));
    });
  });
}

function baseUrls(root: Json, servers: unknown): { host: string; base: string }[] {
  if (root.swagger !== undefined)
    return [
      { host: blank(String(root.host ?? '{host}')), base: String(root.basePath ?? '').replace(/\/$/, '') },
    ];
  const urls = list(servers).map((server) => withDefaults(object(server)));
  return (urls.length > 0 ? urls : ['/']).map((url) => {
    const [, host, base] = /^(?:(?:https?:)?\/\/([^/]*))?(.*)$/.exec(blank(url)) ?? [];
    return { host: host ?? '{}', base: (base ?? '').replace(/\/$/, '') };
  });
}

const withDefaults = ({ url = '/', variables }: Json): string =>
  String(url).replace(/\{([^}]*)\}/g, (whole, name) =>
    String(object(object(variables)[name]).default ?? whole),
  );

const blank = (text: string): string => text.replace(/\{[^}]*\}/g, '{}');

/** What a local `$ref` stands for; anything else is itself. */
export function resolve(root: Json, value: unknown, depth = 0): unknown {
  const reference = isObject(value) ? value.$ref : undefined;
  if (typeof reference !== 'string' || !reference.startsWith('#/') || depth > 20) return value;
  const target = reference
    .slice(2)
    .split('/')
    .map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>(
      (at, step) => (isObject(at) || Array.isArray(at) ? (at as Json)[step] : undefined),
      root,
    );
  return resolve(root, target, depth + 1);
}

export const object = (value: unknown): Json => (isObject(value) ? value : {});
export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
