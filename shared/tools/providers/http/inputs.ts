import type { JsonValue } from '../../../platform/json.ts';
import { urlTemplateNames } from '../../http/url.ts';
import { jsonTemplateNames, templateNames } from '../../template.ts';
import type { HttpConfig } from './config.ts';

/** Inputs that no template uses go to the query for these methods, and to the body for the others. */
export function isQueryMethod(method: HttpConfig['method']): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'DELETE';
}

/** The names of the inputs that the templates of this config use. */
export function usedNames(config: HttpConfig): Set<string> {
  return new Set([
    ...urlTemplateNames(config.url ?? config.path ?? ''),
    ...Object.values(config.headers).flatMap(templateNames),
    ...jsonTemplateNames(config.query),
    ...(config.body === undefined ? [] : jsonTemplateNames(config.body as JsonValue)),
  ]);
}
