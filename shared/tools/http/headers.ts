import type { Issue } from '../../platform/error-codes.ts';
import { errorMessage } from '../../platform/error-message.ts';
import { pointer } from '../../platform/json-pointer.ts';
import { parseTemplate, templateNames } from '../template.ts';
import { checkHeaderSecrets } from './literal-secrets.ts';

/** Headers that the transport, the retry logic or the egress guard owns. */
const reserved = new Set([
  'host',
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'upgrade',
  'te',
  'trailer',
  'expect',
  'proxy-authorization',
  'proxy-connection',
  'idempotency-key',
]);

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,128}$/;

/** Why a definition must not set this header, or null. */
export function headerNameProblem(name: string): string | null {
  if (!token.test(name)) return `"${printable(name)}" is not a valid header name`;
  if (reserved.has(name.toLowerCase())) return `Interlock sets the header ${name}`;
  return null;
}

/** Why a header cannot carry this value, or null: headers are Latin-1 and end at a line break. */
export function headerValueProblem(value: string): string | null {
  if (/[\r\n\0]/.test(value)) return 'must not contain a line break or a NUL character';
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    if (code > 0xff || code === 0x7f || (code < 0x20 && code !== 0x09)) {
      return 'must contain only printable Latin-1 characters';
    }
  }
  return null;
}

/** Checks a definition's headers; `authHeaders` are the lower-case names of those that auth sets. */
export function checkHeaders(
  headers: Record<string, string>,
  authHeaders: readonly string[],
  basePath: string,
): Issue[] {
  const issues: Issue[] = [];
  const seen = new Set<string>();
  for (const [name, value] of Object.entries(headers)) {
    const path = pointer(basePath, name);
    const lower = name.toLowerCase();
    const nameProblem = headerNameProblem(name);
    if (nameProblem) issues.push({ path, message: nameProblem, keyword: 'header' });
    else if (authHeaders.includes(lower)) {
      issues.push({ path, message: `The auth sets the header ${name}`, keyword: 'header' });
    } else if (lower === 'authorization') {
      issues.push({
        path,
        message: `Only auth sets the header ${name}. Put it under auth`,
        keyword: 'secret',
      });
    } else if (seen.has(lower)) {
      issues.push({ path, message: `Duplicate header ${name}`, keyword: 'header' });
    }
    seen.add(lower);
    const valueProblem = headerValueProblem(literalText(value));
    if (valueProblem)
      issues.push({ path, message: `The value of ${name} ${valueProblem}`, keyword: 'header' });
    if (lower !== 'authorization') issues.push(...checkHeaderSecrets(name, value, path));
  }
  return issues;
}

function literalText(template: string): string {
  try {
    return parseTemplate(template)
      .map((part) => ('literal' in part ? part.literal : ''))
      .join('');
  } catch {
    return template;
  }
}

function printable(name: string): string {
  return name.slice(0, 64).replace(/[^\x20-\x7e]/g, '?');
}

/** The same for a connector, which has no inputs. */
export function checkFixedHeaders(
  headers: Record<string, string>,
  authHeaders: readonly string[],
  basePath: string,
): Issue[] {
  const templates = Object.entries(headers).flatMap(([name, value]) => {
    const path = pointer(basePath, name);
    try {
      if (templateNames(value).length === 0) return [];
      return [
        { path, message: 'The headers of a connector must not contain templates', keyword: 'template' },
      ];
    } catch (error) {
      return [{ path, message: errorMessage(error), keyword: 'template' }];
    }
  });
  return [...checkHeaders(headers, authHeaders, basePath), ...templates];
}
