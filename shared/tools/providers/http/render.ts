import { isArtifactReference } from '../../../artifacts/artifact-references.ts';
import { InterlockError, type Issue } from '../../../platform/error-codes.ts';
import type { JsonObject, JsonValue } from '../../../platform/json.ts';
import { pointer } from '../../../platform/json-pointer.ts';
import { isObject } from '../../../platform/schema-properties.ts';
import { base64Issues, inputPath } from '../../http/body-problems.ts';
import { cookieValueProblem } from '../../http/cookies.ts';
import { headerValueProblem } from '../../http/headers.ts';
import { type QueryPair, renderUrl, UrlValueError, urlQueryKeys } from '../../http/url.ts';
import { asText, renderJson, renderText } from '../../template.ts';
import type { RenderedRequest } from '../rendered-request.ts';
import type { HttpConfig, HttpTool } from './config.ts';
import { fileIssues } from './files.ts';
import { isQueryMethod, usedNames } from './inputs.ts';
import { styledPairs } from './query-styles.ts';

/**
 * The request of a resolved tool.
 * @throws InterlockError `invalid_input` with located issues when a value does not fit its place
 */
export function renderHttp({ config }: HttpTool, input: JsonValue): RenderedRequest {
  if (config.url === undefined) {
    throw new InterlockError('invalid_definition', 'The tool has no URL', {
      detail: 'connector not folded in',
    });
  }
  const issues: Issue[] = [];
  const inputs: JsonObject = isObject(input) ? (input as JsonObject) : {};
  const leftovers = leftoverInputs(config, inputs);
  const inQuery = isQueryMethod(config.method);
  if (!isObject(input) && inQuery) {
    issues.push({
      path: '',
      message: `The input of a ${config.method} must be an object`,
      keyword: 'template',
    });
  }

  const url = located(issues, () =>
    renderUrl(config.url!, inputs, renderQuery(config, inputs, inQuery ? leftovers : {})),
  );
  const body =
    config.method === 'HEAD' || config.method === 'GET'
      ? undefined
      : renderBody(config, input, inputs, inQuery ? {} : leftovers);
  if (body !== undefined) {
    const template = config.body as JsonValue | undefined;
    issues.push(...base64Issues(config.bodyType, body, template));
    issues.push(...fileIssues(config.bodyType, body, (steps) => inputPath(template, steps)));
  }
  const headers = renderHeaders(config, inputs, body, issues);

  if (issues.length > 0 || url === undefined) {
    throw new InterlockError('invalid_input', 'The input does not match the request.', { issues });
  }
  const request: RenderedRequest = { method: config.method, url, headers };
  return body === undefined ? request : { ...request, body, bodyType: config.bodyType };
}

function leftoverInputs(config: HttpConfig, inputs: JsonObject): JsonObject {
  const used = usedNames(config);
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => !used.has(name)));
}

/** An input never overrides or adds to a parameter that the definition sets. */
function renderQuery(config: HttpConfig, inputs: JsonObject, leftovers: JsonObject): QueryPair[] {
  const fixed = new Set([...Object.keys(config.query), ...urlQueryKeys(config.url ?? '')]);
  const added = Object.entries(leftovers).filter(([name]) => !fixed.has(name));
  const taken = new Set([...fixed, ...added.map(([name]) => name)]);
  const pairs = (name: string, value: JsonValue | undefined) =>
    styledPairs(name, value, config.queryStyles?.[name], taken);
  const own = Object.entries(config.query).flatMap(([name, template]) =>
    pairs(name, Array.isArray(template) ? renderItems(template, inputs) : renderJson(template, inputs)),
  );
  return [...own, ...added.flatMap(([name, value]) => pairs(name, value))];
}

/** An input that is a list adds its items. */
function renderItems(templates: JsonValue[], inputs: JsonObject): JsonValue[] {
  return templates.flatMap((template) => renderJson(template, inputs) ?? []);
}

function renderBody(
  config: HttpConfig,
  input: JsonValue,
  inputs: JsonObject,
  leftovers: JsonObject,
): JsonValue | undefined {
  if (config.body === undefined) {
    if (isQueryMethod(config.method)) return undefined;
    if (!isObject(input)) return input;
    return Object.keys(leftovers).length > 0 ? leftovers : undefined;
  }
  const body = renderJson(config.body as JsonValue, inputs);
  if (!isObject(config.body) || !isObject(body)) return body;
  const fixed = config.body;
  const added = Object.entries(leftovers).filter(([name]) => !Object.hasOwn(fixed, name));
  return Object.fromEntries([...Object.entries(body as JsonObject), ...added]);
}

const contentTypes: Record<HttpConfig['bodyType'], string> = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
  multipart: 'multipart/form-data',
  text: 'text/plain; charset=utf-8',
  binary: 'application/octet-stream',
};

function renderHeaders(
  config: HttpConfig,
  inputs: JsonObject,
  body: JsonValue | undefined,
  issues: Issue[],
): Record<string, string> {
  const headers = new Map<string, [string, string]>();
  const set = (name: string, value: string) => headers.set(name.toLowerCase(), [name, value]);
  set('accept', '*/*');
  set('accept-encoding', 'gzip, deflate, br, zstd');
  set('user-agent', 'Interlock');
  if (body !== undefined)
    set('content-type', isArtifactReference(body) ? body.contentType : contentTypes[config.bodyType]);
  for (const [name, template] of Object.entries(config.headers)) {
    const value = renderHeader(name, template, inputs, issues);
    if (value !== undefined) set(name, value);
  }
  return Object.fromEntries(headers.values());
}

/** A header is left out when one of its inputs is absent or null. */
function renderHeader(
  name: string,
  template: string,
  inputs: JsonObject,
  issues: Issue[],
): string | undefined {
  let absent = false;
  const value = renderText(template, inputs, (input, inputName) => {
    if (input === null) absent = true;
    const text = Array.isArray(input) ? input.map(asText).join(', ') : asText(input);
    const problem =
      headerValueProblem(text) ?? (name.toLowerCase() === 'cookie' ? cookieValueProblem(text) : null);
    if (problem) {
      issues.push({
        path: pointer('', inputName),
        message: `${inputName} ${problem} because it is part of the header ${name}`,
        keyword: 'template',
      });
    }
    return text;
  });
  return absent ? undefined : value;
}

function located<R>(issues: Issue[], render: () => R): R | undefined {
  try {
    return render();
  } catch (error) {
    if (!(error instanceof UrlValueError)) throw error;
    issues.push({
      path: pointer('', error.inputName),
      message: `${error.inputName} ${error.message}`,
      keyword: 'template',
    });
    return undefined;
  }
}
