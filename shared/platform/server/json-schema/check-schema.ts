import type { Issue } from '../../error-codes.ts';
import { errorMessage } from '../../error-message.ts';
import type { JsonObject } from '../../json.ts';
import { pointer } from '../../json-pointer.ts';
import { LinearRegExp } from '../../linear-regexp.ts';
import { isPiiKind, piiKinds } from '../../redaction/pii/pii-kinds.ts';
import { isObject, resolveLocalRef } from '../../schema-properties.ts';
import { draftOf, metaValidators } from './ajv-instance.ts';
import { withDoubles } from './exact-keywords.ts';
import { meantFormat, meantKeyword } from './known-keywords.ts';
import { isTooDeep } from './storable.ts';
import { subschemas } from './subschemas.ts';
import { toIssues } from './validation-issues.ts';

const maxBytes = 256 * 1024;
const maxDepth = 64;

/** Problems of a schema that show before it is compiled, each with its place. */
export function schemaProblems(schema: unknown, basePath: string): Issue[] {
  const issue = (path: string, message: string) => ({ path, message, keyword: 'schema' });
  if (!isObject(schema)) return [issue(basePath, 'A JSON Schema must be an object')];
  if (isTooDeep(schema, maxDepth))
    return [issue(basePath, `A schema may be nested at most ${maxDepth} levels deep`)];
  const bytes = Buffer.byteLength(JSON.stringify(schema));
  if (bytes > maxBytes)
    return [
      issue(
        basePath,
        `A schema may have at most ${maxBytes / 1024} kB; this one has ${Math.ceil(bytes / 1024)} kB`,
      ),
    ];
  const draft = draftOf(schema);
  if (draft === null) return [issue(pointer(basePath, '$schema'), 'Only draft-07 and 2020-12 are supported')];

  const meta = metaValidators[draft]();
  if (withDoubles(schema as JsonObject, (doubles) => meta.validateSchema(doubles as JsonObject)) !== true) {
    return toIssues(meta.errors ?? []).map((found) => ({ ...found, path: basePath + found.path }));
  }
  const found: Issue[] = [];
  for (const { schema: inner, path } of subschemas(schema, basePath)) {
    found.push(...problemsOf(inner, path, schema));
    if (found.length >= 100) break;
  }
  return found;
}

function problemsOf(schema: Record<string, unknown>, path: string, root: unknown): Issue[] {
  const issues: Issue[] = [];
  const add = (key: string, message: string) =>
    issues.push({ path: pointer(path, key), message, keyword: key });
  if (schema.$async !== undefined) add('$async', 'Asynchronous schemas are not supported');
  for (const key of ['$ref', '$dynamicRef', '$recursiveRef']) {
    const ref = schema[key];
    if (typeof ref !== 'string') continue;
    if (!ref.startsWith('#'))
      add(key, 'Only references within this schema are supported (they begin with "#")');
    else if (resolveLocalRef(root, ref) === undefined)
      add(key, `The reference ${ref.slice(0, 100)} has no target`);
  }
  if (typeof schema.pattern === 'string') {
    const problem = patternProblem(schema.pattern);
    if (problem) add('pattern', problem);
  }
  if (isObject(schema.patternProperties)) {
    for (const pattern of Object.keys(schema.patternProperties)) {
      const problem = patternProblem(pattern);
      if (problem)
        issues.push({
          path: pointer(path, 'patternProperties', pattern),
          message: problem,
          keyword: 'patternProperties',
        });
    }
  }
  if (typeof schema.format === 'string') {
    const meant = meantFormat(schema.format);
    if (meant) add('format', `Unknown format "${schema.format}"; did you mean "${meant}"?`);
  }
  const pii = schema['x-pii'];
  if (pii !== undefined && pii !== false && !isPiiKind(pii))
    add('x-pii', `A kind of personal data is ${piiKinds.join(', ')}; false says that a value is none`);
  for (const key of Object.keys(schema)) {
    const meant = meantKeyword(key);
    if (meant !== null && !(meant in schema)) add(key, `Unknown keyword "${key}"; did you mean "${meant}"?`);
  }
  return issues;
}

function patternProblem(pattern: string): string | null {
  if (pattern.length > 4096) return 'A pattern may have at most 4096 characters';
  try {
    new LinearRegExp(pattern);
    return null;
  } catch (error) {
    return `Invalid pattern: ${errorMessage(error)}`;
  }
}
